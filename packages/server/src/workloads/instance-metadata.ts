/**
 * The instance metadata service, version 2, of one instance: a session token by PUT, then what there is to know by GET. Facts are those of
 * the EC2 User Guide ("Access instance metadata", "Troubleshoot Amazon EC2 and IAM" for the documents under `iam/`).
 */
import type { Reader } from '@bailiwick/store'
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import { instanceProfiles } from '../iam/records.js'
import { isoSeconds } from '../pipeline/time-text.js'
import { longestTokenSeconds, type MetadataTokens } from './metadata-token.js'
import type { CredentialKeeper, RoleCredentials } from './role-credentials.js'
import type { WorkloadRecord } from './workload.js'

interface Instance {
  readonly workload: WorkloadRecord
  readonly reader: Reader
  readonly now: number
  readonly keeper: CredentialKeeper
  readonly tokens: MetadataTokens
}

const tokenPath = '/latest/api/token'

export async function instanceMetadata(request: HttpRequest, instance: Instance): Promise<HttpResponse> {
  if (request.method === 'PUT') return sessionToken(request, instance)
  if (request.method !== 'GET' || request.path === tokenPath) return page('405 - Method Not Allowed')
  const delivery = deliveryOf(request, instance)
  if (delivery === undefined) return page('401 - Unauthorized')
  if (!request.path.startsWith(root)) return page('404 - Not Found')
  const text = await answerAt(request.path.slice(root.length).replace(/\/$/, ''), { ...instance, delivery })
  return text === undefined ? page('404 - Not Found') : plain(text)
}

const root = '/latest/'

/** A request that was passed on by a proxy gets no token, so that a proxy left open cannot be used to get one. */
function sessionToken({ path, headers }: HttpRequest, { tokens, workload }: Instance): HttpResponse {
  if (path !== tokenPath || headers.has('x-forwarded-for')) return page('403 - Forbidden')
  const [seconds = '', ...more] = headers.get('x-aws-ec2-metadata-token-ttl-seconds') ?? []
  const asked = /^\d{1,5}$/.test(seconds) && more.length === 0 ? Number(seconds) : 0
  if (asked < 1 || asked > longestTokenSeconds) return page('400 - Bad Request')
  return plain(tokens.make(workload.id, asked), { 'x-aws-ec2-metadata-token-ttl-seconds': String(asked) })
}

/** `1.0` for a request without a token, where the instance lets those through; a wrong token is refused wherever it comes. */
function deliveryOf({ headers }: HttpRequest, { tokens, workload }: Instance): '1.0' | '2.0' | undefined {
  const given = headers.get('x-aws-ec2-metadata-token')
  if (given === undefined) return workload.httpTokens === 'optional' ? '1.0' : undefined
  return given.length === 1 && tokens.secondsLeft(workload.id, given[0]!) !== undefined ? '2.0' : undefined
}

interface Asked extends Instance {
  readonly delivery: '1.0' | '2.0'
}

type Leaf = (asked: Asked) => string | undefined | Promise<string | undefined>

/** Everything that can be asked for, but the credentials of a role by its name. */
const leaves: ReadonlyMap<string, Leaf> = new Map<string, Leaf>([
  ['dynamic/instance-identity/document', identityDocument],
  ['meta-data/iam/info', iamInfo],
  ['meta-data/iam/security-credentials', ({ keeper, workload, reader, delivery }) => keeper.roleName(workload, reader, delivery)],
  ['meta-data/instance-id', ({ workload }) => workload.id],
  ['meta-data/local-ipv4', ({ workload }) => workload.privateIpAddress],
  ['meta-data/placement/availability-zone', ({ workload }) => zoneOf(workload)],
  ['meta-data/placement/region', ({ workload }) => workload.region],
  ['meta-data/services/domain', () => 'amazonaws.com'],
  ['meta-data/services/partition', () => 'aws'],
])

const credentialsOf = /^meta-data\/iam\/security-credentials\/([^/]+)$/

async function answerAt(path: string, asked: Asked): Promise<string | undefined> {
  const leaf = leaves.get(path)
  if (leaf !== undefined) return leaf(asked)
  const roleName = credentialsOf.exec(path)?.[1]
  return roleName === undefined ? listing(path) : securityCredentials(roleName, asked)
}

