/** The `request` member of a case. */
import type { AuthorizationRequest, Context, ContextValue, Principal } from '../evaluate/index.js'
import { type JsonNode, type JsonObject, member } from '../language/index.js'
import { memberObject, UnreadableCase } from './unreadable-case.js'

export function readRequest(node: JsonObject): AuthorizationRequest {
  const action = textMember(node, 'action')
  if (!/^[^:]+:[^:]+$/.test(action)) throw new UnreadableCase('`action` is not `service:Name`')
  const arn = textMember(node, 'resource')
  const accountId = optionalText(node, 'resourceAccount') ?? arn.split(':')[4]
  if (accountId === undefined || accountId === '') throw new UnreadableCase('`resourceAccount` is missing')
  return {
    principal: readPrincipal(node),
    action,
    resource: { arn, accountId, ...(flag(node, 'resourceInMgmt') && { inManagementAccount: true }) },
    context: member(node, 'context') === undefined ? {} : readContext(memberObject(node, 'context')),
  }
}

/** A role is known by its policies only in the server; a case gives ARNs, so that ids are not known. */
const ARN = /^arn:([^:]+):(iam|sts)::([^:]+):(.+)$/

function readPrincipal(node: JsonObject): Principal {
  const text = textMember(node, 'principal')
  if (text === 'anonymous') return { kind: 'anonymous' }
  const [, partition, service, accountId, path] = ARN.exec(text) ?? []
  if (partition === undefined || service === undefined || accountId === undefined || path === undefined) {
    if (/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(text)) return { kind: 'service', names: [text] }
    throw new UnreadableCase(`\`principal\` is not understood: \`${text}\``)
  }
  const slash = path.indexOf('/')
  const kind = KINDS.get(`${service} ${slash === -1 ? path : path.slice(0, slash)}`)
  if (kind === undefined) throw new UnreadableCase(`\`principal\` is not understood: \`${text}\``)
  const inManagementAccount = flag(node, 'mgmt')
  return kind({ arn: text, accountId, ...(inManagementAccount && { inManagementAccount }) }, path.slice(slash + 1), node, partition)
}

interface Identity {
  readonly arn: string
  readonly accountId: string
  readonly inManagementAccount?: true
}

/** By service and first word of the ARN's path; `rest` is what follows that word. */
const KINDS: ReadonlyMap<string, (identity: Identity, rest: string, node: JsonObject, partition: string) => Principal> = new Map<
  string,
  (identity: Identity, rest: string, node: JsonObject, partition: string) => Principal
>([
  ['iam root', (identity, _, node) => ({ ...identity, kind: 'root', ...(flag(node, 'assumedRoot') && { assumedRoot: true }) })],
  ['iam user', (identity, _, node) => ({ ...identity, kind: 'user', ...sessionKind(node) })],
  [
    'iam role',
    // Some session of that role. A single dash is too short for a session name, so that no policy can name it.
    (identity, rest, _, partition) => ({
      ...roleOf(identity, identity.arn),
      arn: `arn:${partition}:sts::${identity.accountId}:assumed-role/${rest.slice(rest.lastIndexOf('/') + 1)}/-`,
    }),
  ],
  [
    'sts assumed-role',
    (identity, rest, node, partition) =>
      roleOf(identity, optionalText(node, 'roleArn') ?? `arn:${partition}:iam::${identity.accountId}:role/${rest.split('/')[0]}`),
  ],
  [
    'sts federated-user',
    (identity, _, node) => ({
      ...identity,
      kind: 'federatedUser',
      federatedBy: optionalText(node, 'federatedBy') ?? '',
      ...(flag(node, 'console') && { console: true }),
    }),
  ],
  ['iam saml-provider', ({ arn }) => ({ kind: 'saml', providerArn: arn })],
  ['iam oidc-provider', ({ arn }) => ({ kind: 'oidc', providerArn: arn })],
])

function roleOf(identity: Identity, roleArn: string): Extract<Principal, { kind: 'role' }> {
  return { ...identity, kind: 'role', roleArn, ...(roleArn.includes(':role/aws-service-role/') && { serviceLinked: true }) }
}

function sessionKind(node: JsonObject): { session?: 'GetSessionToken' } {
  const kind = optionalText(node, 'sessionKind')
  if (kind === undefined) return {}
  if (kind !== 'GetSessionToken') throw new UnreadableCase(`unknown \`sessionKind\`: \`${kind}\``)
  return { session: kind }
}

function readContext(node: JsonObject): Context {
  return Object.fromEntries(node.members.map(({ name, value }) => [name, contextValue(value, name)]))
}

function contextValue(node: JsonNode, key: string): ContextValue {
  if (node.kind === 'array') return node.items.map((item) => scalar(item, key))
  return scalar(node, key)
}

function scalar(node: JsonNode, key: string): string {
  if (node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean') return node.text
  throw new UnreadableCase(`the value of \`${key}\` is not understood`)
}

function textMember(node: JsonObject, name: string): string {
  const found = optionalText(node, name)
  if (found === undefined) throw new UnreadableCase(`\`${name}\` is missing`)
  return found
}

function optionalText(node: JsonObject, name: string): string | undefined {
  const found = member(node, name)
  if (found === undefined || found.kind === 'null') return undefined
  if (found.kind !== 'string') throw new UnreadableCase(`\`${name}\` is not a text`)
  return found.text
}

function flag(node: JsonObject, name: string): boolean {
  const found = member(node, name)
  if (found === undefined || found.kind === 'null') return false
  if (found.kind !== 'boolean') throw new UnreadableCase(`\`${name}\` is not true or false`)
  return found.text === 'true'
}
