/** How each quota is reached: by one more of something, or by something that is larger. */
import { certificateOf, mfaCode, otherPublicKey, privateKey, sshPublicKey } from '../certificates.support.js'
import type { Values } from './client.js'
import type { Call } from './pages.js'
import type { ThingName } from './things.js'

export interface Counted {
  readonly needs?: readonly ThingName[]
  /** How many there are once the world is furnished. */
  readonly had?: number
  /** Made one after another, before many add at once. */
  readonly prepare?: (n: number) => Call
  readonly gives?: (answer: Values, n: number) => Values
  readonly add: (n: number) => Call
  /** Instead of `Cannot exceed quota for NAME: N`. */
  readonly message?: (most: number) => string
}

export interface Sized {
  readonly needs?: readonly ThingName[]
  /** A call that takes exactly so much. */
  readonly ofSize: (size: number) => Call
  /** As `CODE STATUS MESSAGE`. */
  readonly refusal?: (most: number) => string
}

const managed = [
  'ReadOnlyAccess',
  'IAMReadOnlyAccess',
  'IAMFullAccess',
  'AmazonS3ReadOnlyAccess',
  'AmazonS3FullAccess',
  'AmazonEC2ReadOnlyAccess',
  'AmazonSQSFullAccess',
  'AmazonSNSFullAccess',
  'AmazonVPCFullAccess',
  'SecurityAudit',
  'ViewOnlyAccess',
  'AmazonSQSReadOnlyAccess',
].map((name) => `arn:aws:iam::aws:policy/${name === 'ViewOnlyAccess' ? 'job-function/' : ''}${name}`)

/** A policy of so many characters that count: blanks do not. */
export function policyOf(characters: number, statement: object): string {
  const text = (sid: string): string => JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: sid, ...statement }] })
  return text('S'.repeat(characters - text('').length))
}
const identity = { Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }
const trusting = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }

const policiesPer = (noun: 'User' | 'Group' | 'Role', thing: ThingName): readonly [string, Counted] => [
  `PoliciesPer${noun}`,
  { needs: [thing], add: (n) => [`Attach${noun}Policy`, { PolicyArn: managed[n]! }] },
]
const inlineOf = (noun: 'User' | 'Group' | 'Role', thing: ThingName): readonly [string, Sized] => [
  `${noun}InlinePolicySize`,
  {
    needs: [thing],
    ofSize: (size) => [`Put${noun}Policy`, { PolicyDocument: policyOf(size, identity) }],
    refusal: (most) =>
      `LimitExceeded 409 Maximum policy size of ${most} bytes exceeded for ${noun.toLowerCase()} w-quota-${noun}InlinePolicySize`,
  },
]