/** The names one step below, those with more below them ending in a slash. */
function listing(path: string): string | undefined {
  const prefix = path === '' ? '' : `${path}/`
  const below = [...leaves.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length))
  const names = below.map((name) => (name.includes('/') || name === 'security-credentials' ? `${name.split('/')[0]}/` : name))
  return names.length === 0 ? undefined : [...new Set(names)].join('\n')
}

/** How it stands with the profile: a profile without a role is a success with a message. */
async function iamInfo({ workload, reader, now }: Asked): Promise<string> {
  const LastUpdated = isoSeconds(now)
  const profile = await reader.get(instanceProfiles, workload.accountId, workload.profile!.id)
  if (profile === undefined)
    return json({ Code: 'InstanceProfileNotFound', Message: `Instance Profile ${workload.profile!.arn} cannot be found.`, LastUpdated })
  return json({
    Code: 'Success',
    ...(profile.roleId === undefined && { Message: `Instance Profile does not contain a role. Instance Profile: ${profile.id}.` }),
    LastUpdated,
    InstanceProfileArn: workload.profile!.arn,
    InstanceProfileId: profile.id,
  })
}

async function securityCredentials(roleName: string, { keeper, workload, reader, delivery, now }: Asked): Promise<string | undefined> {
  const kept = await keeper.kept(workload, reader, delivery)
  if (kept !== undefined) return kept.roleName === roleName ? documentOf(kept) : undefined
  if ((await keeper.roleName(workload, reader, delivery)) !== roleName) return undefined
  const found = await keeper.credentials(workload, reader, delivery)
  if (!('without' in found)) return found.roleName === roleName ? documentOf(found) : undefined
  return found.without === 'refused'
    ? json({ Code: 'AssumeRoleUnauthorizedAccess', Message: cannotAssume(roleName), LastUpdated: isoSeconds(now) })
    : undefined
}

const documents = new WeakMap<RoleCredentials, string>()

/** Written once for all who ask until there are others. */
function documentOf(credentials: RoleCredentials): string {
  let text = documents.get(credentials)
  if (text === undefined) {
    text = json({ Code: 'Success', ...shownCredentials(credentials) })
    documents.set(credentials, text)
  }
  return text
}

const cannotAssume = (roleName: string): string =>
  `EC2 cannot assume the role ${roleName}.  Please see documentation at https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_iam-ec2.html#troubleshoot_iam-ec2_errors-info-doc.`

const shownCredentials = ({ accessKeyId, secretAccessKey, sessionToken: token, updatedAt, expiresAt }: RoleCredentials): object => ({
  LastUpdated: isoSeconds(updatedAt),
  Type: 'AWS-HMAC',
  AccessKeyId: accessKeyId,
  SecretAccessKey: secretAccessKey,
  Token: token,
  Expiration: isoSeconds(expiresAt),
})

/** What this server knows of the machine, and null for the rest. It is not signed. */
function identityDocument({ workload }: Asked): string {
  return json({
    accountId: workload.accountId,
    architecture: null,
    availabilityZone: zoneOf(workload),
    billingProducts: null,
    devpayProductCodes: null,
    marketplaceProductCodes: null,
    imageId: null,
    instanceId: workload.id,
    instanceType: null,
    kernelId: null,
    pendingTime: isoSeconds(workload.createdAt),
    privateIp: workload.privateIpAddress ?? null,
    ramdiskId: null,
    region: workload.region,
    version: '2017-09-30',
  })
}

const zoneOf = ({ region }: WorkloadRecord): string => `${region}a`

const json = (value: object): string => JSON.stringify(value, null, 2)

const plain = (body: string, more: Readonly<Record<string, string>> = {}): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'text/plain', server: 'EC2ws', ...more },
  body,
})

/** A refusal as the service words it: a page with nothing but its status. */
export const page = (status: string): HttpResponse => ({
  status: Number(status.slice(0, 3)),
  headers: { 'content-type': 'text/html', server: 'EC2ws' },
  body: `<?xml version="1.0" encoding="iso-8859-1"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
\t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">
 <head>
  <title>${status}</title>
 </head>
 <body>
  <h1>${status}</h1>
 </body>
</html>
`,
})
