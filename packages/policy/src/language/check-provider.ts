/**
 * What a trust policy must test of the tokens of issuers that sign for many tenants (policy-semantics §2.3; IAM User Guide, "OIDC identity
 * providers with shared issuers"; what counts as a test is as AWS was recorded in 2026, when roles were made and trust policies changed).
 */
import { readOperator } from '../conditions/operators.js'
import type { Checked } from './checked.js'
import type { Path } from './findings.js'
import { type JsonNode, type JsonObject, type JsonString, member } from './json.js'

/** One of the keys must be tested, by one of the operators, for values that all limit who is trusted. */
interface Control {
  readonly keys: readonly string[]
  readonly operators: readonly string[]
  /** The keys count in this letter case only. */
  readonly exactCase?: true
  readonly limits: (value: string) => boolean
  readonly missing: 'MISSING_TENANT_CONDITION' | 'MISSING_APPLICATION_CONDITION'
}

const tenant = (...keys: readonly string[]): Control => ({
  keys,
  operators: ['StringEquals', 'StringLike', 'StringEqualsIgnoreCase'],
  limits: (value) => value !== '*',
  missing: 'MISSING_TENANT_CONDITION',
})

const application = (issuer: string, ...claims: readonly string[]): [string, Control] => [
  issuer,
  {
    keys: claims.map((claim) => `${issuer}:${claim}`),
    operators: ['StringEquals', 'StringEqualsIgnoreCase'],
    exactCase: true,
    limits: () => true,
    missing: 'MISSING_APPLICATION_CONDITION',
  },
]

const tenants = (claim: string, issuers: readonly string[]): [string, Control][] =>
  issuers.map((issuer) => [issuer, tenant(`${issuer}:${claim}`)])

const COGNITO = 'cognito-identity.amazonaws.com'

const CONTROLS: ReadonlyMap<string, Control> = new Map<string, Control>([
  application('accounts.google.com', 'aud', 'oaud', 'sub'),
  application('www.amazon.com', 'app_id', 'sub'),
  application('graph.facebook.com', 'app_id', 'sub'),
  ...tenants('sub', [
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
    'rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7',
    'rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr',
    'rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg',
    'rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26',
    'oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb',
    'oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu',
  ]),
  ...tenants('aud', [COGNITO, 'api.pulumi.com/oidc', 'sandboxes.cloud', 'oidc.vercel.com']),
])

const GITHUB = 'token.actions.githubusercontent.com'
/** Microsoft Sentinel's tenant; the tokens of all its customers come from there. */
const SENTINEL = 'sts.windows.net/33e01921-'

function controlOf(issuer: string): Control | undefined {
  // With whatever follows, and its claims by the whole of it.
  if (issuer.startsWith(GITHUB))
    return {
      ...tenant(`${issuer}:sub`, `${issuer}:job_workflow_ref`),
      limits: (value) => value.trim() !== '' && !value.startsWith('*'),
    }
  return issuer.startsWith(SENTINEL) ? tenant('sts:RoleSessionName') : CONTROLS.get(issuer)
}

/** Adds a finding when the statement lets tokens of a shared issuer in and does not test whose they are. */
export function checkProvider(id: JsonString, path: Path, { statement, effect, grammar, findings }: Checked): void {
  if (grammar.api !== 'trust' || effect !== 'Allow' || !letsTokensIn(statement)) return
  const condition = member(statement, 'Condition')
  if (id.text === COGNITO && (condition?.kind !== 'object' || condition.members.length === 0)) {
    findings.add('MISSING_PROVIDER_CONDITION', path, id)
    return
  }
  const issuer = /:oidc-provider\/(.+)$/.exec(id.text)?.[1] ?? id.text
  const control = controlOf(issuer)
  if (control === undefined || (condition?.kind === 'object' && isTested(condition, control))) return
  const { keys, missing } = control
  const detail =
    missing === 'MISSING_APPLICATION_CONDITION'
      ? issuer
      : `Trust policy with trusted principal ${id.text} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, ${keys.join(' or ')} which is not scoped to all`
  findings.add(missing, path, id, detail)
}

/** Whether the statement is about tokens at all. Trust policies name their actions without wildcards. */
function letsTokensIn(statement: JsonObject): boolean {
  const [action, inverted] = [member(statement, 'Action'), member(statement, 'NotAction')]
  const names = (node: JsonNode): boolean =>
    itemsOf(node).some((item) => item.kind === 'string' && item.text.toLowerCase() === 'sts:assumerolewithwebidentity')
  return action !== undefined ? names(action) : inverted === undefined || !names(inverted)
}

/** All that one operator tests of the keys must limit; what another one tests does not take from it. */
function isTested(condition: JsonObject, { keys, operators, exactCase, limits }: Control): boolean {
  const cased = (key: string): string => (exactCase ? key : key.toLowerCase())
  const wanted = new Set(keys.map(cased))
  return condition.members.some(({ name, value: block }) => {
    const { operator, ifExists } = readOperator(name)
    if (ifExists || !operators.includes(operator) || block.kind !== 'object') return false
    const tested = block.members.filter(({ name: key }) => wanted.has(cased(key)))
    return tested.length > 0 && tested.every(({ value }) => itemsOf(value).every((item) => item.kind !== 'string' || limits(item.text)))
  })
}

const itemsOf = (node: JsonNode): readonly JsonNode[] => (node.kind === 'array' ? node.items : [node])
