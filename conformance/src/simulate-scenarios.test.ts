import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ContextEntry, SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam'
import { account, refused, trust, useServer } from './iam-scene.js'
import { bailiwick } from './running-server.js'

/** A decision case, as `docs/evaluate.md` has it. */
interface Case {
  readonly id: string
  readonly expected: string
  readonly policies: Readonly<Record<string, unknown>>
  readonly request: {
    readonly principal: string
    readonly action: string
    readonly resource: string
    readonly resourceAccount: string
    readonly roleArn?: string
    readonly context?: Readonly<Record<string, unknown>>
  } & Readonly<Record<string, unknown>>
}

const folder = new URL('../../packages/policy/scenarios/', import.meta.url)
const caller = '111122223333'

/** The account that most cases are about is the one that the server has. */
const cases: readonly Case[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8').replaceAll(caller, account)) as Case[])
  .map(withLongKeys)

/** The simulator takes no key of fewer than five characters; made-up ones are called something longer. */
function withLongKeys(one: Case): Case {
  let text = JSON.stringify(one)
  for (const key of Object.keys(one.request.context ?? {})) {
    if (key.length >= 5) continue
    const literal = key.replace(/[^A-Za-z0-9]/g, '\\$&')
    text = text
      .replace(new RegExp(`"(${literal})":`, 'gi'), '"made:$1":')
      .replace(new RegExp(`\\$\\{(${literal})(?=[},])`, 'gi'), '${made:$1')
  }
  return JSON.parse(text)
}

const listed = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value])
const texts = (value: unknown): string[] => listed(value).map((document) => JSON.stringify(document))

