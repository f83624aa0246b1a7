/** Principal and NotPrincipal (policy-semantics §2.1 and §2.3). Whether a user or role exists is for the caller to find out. */
import { readOperator } from '../conditions/operators.js'
import { hasWildcard } from '../patterns/index.js'
import { type Checked, eitherElement, textsOf } from './check.js'
import type { PrincipalType } from './document.js'
import type { Path } from './findings.js'
import { type JsonNode, type JsonObject, type JsonString, member } from './json.js'
import { DASHED_ACCOUNT, PRINCIPAL_TYPES } from './read.js'

export function checkPrincipal(checked: Checked): void {
  const { statement, effect, path, grammar, findings } = checked
  const element = eitherElement(checked, 'Principal')
  if (grammar.principal === 'none') {
    if (element !== undefined) findings.add('PRINCIPAL_NOT_ALLOWED', element.path, element.node, String(element.path.at(-1)))
    return
  }
  if (element === undefined) {
    findings.add('MISSING_PRINCIPAL', path, statement)
    return
  }
  if (element.inverted) {
    if (effect === 'Allow' && grammar.principal === 'required') {
      findings.add('ALLOW_WITH_NOT_PRINCIPAL', element.path, element.node)
      return
    }
    if (!grammar.notPrincipal) {
      findings.add('NOT_PRINCIPAL_NOT_ALLOWED', element.path, element.node)
      return
    }
  }
  if (grammar.principal === 'everyone') {
    if (element.node.kind !== 'string' || element.node.text !== '*') findings.add('PRINCIPAL_NOT_EVERYONE', element.path, element.node)
    return
  }
  checkEntries(element.node, element.path, checked)
}

function checkEntries(node: JsonNode, path: Path, checked: Checked): void {
  const { findings, grammar } = checked
  if (node.kind === 'string') {
    if (node.text !== '*') findings.add('PRINCIPAL_NOT_AN_OBJECT', path, node, node.text)
    else if (grammar.api === 'trust') findings.add('BARE_STAR_PRINCIPAL', path, node)
    return
  }
  if (node.kind !== 'object') {
    findings.add('WRONG_TYPE', path, node, 'the principal is `"*"` or an object')
    return
  }
  if (node.members.length === 0) {
    findings.add('EMPTY_PRINCIPAL', path, node)
    return
  }
  for (const { name, value } of node.members) {
    const at = [...path, name]
    const type = PRINCIPAL_TYPES.find((known) => known === name)
    if (type === undefined) {
      findings.add('UNKNOWN_PRINCIPAL_TYPE', at, value, name)
      continue
    }
    for (const id of textsOf(value, at, findings) ?? []) {
      if (!(grammar.api === 'trust' ? TRUSTED_ID_RULES : ID_RULES)[type](id.text)) {
        if (type === 'Federated') findings.add('INVALID_FEDERATED_PRINCIPAL', at, id, id.text)
        else findings.add('INVALID_PRINCIPAL', at, id, `"${name.toUpperCase()}":"${id.text}"`)
      } else if (type === 'Federated') checkProvider(id, at, checked)
    }
  }
}

const AWS_PRINCIPAL =
  /^(?:\*|\d{12}|A(?:ID|RO)A[A-Z0-9]+|arn:aws[a-z-]*:iam::\d{12}:(?:root|(?:user|role)\/.+)|arn:aws[a-z-]*:sts::\d{12}:(?:assumed-role\/[^/]+\/[^/]+|federated-user\/[^/]+))$/
const DOMAIN = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/
const PROVIDER = /^arn:aws[a-z-]*:iam::\d{12}:(?:saml|oidc)-provider\/.+$/

const ID_RULES: Readonly<Record<PrincipalType, (id: string) => boolean>> = {
  // Wildcards are never part of an id; only the whole `*` means everybody.
  AWS: (id) => (AWS_PRINCIPAL.test(id) && (id === '*' || !hasWildcard(id))) || DASHED_ACCOUNT.test(id),
  Service: (id) => DOMAIN.test(id),
  Federated: (id) => DOMAIN.test(id) || (PROVIDER.test(id) && !hasWildcard(id)),
  CanonicalUser: (id) => /^[0-9a-f]{64}$/.test(id),
}

/** In a trust policy. Which services there are is not known here, only what their names end in. */
const TRUSTED_ID_RULES: typeof ID_RULES = {
  ...ID_RULES,
  Service: (id) => DOMAIN.test(id) && /\.amazonaws\.com(?:\.cn)?$/.test(id),
  CanonicalUser: () => false,
}

const COGNITO = 'cognito-identity.amazonaws.com'
const GITHUB = 'token.actions.githubusercontent.com'

/** Issuers that sign for many tenants, and the keys that tell whose token it is (policy-semantics §2.3). */
const SHARED_ISSUERS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  [GITHUB, [`${GITHUB}:sub`, `${GITHUB}:job_workflow_ref`]],
  ...issuers('sub', [
    'vstoken.actions.githubusercontent.com',
    'oidc-configuration.audit-log.githubusercontent.com',
    'gitlab.com',
    'agent.buildkite.com',
    'app.terraform.io',
    'oidc.codefresh.io',
    'studio.datachain.ai/api',
    'scalr.io',
    'tokens.cloud.shisho.dev',
    'proidc.upbound.io',
  ]),
  ...issuers('aud', ['api.pulumi.com/oidc', 'sandboxes.cloud', 'oidc.vercel.com']),
])
/** Microsoft Sentinel's tenant; the tokens of all its customers come from there. */
const SENTINEL = 'sts.windows.net/33e01921-'
const SENTINEL_KEYS = ['sts:RoleSessionName']

const TENANT_OPERATORS = new Set(['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'])

function checkProvider(id: JsonString, path: Path, { statement, effect, grammar, findings }: Checked): void {
  if (grammar.api !== 'trust' || effect !== 'Allow') return
  const condition = member(statement, 'Condition')
  if (id.text === COGNITO && (condition?.kind !== 'object' || condition.members.length === 0)) {
    findings.add('MISSING_PROVIDER_CONDITION', path, id)
    return
  }
  const issuer = /:oidc-provider\/(.+)$/.exec(id.text)?.[1]
  if (issuer === undefined) return
  const keys = issuer.startsWith(SENTINEL) ? SENTINEL_KEYS : SHARED_ISSUERS.get(issuer)
  if (keys === undefined || (condition?.kind === 'object' && limitsTenant(condition, keys))) return
  const detail = `Trust policy with trusted principal ${id.text} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all`
  findings.add('MISSING_TENANT_CONDITION', path, id, detail)
}

/** One of the keys is tested by one of the operators for something else than just `*`. */
function limitsTenant(condition: JsonObject, keys: readonly string[]): boolean {
  const wanted = new Set(keys.map((key) => key.toLowerCase()))
  return condition.members.some(
    ({ name, value: block }) =>
      TENANT_OPERATORS.has(readOperator(name).operator) &&
      block.kind === 'object' &&
      block.members.some(({ name: key, value }) => wanted.has(key.toLowerCase()) && !isOnlyStar(value)),
  )
}

function isOnlyStar(value: JsonNode): boolean {
  const items = value.kind === 'array' ? value.items : [value]
  return items.every((item) => item.kind === 'string' && item.text === '*')
}

function issuers(claim: string, hosts: readonly string[]): [string, readonly string[]][] {
  return hosts.map((host) => [host, [`${host}:${claim}`]])
}
