/**
 * An administrator who may create only users and roles with a boundary, and none of the ways out of it that people know. Each way is a row:
 * tried for real, refused, and leaving the account as it was.
 */
import assert from 'node:assert/strict'
import { certificateOf, sshPublicKey } from '../certificates.support.js'
import { keyOf } from '../clients.js'
import { account, allow, deny, policy, refused, trust } from '../iam-scene.js'
import type { OperationName, Send, Values } from '../operations/index.js'
import { samlMetadata } from '../saml-metadata.support.js'
import { type Teller, throughEachClient } from './story-clients.js'

const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`
const administrator = 'arn:aws:iam::aws:policy/AdministratorAccess'
const boundary = arn('policy/company-boundary')
const delegation = arn('policy/delegation')
const bounded = { Condition: { StringEquals: { 'iam:PermissionsBoundary': boundary } } }
const delegated = ['user', 'role'].map((type) => arn(`${type}/delegated/*`))

/** What everybody whom dana makes may do at most. */
const companyBoundary = policy(allow(['s3:*', 'iam:GetUser', 'iam:ListUsers', 'sts:AssumeRole']))

/** What dana may do at most: her own policies say everything. */
const delegationBoundary = policy(
  allow(
    [
      'iam:CreateUser',
      'iam:CreateRole',
      'iam:PutUserPermissionsBoundary',
      'iam:PutRolePermissionsBoundary',
      'iam:AttachUserPolicy',
      'iam:DetachUserPolicy',
      'iam:PutUserPolicy',
      'iam:DeleteUserPolicy',
      'iam:AttachRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PutRolePolicy',
      'iam:DeleteRolePolicy',
      'iam:UpdateAssumeRolePolicy',
    ],
    delegated,
    bounded,
  ),
  allow(
    ['iam:DeleteUser', 'iam:UpdateUser', 'iam:*AccessKey*', 'iam:*LoginProfile', 'iam:TagUser', 'iam:DeleteRole', 'iam:PassRole'],
    delegated,
  ),
  allow(['iam:*Group*'], arn('group/delegated/*')),
  allow(['iam:CreatePolicy', 'iam:*PolicyVersion', 'iam:DeletePolicy'], arn('policy/delegated/*')),
  allow('iam:*InstanceProfile', arn('instance-profile/delegated/*')),
  allow(['iam:Get*', 'iam:List*', 'iam:GenerateCredentialReport', 'sts:AssumeRole']),
  deny(['iam:DeleteUserPermissionsBoundary', 'iam:DeleteRolePermissionsBoundary']),
  deny(['iam:CreatePolicyVersion', 'iam:DeletePolicy', 'iam:DeletePolicyVersion', 'iam:SetDefaultPolicyVersion'], [boundary, delegation]),
)

type Who = 'dana' | 'ward' | 'session of a ward’s role'

