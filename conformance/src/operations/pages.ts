/** How each paged list gets more items than fit on a page. */
import { certificateOf, otherPublicKey, sshPublicKey } from '../certificates.support.js'
import type { OperationName, Values } from './client.js'
import type { ThingName } from './things.js'

export type Call = readonly [operation: OperationName, input: Values]

export interface Paged {
  readonly needs?: readonly ThingName[]
  /** The calls that make the item of that name, or one more. */
  readonly make: (name: string) => readonly Call[]
  /** Takes that item out of the list again. A list without it has items that the server names, or whose number is small. */
  readonly drop?: (name: string) => Call
  /** What the list is asked beyond what it requires. */
  readonly input?: Values
  /** Where a page tells its items apart. */
  readonly at: string
  /** How many items, where more than five do not fit. */
  readonly most?: number
}

const policyDocument = '$PolicyDocument'
const path = '$Path'
const actions = ['iam:GetUser', 'iam:GetRole', 'iam:ListUsers', 's3:GetObject', 'sqs:SendMessage']
let serial = 1000
const newCertificate = (): string => certificateOf('paged.example.com', serial++)
const newKey = (): string => sshPublicKey(otherPublicKey())

/** Tags of one kind of entity. */
const tagsOf = (noun: string, needs: readonly ThingName[]): readonly [string, Paged] => [
  `List${noun}Tags`,
  {
    needs,
    make: (Key) => [[`Tag${noun}` as OperationName, { Tags: [{ Key, Value: 'v' }] }]],
    drop: (Key) => [`Untag${noun}` as OperationName, { TagKeys: [Key] }],
    at: 'Tags.*.Key',
  },
]

const inlineOf = (noun: 'User' | 'Group' | 'Role', thing: ThingName): readonly [string, Paged] => [
  `List${noun}Policies`,
  {
    needs: [thing],
    make: (PolicyName) => [[`Put${noun}Policy`, { PolicyName, PolicyDocument: policyDocument }]],
    drop: (PolicyName) => [`Delete${noun}Policy`, { PolicyName }],
    at: 'PolicyNames.*',
  },
]

const policyArn =
  (PolicyName: string) =>
  ({ Account }: Values) =>
    `arn:aws:iam::${Account}:policy/${PolicyName}`

const attachedTo = (noun: 'User' | 'Group' | 'Role', thing: ThingName): readonly [string, Paged] => [
  `ListAttached${noun}Policies`,
  {
    needs: [thing],
    make: (name) => {
      const PolicyName = `${noun}-${name}`
      return [
        ['CreatePolicy', { PolicyName, Path: undefined }],
        [`Attach${noun}Policy`, { PolicyArn: policyArn(PolicyName) }],
      ]
    },
    drop: (name) => [`Detach${noun}Policy`, { PolicyArn: policyArn(`${noun}-${name}`) }],
    at: 'AttachedPolicies.*.PolicyName',
  },
]

