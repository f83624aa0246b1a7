/** A statement made ready to be asked as one kind of policy. */
import { type CompiledCondition, compileCondition } from '../conditions/index.js'
import type { Effect, Statement, Version } from '../language/document.js'
import { type CompiledActions, compileActions } from './actions.js'
import type { Policy } from './policies.js'
import type { PolicyTypeRow } from './policy-types.js'
import { type CompiledPrincipal, compilePrincipal, isUnclear, NOBODY } from './principals.js'
import { type CompiledResources, compileResources } from './resources.js'

export interface CompiledStatement {
  readonly statementIndex: number
  readonly statement: Statement
  readonly effect: Effect
  readonly role: Role
  readonly action: CompiledActions
  /** Absent when resources do not matter. */
  readonly resource?: CompiledResources | undefined
  /** Absent when principals do not matter. */
  readonly principal?: CompiledPrincipal | undefined
  readonly conditions: readonly CompiledCondition[]
  readonly notUnderstood?: string | undefined
}

/** What a statement does to the decision. */
export type Role = typeof DENIES | typeof ALLOWS | typeof DOUBTFUL
export const DENIES = 0
export const ALLOWS = 1
/** It was not understood. What is doubtful in it counts as matching: if the rest matches too, the engine closes. */
export const DOUBTFUL = 2

/** Beside the roles as bits: there is an Allow that applies to every request for the action. */
export const ALLOWS_ALWAYS = 8

export function compileStatement(statement: Statement, statementIndex: number, policy: Policy, row: PolicyTypeRow): CompiledStatement {
  const { version } = policy.document
  const doubts: string[] = statement.notUnderstood === undefined ? [] : [statement.notUnderstood]
  const resource = resourcesOf(statement, version, row, doubts)
  const principal = principalOf(statement, policy, row, doubts)
  const conditions: CompiledCondition[] = []
  for (const condition of statement.conditions) {
    const compiled = compileCondition(condition, version, statement.effect)
    if (compiled === undefined) doubts.push(`unknown condition operator \`${condition.written}\``)
    else conditions.push(compiled)
  }
  const { effect } = statement
  return {
    statementIndex,
    statement,
    effect,
    role: doubts.length > 0 ? DOUBTFUL : effect === 'Allow' ? ALLOWS : DENIES,
    action: compileActions(statement.action),
    resource,
    principal,
    conditions,
    notUnderstood: doubts[0],
  }
}

/** Without resources a statement counts as matching, so that a doubtful one closes. */
function resourcesOf(statement: Statement, version: Version, row: PolicyTypeRow, doubts: string[]): CompiledResources | undefined {
  if (row.resource === 'ignored') return undefined
  if (statement.resource === undefined) {
    if (row.resource === 'required') doubts.push('the statement names no resources')
    return undefined
  }
  const compiled = compileResources(statement.resource, version, row)
  if (typeof compiled !== 'string') return compiled
  doubts.push(`\`${compiled}\` is not a whole ARN`)
  return undefined
}

function principalOf(statement: Statement, policy: Policy, row: PolicyTypeRow, doubts: string[]): CompiledPrincipal | undefined {
  if (statement.principal === undefined) return row.principal === 'nobody' ? NOBODY : undefined
  if (row.principal === 'none') {
    doubts.push('the statement names a principal')
    return undefined
  }
  if (statement.effect === 'Deny' && !statement.principal.inverted && isUnclear(statement.principal)) {
    doubts.push('the principal of the denial is not understood')
    return undefined
  }
  return compilePrincipal(statement.principal, policy.principalIds, row.part === 'grant' && statement.effect === 'Allow')
}