/** Those who have no boundary, the administrator dana, and whom it makes: who can call. */
async function delegate({ as }: Teller): Promise<ReadonlyMap<Who, Send>> {
  const root = as()
  await root('CreatePolicy', { PolicyName: 'company-boundary', PolicyDocument: policy(allow('s3:GetObject')) })
  await root('CreatePolicyVersion', { PolicyArn: boundary, PolicyDocument: companyBoundary, SetAsDefault: true })
  await root('CreatePolicy', { PolicyName: 'delegation', PolicyDocument: delegationBoundary })
  await root('CreatePolicy', { PolicyName: 'of-the-operators', PolicyDocument: policy(allow('*')) })
  // Those whom dana must not become.
  await root('CreateUser', { UserName: 'ops' })
  await root('AttachUserPolicy', { UserName: 'ops', PolicyArn: arn('policy/of-the-operators') })
  await root('CreateLoginProfile', { UserName: 'ops', Password: 'Correct-horse-7-battery' })
  await root('CreateGroup', { GroupName: 'operators' })
  await root('AttachGroupPolicy', { GroupName: 'operators', PolicyArn: administrator })
  await root('CreateRole', { RoleName: 'operator', AssumeRolePolicyDocument: trust(arn('user/ops')) })
  await root('AttachRolePolicy', { RoleName: 'operator', PolicyArn: administrator })
  await root('CreateInstanceProfile', { InstanceProfileName: 'machines', Path: '/delegated/' })
  await root('CreateUser', { UserName: 'dana', PermissionsBoundary: delegation })
  await root('AttachUserPolicy', { UserName: 'dana', PolicyArn: administrator })
  const newKey = async (by: Send, UserName: string) => keyOf((await by('CreateAccessKey', { UserName })).AccessKey as object)
  const dana = as(await newKey(root, 'dana'))

  // What dana is there for: each is the nearest thing that is allowed to a way out below.
  await dana('CreateUser', { UserName: 'ward', Path: '/delegated/', PermissionsBoundary: boundary })
  await dana('AttachUserPolicy', { UserName: 'ward', PolicyArn: administrator })
  await dana('PutUserPolicy', { UserName: 'ward', PolicyName: 'all', PolicyDocument: policy(allow('*')) })
  const ward = as(await newKey(dana, 'ward'))
  await dana('CreateRole', {
    RoleName: 'ward-role',
    Path: '/delegated/',
    PermissionsBoundary: boundary,
    AssumeRolePolicyDocument: trust(account),
  })
  await dana('UpdateAssumeRolePolicy', { RoleName: 'ward-role', PolicyDocument: trust([arn('user/delegated/ward'), arn('user/dana')]) })
  await dana('AttachRolePolicy', { RoleName: 'ward-role', PolicyArn: administrator })
  await dana('CreateGroup', { GroupName: 'team', Path: '/delegated/' })
  await dana('PutGroupPolicy', { GroupName: 'team', PolicyName: 'all', PolicyDocument: policy(allow('*')) })
  await dana('AddUserToGroup', { GroupName: 'team', UserName: 'dana' })
  await dana('CreatePolicy', { PolicyName: 'all', Path: '/delegated/', PolicyDocument: policy(allow('*')) })
  const { Credentials } = await ward('AssumeRole', {
    RoleArn: arn('role/delegated/ward-role'),
    RoleSessionName: 'visit',
    Policy: policy(allow('*')),
    PolicyArns: [{ arn: administrator }],
  })
  return new Map([
    ['dana', dana],
    ['ward', ward],
    ['session of a ward’s role', as(keyOf(Credentials as object))],
  ])
}

interface WayOut {
  readonly way: string
  readonly by?: Who
  readonly call: OperationName
  readonly input: Values
  /** Instead of a denial. */
  readonly refusal?: RegExp
}

const noBoundary =
  / (?:because no permissions boundary allows the iam:\w+ action|with an explicit deny in a permissions boundary(?:: \S+)?)$/
