/** The laws of policy-semantics §17, for the scenarios and for generated cases. */
import { policy } from '../fixtures.test.support.js'

export interface Changeable {
  readonly policies: Readonly<Record<string, unknown>>
  readonly request: Readonly<Record<string, unknown>>
}

export const ALLOW_ALL = policy({ Effect: 'Allow', Action: '*', Resource: '*' })
export const DENY_ALL = policy({ Effect: 'Deny', Action: '*', Resource: '*' })
const ALLOW_EVERYONE = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })

export type Json = Record<string, unknown>

/** Calls `change` with every policy document of a scenario. */
function withDocuments(scenario: Changeable, change: (document: Json) => unknown): Changeable {
  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each)
    return typeof value === 'object' && value !== null ? change(value as Json) : value
  }
  return { ...scenario, policies: Object.fromEntries(Object.entries(scenario.policies).map(([kind, value]) => [kind, each(value)])) }
}

function withStatements(scenario: Changeable, change: (statements: Json[]) => unknown[]): Changeable {
  return withDocuments(scenario, (document) => ({ ...document, Statement: change([document.Statement].flat() as Json[]) }))
}

export function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : [value].flat()
}

function swapCase(text: string): string {
  return text.replace(/[a-zA-Z]/g, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))
}

/** What may be done to any case without changing its decision. */
export const neutral: readonly (readonly [change: string, apply: (scenario: Changeable) => Changeable])[] = [
  ['reversing the order of statements', (scenario) => withStatements(scenario, (statements) => statements.toReversed())],
  ['writing every statement twice', (scenario) => withStatements(scenario, (statements) => [...statements, ...statements])],
  [
    'changing statement ids',
    (scenario) => withStatements(scenario, (statements) => statements.map((statement, index) => ({ ...statement, Sid: `S${index}` }))),
  ],
  [
    'swapping the letter case of the action',
    (scenario) => ({ ...scenario, request: { ...scenario.request, action: swapCase(String(scenario.request.action)) } }),
  ],
  [
    'writing context keys in capitals',
    (scenario) => {
      const context = Object.entries((scenario.request.context ?? {}) as Json).map(([key, value]) => [key.toUpperCase(), value])
      return { ...scenario, request: { ...scenario.request, context: Object.fromEntries(context) } }
    },
  ],
  [
    'adding an empty condition',
    (scenario) => withStatements(scenario, (statements) => statements.map((statement) => ({ Condition: {}, ...statement }))),
  ],
  [
    'splitting identity policies into one per statement',
    (scenario) => {
      const { identity } = scenario.policies
      if (!Array.isArray(identity) || identity.some((document) => typeof document !== 'object')) return scenario
      const split = (identity as Json[]).flatMap((document) => {
        const statements = listOf(document.Statement)
        return statements.length === 0 ? [document] : statements.map((statement) => ({ ...document, Statement: [statement] }))
      })
      return { ...scenario, policies: { ...scenario.policies, identity: split } }
    },
  ],
  [
    'adding an endpoint policy that allows everything',
    (scenario) => ({ ...scenario, policies: { vpce: ALLOW_EVERYONE, ...scenario.policies } }),
  ],
  ['adding a boundary that allows everything', (scenario) => ({ ...scenario, policies: { boundary: ALLOW_ALL, ...scenario.policies } })],
  [
    'adding an SCP level that allows everything',
    (scenario) => ({ ...scenario, policies: { ...scenario.policies, scp: [...listOf(scenario.policies.scp), [ALLOW_ALL]] } }),
  ],
]

/** Changes after which a decision may be higher and never lower: explicit deny, implicit deny, allowed. */
export const raising: readonly (readonly [change: string, apply: (scenario: Changeable) => Changeable])[] = [
  ['adding an identity policy that allows everything', (scenario) => withIdentity(scenario, ALLOW_ALL)],
  [
    'removing all SCPs',
    (scenario) => {
      const { scp: _, ...policies } = scenario.policies
      return { ...scenario, policies }
    },
  ],
]

/** With another identity policy. */
export function withIdentity(scenario: Changeable, document: object): Changeable {
  return { ...scenario, policies: { ...scenario.policies, identity: [...listOf(scenario.policies.identity), document] } }
}