export const pagedLists: ReadonlyMap<string, Paged> = new Map<string, Paged>([
  [
    'ListUsers',
    {
      make: (UserName) => [['CreateUser', { UserName, Path: path }]],
      drop: (UserName) => ['DeleteUser', { UserName }],
      at: 'Users.*.UserName',
    },
  ],
  [
    'ListGroups',
    {
      make: (GroupName) => [['CreateGroup', { GroupName, Path: path }]],
      drop: (GroupName) => ['DeleteGroup', { GroupName }],
      at: 'Groups.*.GroupName',
    },
  ],
  [
    'ListRoles',
    {
      make: (RoleName) => [['CreateRole', { RoleName, Path: path }]],
      drop: (RoleName) => ['DeleteRole', { RoleName }],
      at: 'Roles.*.RoleName',
    },
  ],
  [
    'ListInstanceProfiles',
    {
      make: (InstanceProfileName) => [['CreateInstanceProfile', { InstanceProfileName, Path: path }]],
      drop: (InstanceProfileName) => ['DeleteInstanceProfile', { InstanceProfileName }],
      at: 'InstanceProfiles.*.InstanceProfileName',
    },
  ],
  [
    'ListPolicies',
    {
      make: (PolicyName) => [['CreatePolicy', { PolicyName, Path: path }]],
      drop: (PolicyName) => [
        'DeletePolicy',
        { PolicyArn: ({ Account, Path }: Values) => `arn:aws:iam::${Account}:policy${Path}${PolicyName}` },
      ],
      input: { Scope: 'Local', PathPrefix: path },
      at: 'Policies.*.PolicyName',
    },
  ],
  [
    'ListServerCertificates',
    {
      make: (ServerCertificateName) => [['UploadServerCertificate', { ServerCertificateName, Path: path }]],
      drop: (ServerCertificateName) => ['DeleteServerCertificate', { ServerCertificateName }],
      at: 'ServerCertificateMetadataList.*.ServerCertificateName',
    },
  ],
  [
    'ListVirtualMFADevices',
    {
      make: (VirtualMFADeviceName) => [['CreateVirtualMFADevice', { VirtualMFADeviceName, Path: path }]],
      drop: (VirtualMFADeviceName) => [
        'DeleteVirtualMFADevice',
        { SerialNumber: ({ Account, Path }: Values) => `arn:aws:iam::${Account}:mfa${Path}${VirtualMFADeviceName}` },
      ],
      at: 'VirtualMFADevices.*.SerialNumber',
    },
  ],
  [
    'GetGroup',
    {
      needs: ['group'],
      make: (UserName) => [
        ['CreateUser', { UserName: `g-${UserName}` }],
        ['AddUserToGroup', { UserName: `g-${UserName}` }],
      ],
      drop: (UserName) => ['RemoveUserFromGroup', { UserName: `g-${UserName}` }],
      at: 'Users.*.UserName',
    },
  ],
  [
    'ListGroupsForUser',
    {
      needs: ['user'],
      make: (GroupName) => [
        ['CreateGroup', { GroupName: `u-${GroupName}` }],
        ['AddUserToGroup', { GroupName: `u-${GroupName}` }],
      ],
      drop: (GroupName) => ['RemoveUserFromGroup', { GroupName: `u-${GroupName}` }],
      at: 'Groups.*.GroupName',
    },
  ],
  [
    'ListInstanceProfilesForRole',
    {
      needs: ['role'],
      make: (name) => [
        ['CreateInstanceProfile', { InstanceProfileName: `r-${name}` }],
        ['AddRoleToInstanceProfile', { InstanceProfileName: `r-${name}` }],
      ],
      drop: (name) => ['RemoveRoleFromInstanceProfile', { InstanceProfileName: `r-${name}` }],
      at: 'InstanceProfiles.*.InstanceProfileName',
    },
  ],
  [
    'ListEntitiesForPolicy',
    {
      needs: ['policy'],
      make: (UserName) => [
        ['CreateUser', { UserName: `e-${UserName}` }],
        ['AttachUserPolicy', { UserName: `e-${UserName}` }],
      ],
      drop: (UserName) => ['DetachUserPolicy', { UserName: `e-${UserName}` }],
      at: 'PolicyUsers.*.UserName',
    },
  ],
  [
    'GetAccountAuthorizationDetails',
    {
      make: (UserName) => [['CreateUser', { UserName: `d-${UserName}` }]],
      drop: (UserName) => ['DeleteUser', { UserName: `d-${UserName}` }],
      at: 'UserDetailList.*.UserName',
      input: { Filter: ['User'] },
    },
  ],
  inlineOf('User', 'user'),
  inlineOf('Group', 'group'),
  inlineOf('Role', 'role'),
  attachedTo('User', 'user'),
  attachedTo('Group', 'group'),
  attachedTo('Role', 'role'),
  tagsOf('User', ['user']),
  tagsOf('Role', ['role']),
  tagsOf('Policy', ['policy']),
  tagsOf('InstanceProfile', ['instanceProfile']),
  tagsOf('MFADevice', ['mfaDevice']),
  tagsOf('OpenIDConnectProvider', ['oidcProvider']),
  tagsOf('SAMLProvider', ['samlProvider']),
  tagsOf('ServerCertificate', ['serverCertificate']),
  ['ListAccessKeys', { needs: ['user'], make: () => [['CreateAccessKey', {}]], at: 'AccessKeyMetadata.*.AccessKeyId', most: 2 }],
  ['ListPolicyVersions', { needs: ['policy'], make: () => [['CreatePolicyVersion', {}]], at: 'Versions.*.VersionId', most: 4 }],
  ['ListAccountAliases', { make: () => [['CreateAccountAlias', {}]], at: 'AccountAliases.*', most: 1 }],
  [
    'ListSSHPublicKeys',
    { needs: ['user'], make: () => [['UploadSSHPublicKey', { SSHPublicKeyBody: newKey }]], at: 'SSHPublicKeys.*.SSHPublicKeyId' },
  ],
  [
    'ListSigningCertificates',
    {
      needs: ['user'],
      make: () => [['UploadSigningCertificate', { CertificateBody: newCertificate }]],
      at: 'Certificates.*.CertificateId',
      most: 2,
    },
  ],
  [
    'SimulateCustomPolicy',
    { make: () => [], input: { PolicyInputList: [policyDocument], ActionNames: actions }, at: 'EvaluationResults.*.EvalActionName' },
  ],
  [
    'SimulatePrincipalPolicy',
    {
      needs: ['user'],
      make: () => [],
      input: { PolicySourceArn: '$UserArn', ActionNames: actions },
      at: 'EvaluationResults.*.EvalActionName',
    },
  ],
  [
    'ListMFADevices',
    {
      needs: ['user'],
      make: (name) => [
        ['CreateVirtualMFADevice', { VirtualMFADeviceName: `u-${name}`, Path: undefined }],
        ['EnableMFADevice', {}],
      ],
      at: 'MFADevices.*.SerialNumber',
    },
  ],
])
