/** What DecodeAuthorizationMessage tells of a denial, in AWS's shape (policy-semantics §10). */
import { type AuthorizationRequest, contextKey, type Decision, type MatchedStatement } from '../evaluate/index.js'
import type { Condition, Match } from '../language/index.js'

interface Items<T> {
  readonly items: readonly T[]
}
interface Value {
  readonly value: string
}
interface KeyValues {
  readonly key: string
  readonly values: Items<Value>
}

export interface AuthorizationMessage {
  readonly allowed: boolean
  readonly explicitDeny: boolean
  /** Of an explicit denial, the statement that denies. */
  readonly matchedStatements: Items<object>
  readonly failures: Items<never>
  readonly context: {
    readonly principal: { readonly id?: string; readonly name?: string; readonly arn?: string }
    readonly action: string
    readonly resource: string
    readonly conditions: Items<KeyValues>
  }
}

export function authorizationMessage(request: AuthorizationRequest, decision: Decision): AuthorizationMessage {
  const { principal, action, resource, context } = request
  const id = oneOf(contextKey(request, 'aws:userid'))
  const name = oneOf(contextKey(request, 'aws:username'))
  const conditions = Object.entries(context).flatMap(([key, value]) => (value === undefined ? [] : keyValues(key, [value].flat())))
  return {
    allowed: decision.verdict === 'Allowed',
    explicitDeny: decision.verdict === 'ExplicitDeny',
    matchedStatements: listed(decision.verdict === 'ExplicitDeny' ? [denying(decision.statement, id)] : []),
    failures: listed([]),
    context: {
      principal: {
        ...(id !== undefined && { id }),
        ...(name !== undefined && { name }),
        ...('arn' in principal && { arn: principal.arn }),
      },
      action,
      resource: resource.arn,
      conditions: listed(conditions),
    },
  }
}

function denying({ policy, statementIndex }: MatchedStatement, principalId: string | undefined): object {
  const { sid, action, resource, conditions } = policy.document.statements[statementIndex]!
  return {
    statementId: sid ?? '',
    effect: 'DENY',
    principals: listed(principalId === undefined ? [] : [{ value: principalId.split(':')[0]! }]),
    principalGroups: listed([]),
    ...patterns('actions', action),
    ...(resource !== undefined && patterns('resources', resource)),
    conditions: listed(conditions.map(({ key, values }: Condition) => keyValues(key, values))),
  }
}

function patterns(name: 'actions' | 'resources', { inverted, patterns: texts }: Match): object {
  const member = inverted ? `not${name[0]!.toUpperCase()}${name.slice(1)}` : name
  return { [member]: valuesOf(texts) }
}

const listed = <T>(items: readonly T[]): Items<T> => ({ items })
const valuesOf = (texts: readonly string[]): Items<Value> => listed(texts.map((value) => ({ value })))
const keyValues = (key: string, values: readonly string[]): KeyValues => ({ key, values: valuesOf(values) })
const oneOf = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