const everything = policy(allow('*'))
const ways: readonly WayOut[] = [
  { way: 'a user without a boundary', call: 'CreateUser', input: { UserName: 'free', Path: '/delegated/' } },
  {
    way: 'a user with a boundary that bounds nothing',
    call: 'CreateUser',
    input: { UserName: 'free', Path: '/delegated/', PermissionsBoundary: administrator },
  },
  {
    way: 'a user with a policy of dana’s own as its boundary',
    call: 'CreateUser',
    input: { UserName: 'free', Path: '/delegated/', PermissionsBoundary: arn('policy/delegated/all') },
  },
  { way: 'a user elsewhere', call: 'CreateUser', input: { UserName: 'free', PermissionsBoundary: boundary } },
  {
    way: 'a role without a boundary',
    call: 'CreateRole',
    input: { RoleName: 'free', Path: '/delegated/', AssumeRolePolicyDocument: trust(account) },
  },
  {
    way: 'a role with a boundary that bounds nothing',
    call: 'CreateRole',
    input: { RoleName: 'free', Path: '/delegated/', AssumeRolePolicyDocument: trust(account), PermissionsBoundary: administrator },
  },
  {
    way: 'a role elsewhere',
    call: 'CreateRole',
    input: { RoleName: 'free', AssumeRolePolicyDocument: trust(account), PermissionsBoundary: boundary },
  },
  {
    way: 'the boundary in other letters',
    call: 'CreateRole',
    input: {
      RoleName: 'free',
      Path: '/delegated/',
      AssumeRolePolicyDocument: trust(account),
      PermissionsBoundary: arn('policy/Company-Boundary'),
    },
  },
  { way: 'taking the boundary off a user', call: 'DeleteUserPermissionsBoundary', input: { UserName: 'ward' } },
  { way: 'taking the boundary off a role', call: 'DeleteRolePermissionsBoundary', input: { RoleName: 'ward-role' } },
  { way: 'taking off one’s own boundary', call: 'DeleteUserPermissionsBoundary', input: { UserName: 'dana' } },
  {
    way: 'another boundary on a user',
    call: 'PutUserPermissionsBoundary',
    input: { UserName: 'ward', PermissionsBoundary: administrator },
  },
  {
    way: 'another boundary on a role',
    call: 'PutRolePermissionsBoundary',
    input: { RoleName: 'ward-role', PermissionsBoundary: administrator },
  },
  {
    way: 'another boundary on oneself',
    call: 'PutUserPermissionsBoundary',
    input: { UserName: 'dana', PermissionsBoundary: administrator },
  },
  { way: 'the other boundary on oneself', call: 'PutUserPermissionsBoundary', input: { UserName: 'dana', PermissionsBoundary: boundary } },
  {
    way: 'a new version of the boundary',
    call: 'CreatePolicyVersion',
    input: { PolicyArn: boundary, PolicyDocument: everything, SetAsDefault: true },
  },
  {
    way: 'a new version of one’s own boundary',
    call: 'CreatePolicyVersion',
    input: { PolicyArn: delegation, PolicyDocument: everything, SetAsDefault: true },
  },
  { way: 'an older version of the boundary', call: 'SetDefaultPolicyVersion', input: { PolicyArn: boundary, VersionId: 'v1' } },
  { way: 'one version of the boundary less', call: 'DeletePolicyVersion', input: { PolicyArn: boundary, VersionId: 'v1' } },
  { way: 'deleting the boundary, to make it anew', call: 'DeletePolicy', input: { PolicyArn: boundary } },
  {
    way: 'making the boundary anew under the same name',
    call: 'CreatePolicy',
    input: { PolicyName: 'company-boundary', PolicyDocument: everything },
  },
  { way: 'a managed policy for oneself', call: 'AttachUserPolicy', input: { UserName: 'dana', PolicyArn: arn('policy/delegated/all') } },
  {
    way: 'an inline policy for oneself',
    call: 'PutUserPolicy',
    input: { UserName: 'dana', PolicyName: 'all', PolicyDocument: everything },
  },
  { way: 'what holds oneself down', call: 'DetachUserPolicy', input: { UserName: 'dana', PolicyArn: administrator } },
  { way: 'joining those who have no boundary', call: 'AddUserToGroup', input: { GroupName: 'operators', UserName: 'dana' } },
  { way: 'putting a ward among those who have no boundary', call: 'AddUserToGroup', input: { GroupName: 'operators', UserName: 'ward' } },
  {
    way: 'a policy for a group of others',
    call: 'PutGroupPolicy',
    input: { GroupName: 'operators', PolicyName: 'p', PolicyDocument: everything },
  },
  { way: 'a managed policy for it', call: 'AttachGroupPolicy', input: { GroupName: 'operators', PolicyArn: arn('policy/delegated/all') } },
  { way: 'moving a group of others to where one may', call: 'UpdateGroup', input: { GroupName: 'operators', NewPath: '/delegated/' } },
  { way: 'a key of somebody without a boundary', call: 'CreateAccessKey', input: { UserName: 'ops' } },
  { way: 'the same in other letters', call: 'CreateAccessKey', input: { UserName: 'OPS' } },
  { way: 'a key of one’s own maker', call: 'CreateAccessKey', input: { UserName: 'delegated/../ops' }, refusal: /^ValidationError 400 / },
  {
    way: 'a password for somebody without a boundary',
    call: 'CreateLoginProfile',
    input: { UserName: 'ops', Password: 'Another-horse-8-battery' },
  },
  { way: 'another password for them', call: 'UpdateLoginProfile', input: { UserName: 'ops', Password: 'Another-horse-8-battery' } },
  {
    way: 'a certificate for them',
    call: 'UploadSigningCertificate',
    input: { UserName: 'ops', CertificateBody: certificateOf('ops.example.com', 1) },
  },
  { way: 'an SSH key for them', call: 'UploadSSHPublicKey', input: { UserName: 'ops', SSHPublicKeyBody: sshPublicKey() } },
  {
    way: 'a credential for one service for them',
    call: 'CreateServiceSpecificCredential',
    input: { UserName: 'ops', ServiceName: 'codecommit.amazonaws.com' },
  },
  { way: 'their MFA device', call: 'DeactivateMFADevice', input: { UserName: 'ops', SerialNumber: arn('mfa/ops') } },
  { way: 'moving somebody without a boundary to where one may', call: 'UpdateUser', input: { UserName: 'ops', NewPath: '/delegated/' } },
  { way: 'moving oneself to where one may', call: 'UpdateUser', input: { UserName: 'dana', NewPath: '/delegated/' } },
  { way: 'moving a ward to where nobody looks', call: 'UpdateUser', input: { UserName: 'ward', NewPath: '/' } },
  {
    way: 'renaming a ward to somebody',
    call: 'UpdateUser',
    input: { UserName: 'ward', NewUserName: 'ops' },
    refusal: /^EntityAlreadyExists 409 /,
  },
  {
    way: 'a policy that others have',
    call: 'CreatePolicyVersion',
    input: { PolicyArn: arn('policy/of-the-operators'), PolicyDocument: everything },
  },
  {
    way: 'the trust of a role without a boundary',
    call: 'UpdateAssumeRolePolicy',
    input: { RoleName: 'operator', PolicyDocument: trust(arn('user/dana')) },
  },
  {
    way: 'a policy for a role without a boundary',
    call: 'PutRolePolicy',
    input: { RoleName: 'operator', PolicyName: 'p', PolicyDocument: everything },
  },
  {
    way: 'a managed policy for it',
    call: 'AttachRolePolicy',
    input: { RoleName: 'operator', PolicyArn: arn('policy/delegated/all') },
  },
  {
    way: 'passing a role without a boundary to a machine',
    call: 'AddRoleToInstanceProfile',
    input: { InstanceProfileName: 'machines', RoleName: 'operator' },
  },
  {
    way: 'the role of those who have no boundary',
    call: 'AssumeRole',
    input: { RoleArn: arn('role/operator'), RoleSessionName: 'dana' },
    refusal: /^AccessDenied 403 .* is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::000000000000:role\/operator$/,
  },
  { way: 'a provider of identities of one’s own', call: 'CreateOpenIDConnectProvider', input: { Url: 'https://issuer.example.com' } },
  {
    way: 'a provider of assertions of one’s own',
    call: 'CreateSAMLProvider',
    input: { Name: 'own', SAMLMetadataDocument: samlMetadata() },
  },
  {
    way: 'federation of one’s own',
    call: 'GetFederationToken',
    input: { Name: 'own', Policy: everything },
    refusal: /^AccessDenied 403 .* is not authorized to perform: sts:GetFederationToken on resource: /,
  },
  { way: 'a linked role', call: 'CreateServiceLinkedRole', input: { AWSServiceName: 'autoscaling.amazonaws.com' } },
  { way: 'weaker passwords for all', call: 'UpdateAccountPasswordPolicy', input: { MinimumPasswordLength: 6 } },
  ...(['ward', 'session of a ward’s role'] as const).flatMap((by): WayOut[] => [
    { way: 'a user without a boundary', by, call: 'CreateUser', input: { UserName: 'free', Path: '/delegated/' } },
    {
      way: 'a user with its own boundary',
      by,
      call: 'CreateUser',
      input: { UserName: 'free', Path: '/delegated/', PermissionsBoundary: boundary },
    },
    { way: 'taking off one’s own boundary', by, call: 'DeleteUserPermissionsBoundary', input: { UserName: 'ward' } },
    {
      way: 'a new version of the boundary',
      by,
      call: 'CreatePolicyVersion',
      input: { PolicyArn: boundary, PolicyDocument: everything, SetAsDefault: true },
    },
    { way: 'a key of somebody without a boundary', by, call: 'CreateAccessKey', input: { UserName: 'ops' } },
    { way: 'a key of whom one was made by', by, call: 'CreateAccessKey', input: { UserName: 'dana' } },
    { way: 'joining those who have no boundary', by, call: 'AddUserToGroup', input: { GroupName: 'operators', UserName: 'ward' } },
    {
      way: 'a policy for the role one has',
      by,
      call: 'PutRolePolicy',
      input: { RoleName: 'ward-role', PolicyName: 'p', PolicyDocument: everything },
    },
    {
      way: 'the role of those who have no boundary',
      by,
      call: 'AssumeRole',
      input: { RoleArn: arn('role/operator'), RoleSessionName: 'ward' },
      refusal: /^AccessDenied 403 .* is not authorized to perform: sts:AssumeRole /,
    },
  ]),
]