export const countedQuotas: ReadonlyMap<string, Counted> = new Map<string, Counted>([
  ['UsersPerAccount', { add: (n) => ['CreateUser', { UserName: `u${n}` }] }],
  ['GroupsPerAccount', { add: (n) => ['CreateGroup', { GroupName: `g${n}` }] }],
  ['RolesPerAccount', { add: (n) => ['CreateRole', { RoleName: `r${n}` }] }],
  ['PoliciesPerAccount', { add: (n) => ['CreatePolicy', { PolicyName: `p${n}` }] }],
  ['InstanceProfilesPerAccount', { add: (n) => ['CreateInstanceProfile', { InstanceProfileName: `i${n}` }] }],
  ['ServerCertificatesPerAccount', { add: (n) => ['UploadServerCertificate', { ServerCertificateName: `s${n}` }] }],
  ['OpenIDConnectProvidersPerAccount', { add: (n) => ['CreateOpenIDConnectProvider', { Url: `https://issuer${n}.example.com` }] }],
  ['SAMLProvidersPerAccount', { add: (n) => ['CreateSAMLProvider', { Name: `saml${n}` }] }],
  ['VirtualMFADevicesPerAccount', { add: (n) => ['CreateVirtualMFADevice', { VirtualMFADeviceName: `m${n}` }] }],
  policiesPer('User', 'user'),
  policiesPer('Group', 'group'),
  policiesPer('Role', 'role'),
  [
    'GroupsPerUser',
    {
      needs: ['user'],
      prepare: (n) => ['CreateGroup', { GroupName: `of${n}` }],
      add: (n) => ['AddUserToGroup', { GroupName: `of${n}` }],
    },
  ],
  ['AccessKeysPerUser', { needs: ['user'], add: () => ['CreateAccessKey', {}] }],
  [
    'VersionsPerPolicy',
    {
      needs: ['policy'],
      had: 1,
      add: () => ['CreatePolicyVersion', {}],
      message: (most) =>
        `A managed policy can have up to ${most} versions. Before you create a new version, you must delete an existing version.`,
    },
  ],
  [
    'MFADevicesPerUser',
    {
      needs: ['user'],
      prepare: (n) => ['CreateVirtualMFADevice', { VirtualMFADeviceName: `of${n}` }],
      gives: ({ VirtualMFADevice }, n) => {
        const { SerialNumber, Base32StringSeed } = VirtualMFADevice as { SerialNumber: string; Base32StringSeed: Uint8Array }
        return { [`Serial${n}`]: SerialNumber, [`Seed${n}`]: Buffer.from(Base32StringSeed).toString('latin1') }
      },
      add: (n) => [
        'EnableMFADevice',
        {
          SerialNumber: `$Serial${n}`,
          AuthenticationCode1: (values: Values) => mfaCode(String(values[`Seed${n}`]), -1),
          AuthenticationCode2: (values: Values) => mfaCode(String(values[`Seed${n}`])),
        },
      ],
    },
  ],
  [
    'CertificatesPerUser',
    { needs: ['user'], add: (n) => ['UploadSigningCertificate', { CertificateBody: certificateOf(`q${n}.example.com`, 50_000 + n) }] },
  ],
  [
    'SSHPublicKeysPerUser',
    { needs: ['user'], add: () => ['UploadSSHPublicKey', { SSHPublicKeyBody: () => sshPublicKey(otherPublicKey()) }] },
  ],
  ['ContextSpecificCredentialsPerUserPerContext', { needs: ['user'], add: () => ['CreateServiceSpecificCredential', {}] }],
  [
    'ClientIdsPerOpenIdConnectProvider',
    { needs: ['oidcProvider'], had: 1, add: (n) => ['AddClientIDToOpenIDConnectProvider', { ClientID: `client${n}` }] },
  ],
  [
    'PrivateKeysPerSAMLProvider',
    {
      needs: ['samlProvider'],
      add: () => ['UpdateSAMLProvider', { AddPrivateKey: privateKey(), AssertionEncryptionMode: 'Allowed' }],
      message: (limit) => `Private key limit of ${limit} is reached.`,
    },
  ],
  [
    'InstanceSessionsPerInstanceProfile',
    {
      needs: ['instanceProfile'],
      prepare: (n) => ['CreateRole', { RoleName: `of${n}` }],
      add: (n) => ['AddRoleToInstanceProfile', { RoleName: `of${n}` }],
    },
  ],
])

export const sizedQuotas: ReadonlyMap<string, Sized> = new Map<string, Sized>([
  ['PolicySize', { ofSize: (size) => ['CreatePolicy', { PolicyName: `p${size}`, PolicyDocument: policyOf(size, identity) }] }],
  ['ACLSizePerRole', { ofSize: (size) => ['CreateRole', { RoleName: `r${size}`, AssumeRolePolicyDocument: policyOf(size, trusting) }] }],
  inlineOf('User', 'user'),
  inlineOf('Group', 'group'),
  inlineOf('Role', 'role'),
  [
    'ThumbprintsPerOpenIdConnectProvider',
    {
      needs: ['oidcProvider'],
      ofSize: (size) => [
        'UpdateOpenIDConnectProviderThumbprint',
        { ThumbprintList: Array.from({ length: size }, (_, at) => String(at).padStart(40, 'a')) },
      ],
      refusal: (most) => `InvalidInput 400 Thumbprint list must contain fewer than ${most} entries.`,
    },
  ],
])

/** Quotas that nothing is refused for. */
export const notReached: ReadonlyMap<string, string> = new Map([
  ['AccountAliasesPerAccount', 'a new alias takes the place of the old one'],
  ['PolicyVersionsInUse', 'told by GetAccountSummary only'],
  ['TagsPerResource', 'a test of its own: one call takes no more than fifty'],
])
