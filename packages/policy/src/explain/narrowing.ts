/** How a statement that denies can let one request through and deny all others as before. */
import type { AuthorizationRequest } from '../evaluate/index.js'
import type { Condition, Match, Statement } from '../language/index.js'
import type { Reach } from './change.js'

export interface Narrowed {
  /** Undefined: nothing is left of the statement. */
  readonly statement: Statement | undefined
  readonly what: string
  /** What is not denied any more. */
  readonly allows: Reach
}

/** The ways, the one that lets least through first. Whether one does what it should is for the engine to say. */
export function waysToNarrow(statement: Statement, request: AuthorizationRequest): readonly Narrowed[] {
  const { action, resource } = statement
  const ways: (Narrowed | undefined)[] = [
    resource?.inverted ? withListed(statement, 'resource', 'NotResource', request.resource.arn) : undefined,
    action.inverted ? withListed(statement, 'action', 'NotAction', request.action) : undefined,
    withoutListed(statement, 'action', 'Action', request.action, (pattern) => pattern.toLowerCase() === request.action.toLowerCase()),
    resource && withoutListed(statement, 'resource', 'Resource', request.resource.arn, (pattern) => pattern === request.resource.arn),
    sparing(statement, request),
    { statement: undefined, what: 'remove the statement', allows: reachOf(statement) },
  ]
  return ways.filter((way) => way !== undefined)
}

type Part = 'action' | 'resource'

function withListed(statement: Statement, part: Part, name: string, text: string): Narrowed {
  const { patterns } = statement[part]!
  return {
    statement: { ...statement, [part]: { inverted: true, patterns: [...patterns, text] } },
    what: `add \`${text}\` to its \`${name}\``,
    allows: { ...reachOf(statement), [`${part}s`]: text },
  }
}

function withoutListed(
  statement: Statement,
  part: Part,
  name: string,
  text: string,
  isIt: (pattern: string) => boolean,
): Narrowed | undefined {
  const { inverted, patterns } = statement[part]!
  const kept = patterns.filter((pattern) => !isIt(pattern))
  if (inverted || kept.length === patterns.length || kept.length === 0) return undefined
  return {
    statement: { ...statement, [part]: { inverted, patterns: kept } },
    what: `take \`${text}\` out of its \`${name}\``,
    allows: { ...reachOf(statement), [`${part}s`]: text },
  }
}

/** One more condition, by which the statement spares the principal that asked. */
function sparing(statement: Statement, { principal }: AuthorizationRequest): Narrowed | undefined {
  if (!('arn' in principal)) return undefined
  const arn = 'roleArn' in principal ? principal.roleArn : principal.arn
  const key = 'aws:PrincipalArn'
  const condition: Condition = { written: 'ArnNotEquals', operator: 'ArnNotEquals', ifExists: false, key, values: [arn] }
  if (statement.conditions.some((one) => one.written === condition.written && one.key.toLowerCase() === key.toLowerCase())) return undefined
  return {
    statement: { ...statement, conditions: [...statement.conditions, condition] },
    what: `spare this principal: add the condition \`{"ArnNotEquals":{"${key}":"${arn}"}}\``,
    allows: { ...reachOf(statement), conditions: [...conditionTexts(statement), `ArnEquals ${key} ${arn}`] },
  }
}

/** A statement's actions, resources and conditions as it has them. */
export function reachOf(statement: Statement): Reach {
  return {
    actions: matchText(statement.action),
    resources: statement.resource === undefined ? '*' : matchText(statement.resource),
    conditions: conditionTexts(statement),
  }
}

const matchText = ({ inverted, patterns }: Match): string => `${inverted ? 'all but ' : ''}${patterns.join(', ')}`

const conditionTexts = ({ conditions }: Statement): string[] =>
  conditions.map(({ written, key, values }) => `${written} ${key} ${values.join(', ')}`)