/** All of the account that decides who may do what. */
async function everythingOfTheAccount(root: Send): Promise<unknown> {
  const { $metadata: _, ...details } = await root('GetAccountAuthorizationDetails', {
    MaxItems: 1000,
    Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'],
  })
  const withoutUse = (details.RoleDetailList as Values[]).map(({ RoleLastUsed: _used, ...role }) => role)
  const keys = await Promise.all(
    (details.UserDetailList as Values[]).map(async ({ UserName }) => (await root('ListAccessKeys', { UserName })).AccessKeyMetadata),
  )
  return { ...details, RoleDetailList: withoutUse, keys }
}

let callers: ReadonlyMap<Who, Send>

throughEachClient(
  ({ as, story }) => {
    story(
      '[item 7] an administrator of bounded users gets out by none of the known ways, and neither do those whom it makes',
      async (t) => {
        const before = await everythingOfTheAccount(as())
        assert.ok(ways.length >= 50)
        for (const { way, by = 'dana', call, input, refusal } of ways) {
          await t.test(`${by}: ${way}`, async () => {
            const answer = await refused(callers.get(by)!(call, input))
            assert.match(answer, refusal ?? /^AccessDenied 403 User: \S+ is not authorized to perform: iam:/)
            if (refusal === undefined) assert.match(answer, noBoundary)
          })
        }
        assert.deepEqual(await everythingOfTheAccount(as()), before, 'nothing of the account has changed')
      },
    )

    story(
      '[item 7] what the boundary lets through goes through: for the administrator, for its ward, and for the ward’s role',
      async () => {
        for (const who of ['ward', 'session of a ward’s role'] as const) {
          assert.equal(((await callers.get(who)!('GetUser', { UserName: 'ward' })).User as { Path: string }).Path, '/delegated/')
          await callers.get(who)!('ListUsers')
        }
        const dana = callers.get('dana')!
        await dana('CreateUser', { UserName: 'second', Path: '/delegated/', PermissionsBoundary: boundary })
        await dana('UpdateUser', { UserName: 'second', NewUserName: 'third', NewPath: '/delegated/deeper/' })
        await dana('DeleteUser', { UserName: 'third' })
        await dana('AddRoleToInstanceProfile', { InstanceProfileName: 'machines', RoleName: 'ward-role' })
      },
    )

    story('[item 7] a boundary that is gone, or was changed, holds for the next call', async () => {
      const root = as()
      const ward = callers.get('ward')!
      await ward('ListUsers')
      await root('SetDefaultPolicyVersion', { PolicyArn: boundary, VersionId: 'v1' })
      assert.match(await refused(ward('ListUsers')), noBoundary)
      await root('SetDefaultPolicyVersion', { PolicyArn: boundary, VersionId: 'v2' })
      await ward('ListUsers')
      await root('DeleteUserPermissionsBoundary', { UserName: 'ward' })
      await ward('ListGroups')
      await root('PutUserPermissionsBoundary', { UserName: 'ward', PermissionsBoundary: boundary })
      assert.match(await refused(ward('ListGroups')), noBoundary)
    })
  },
  async (teller) => {
    callers = await delegate(teller)
  },
)