/** Why the simulator cannot be asked, the first reason that holds. */
const limits: readonly (readonly [why: string, holds: (one: Case) => boolean])[] = [
  ['callers other than users and roles', ({ request }) => callerArn(request) === undefined],
  ['sessions of GetSessionToken', ({ request }) => request.sessionKind !== undefined],
  ['management accounts', ({ request }) => request.mgmt === true || request.resourceInMgmt === true],
  ['session policies', ({ policies }) => policies.session !== undefined],
  ['resource control policies', ({ policies }) => policies.rcp !== undefined],
  ['endpoint policies', ({ policies }) => policies.vpce !== undefined],
  ['several boundaries', ({ policies }) => listed(policies.boundary).length > 1],
  ['levels of an organization without policies', ({ policies }) => listed(policies.scp).some((level) => listed(level).length === 0)],
  ['resource policies asked by a role', (one) => hasResourcePolicy(one) && !/:user\//.test(callerArn(one.request) ?? '')],
  ['resource policies without a resource', (one) => hasResourcePolicy(one) && one.request.resource === '*'],
  ['resources that need a policy of theirs and have none', (one) => !hasResourcePolicy(one) && needsResourcePolicy(one.request)],
  [
    'resource policies that leave it to the account',
    (one) => /"AWS":"(?:arn:aws:iam::)?\d{12}(?::root)?"/.test(texts(one.policies.resource).join()),
  ],
  ['keys without values', ({ request }) => Object.entries(request.context ?? {}).some(([, value]) => listed(value).length === 0)],
]

const hasResourcePolicy = ({ policies }: Case): boolean => (policies.resource ?? policies.trust) !== undefined

/** The simulator asks no resource about a policy that it is not given. */
const needsResourcePolicy = ({ action, resourceAccount, ...request }: Case['request']): boolean =>
  /^(?:sts:AssumeRole|kms:)/i.test(action) || resourceAccount !== callerArn({ action, resourceAccount, ...request })?.split(':')[4]

/** Of a session the role, which the simulator takes for it. */
function callerArn({ principal, roleArn }: Case['request']): string | undefined {
  if (roleArn !== undefined) return roleArn
  const [, id, role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(principal) ?? []
  if (role !== undefined) return `arn:aws:iam::${id}:role/${role}`
  return /^arn:aws:iam::\d+:(?:user|role)\//.test(principal) ? principal : undefined
}

function inputOf({ policies, request }: Case): SimulateCustomPolicyCommandInput {
  const resourcePolicy = policies.resource ?? policies.trust
  const levels = policies.scp as unknown[] | undefined
  return {
    PolicyInputList: texts(policies.identity),
    PermissionsBoundaryPolicyInputList: texts(policies.boundary),
    ...(levels !== undefined && {
      OrderedOrganizationPolicyInputList: levels.map((level) => ({ ServiceControlPolicyInputList: texts(level) })),
    }),
    ...(resourcePolicy !== undefined && { ResourcePolicy: JSON.stringify(resourcePolicy) }),
    CallerArn: callerArn(request),
    ActionNames: [request.action],
    ResourceArns: [request.resource],
    // What belongs to AWS says so in its ARN.
    ...(request.resourceAccount !== 'aws' && { ResourceOwner: `arn:aws:iam::${request.resourceAccount}:root` }),
    ContextEntries: Object.entries(request.context ?? {}).map(
      ([ContextKeyName, value]): ContextEntry => ({
        ContextKeyName,
        ContextKeyType: Array.isArray(value) ? 'stringList' : 'string',
        ContextKeyValues: listed(value).map(String),
      }),
    ),
  }
}

const scene = useServer()
const left = new Map<string, number>()
const leave = (why: string): void => void left.set(why, (left.get(why) ?? 0) + 1)

const expressible = cases.filter((one) => {
  const why = limits.find(([, holds]) => holds(one))?.[0]
  if (why !== undefined) leave(why)
  return why === undefined
})

/** Documents that AWS keeps but would not take today, and resource policies about everything, which the simulator refuses. */
const REFUSED = /^InvalidInput 400 (?:.* has invalid content|ResourceNames are not in a valid ARN format: .*)$/

test('[item 3] the simulator decides every case that it can be asked as the engine does', async (t) => {
  const iam = scene.iam()
  let asked = 0
  for (const one of expressible) {
    const call = iam.simulateCustomPolicy(inputOf(one))
    const answer = await call.catch(() => undefined)
    if (answer === undefined) {
      assert.match(await refused(call), REFUSED, one.id)
      leave('documents that are refused')
      continue
    }
    const [result] = answer.EvaluationResults!
    assert.equal(result!.EvalDecision, one.expected, one.id)
    assert.equal(result!.ResourceSpecificResults?.[0]?.EvalResourceDecision ?? one.expected, one.expected, one.id)
    asked++
  }
  t.diagnostic(`${asked} of ${cases.length} cases simulated; left out: ${[...left].map(([why, count]) => `${count} ${why}`).join(', ')}`)
  assert.equal(asked + [...left.values()].reduce((sum, count) => sum + count, 0), cases.length)
  assert.ok(asked >= 170, `${asked} cases`)
})

test('[item 3] a principal that has the policies is simulated alike', async () => {
  const iam = scene.iam()
  const made = new Map<string, string>()
  let asked = 0
  for (const one of expressible) {
    const { CallerArn, ...input } = inputOf(one)
    const [, id, kind, path, name] = /^arn:aws:iam::(\d+):(user|role)(\/(?:.*\/)?)([^/]+)$/.exec(CallerArn!) ?? []
    if (id !== account || path!.startsWith('/aws-')) continue
    // Names are unique, whatever their path.
    if ((made.get(`${kind} ${name}`) ?? CallerArn) !== CallerArn) continue
    if (!made.has(`${kind} ${name}`)) {
      made.set(`${kind} ${name}`, CallerArn!)
      if (kind === 'user') await iam.createUser({ UserName: name!, Path: path })
      else await iam.createRole({ RoleName: name!, Path: path, AssumeRolePolicyDocument: trust(account) })
    }
    const { OrderedOrganizationPolicyInputList: scp, ...rest } = input
    if (scp !== undefined) continue
    const answer = await iam.simulatePrincipalPolicy({ PolicySourceArn: CallerArn!, ...rest }).catch(() => undefined)
    if (answer === undefined) continue
    assert.equal(answer.EvaluationResults![0]!.EvalDecision, one.expected, one.id)
    asked++
  }
  assert.ok(asked >= 120, `${asked} cases`)
})

test('[item 7] bailiwick evaluate decides the same cases, all of them', async () => {
  const lines = cases.map(({ id, policies, request }) => JSON.stringify({ id, policies, request }))
  const { stdout } = await bailiwick(['evaluate'], {}, `${lines.join('\n')}\n`)
  const decisions = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).decision)
  assert.deepEqual(
    decisions,
    cases.map(({ expected }) => expected),
  )
})
