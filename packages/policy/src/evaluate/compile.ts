/** Policies made ready to be asked. */
import { type CompiledCondition, compileCondition } from '../conditions/index.js'
import type { Effect, Match, Statement, Version } from '../language/document.js'
import { type ArnPattern, compileArnPattern, compileGlob, type Glob, hasWildcard, parseTemplate, type Template } from '../patterns/index.js'
import type { Policy, PolicySet, PolicyType } from './policies.js'
import { type PolicyTypeRow, policyType } from './policy-types.js'
import { type CompiledPrincipal, compilePrincipal, isUnclear, NOBODY } from './principals.js'

/** Makes a set. The work is done when the set is first asked as some kind of policy, and kept. */
export function compile(policies: readonly Policy[]): PolicySet {
  return { policies, compiled: new Map<PolicyType, CompiledSet>() }
}

export interface CompiledSet {
  /** All of them, in the order they stand. */
  readonly statements: readonly CompiledStatement[]
  readonly allows: readonly CompiledStatement[]
  readonly denies: readonly CompiledStatement[]
  /** Statements that were not understood. What is doubtful in them counts as matching: if the rest matches too, the engine closes. */
  readonly doubtful: readonly CompiledStatement[]
}

export interface CompiledStatement {
  readonly policyIndex: number
  readonly statementIndex: number
  readonly policy: Policy
  readonly statement: Statement
  readonly effect: Effect
  readonly action: CompiledActions
  /** Absent when resources do not matter. */
  readonly resource?: CompiledResources
  /** Absent when principals do not matter. */
  readonly principal?: CompiledPrincipal
  readonly conditions: readonly CompiledCondition[]
  readonly notUnderstood?: string
}

export interface CompiledActions {
  readonly inverted: boolean
  readonly everything: boolean
  readonly exact: ReadonlySet<string>
  readonly globs: readonly Glob[]
}

export interface CompiledResources {
  readonly inverted: boolean
  readonly everything: boolean
  readonly patterns: readonly CompiledResource[]
}

export interface CompiledResource {
  readonly arn: ArnPattern
  /** What comes after the fifth colon, when variables are in it. */
  readonly tail?: Template
}

/** The statements of a set as the given kind of policy. */
export function compiledAs(set: PolicySet, type: PolicyType): CompiledSet {
  if (!(set.compiled instanceof Map)) throw new TypeError('a PolicySet is made with `compile`')
  const kept: Map<PolicyType, CompiledSet> = set.compiled
  const found = kept.get(type)
  if (found !== undefined) return found
  const row = policyType(type)
  const statements = set.policies.flatMap((policy, policyIndex) =>
    policy.document.statements.map((statement, statementIndex) => compileStatement(policy, policyIndex, statement, statementIndex, row)),
  )
  const clear = statements.filter(({ notUnderstood }) => notUnderstood === undefined)
  const made: CompiledSet = {
    statements,
    allows: clear.filter(({ effect }) => effect === 'Allow'),
    denies: clear.filter(({ effect }) => effect === 'Deny'),
    doubtful: statements.filter(({ notUnderstood }) => notUnderstood !== undefined),
  }
  kept.set(type, made)
  return made
}

function compileStatement(
  policy: Policy,
  policyIndex: number,
  statement: Statement,
  statementIndex: number,
  row: PolicyTypeRow,
): CompiledStatement {
  const { version } = policy.document
  const doubts: string[] = statement.notUnderstood === undefined ? [] : [statement.notUnderstood]
  const resource = resourcesOf(statement, version, row, doubts)
  const principal = principalOf(statement, policy, row, doubts)
  const conditions: CompiledCondition[] = []
  for (const condition of statement.conditions) {
    const compiled = compileCondition(condition, version)
    if (compiled === undefined) doubts.push(`unknown condition operator \`${condition.written}\``)
    else conditions.push(compiled)
  }
  return {
    policyIndex,
    statementIndex,
    policy,
    statement,
    effect: statement.effect,
    action: compileActions(statement.action),
    ...(resource !== undefined && { resource }),
    ...(principal !== undefined && { principal }),
    conditions,
    ...(doubts[0] !== undefined && { notUnderstood: doubts[0] }),
  }
}

const STARS = /^\*+$/

/** A pattern without a colon, other than `*`, matches nothing and so excludes nothing (policy-semantics §3.7). */
function compileActions({ inverted, patterns }: Match): CompiledActions {
  const caseless = patterns.map((pattern) => pattern.toLowerCase()).filter((pattern) => pattern.includes(':') || STARS.test(pattern))
  return {
    inverted,
    everything: caseless.some((pattern) => STARS.test(pattern)),
    exact: new Set(caseless.filter((pattern) => !hasWildcard(pattern))),
    globs: caseless.filter(hasWildcard).map(compileGlob),
  }
}

function resourcesOf(statement: Statement, version: Version, row: PolicyTypeRow, doubts: string[]): CompiledResources | undefined {
  if (row.resource === 'ignored') return undefined
  if (statement.resource === undefined) {
    if (row.resource === 'required') doubts.push('the statement names no resources')
    return undefined
  }
  const { inverted, patterns } = statement.resource
  const compiled: CompiledResource[] = []
  for (const pattern of patterns) {
    if (STARS.test(pattern)) continue
    const padded = wholeArn(pattern, row)
    if (padded === 'notUnderstood') {
      doubts.push(`\`${pattern}\` is not a whole ARN`)
      // Without resources the statement counts as matching, so that it closes.
      return undefined
    }
    if (padded !== 'nothing') compiled.push(compileResource(padded, version))
  }
  return { inverted, everything: patterns.some((pattern) => STARS.test(pattern)), patterns: compiled }
}

/** Six components, the missing ones padded where this kind of policy does so (policy-semantics §4.3, medium). */
function wholeArn(pattern: string, row: PolicyTypeRow): string {
  const missing = 6 - pattern.split(':', 6).length
  if (missing === 0) return pattern
  const padded = pattern + ':*'.repeat(missing)
  switch (row.shortArns) {
    case 'padded':
      return padded
    case 'paddedWithWildcard':
      return hasWildcard(pattern) ? padded : 'nothing'
    case 'paddedAtWildcard':
      return pattern.endsWith('*') ? padded : 'notUnderstood'
    case 'notUnderstood':
      return 'notUnderstood'
  }
}

/** Variables are replaced behind the fifth colon only (policy-semantics §4.6). */
function compileResource(pattern: string, version: Version): CompiledResource {
  let colon = -1
  for (let count = 0; count < 5; count++) colon = pattern.indexOf(':', colon + 1)
  const front = { text: pattern.slice(0, colon + 1), literal: false }
  const tail = parseTemplate(pattern.slice(colon + 1), version === '2012-10-17')
  return tail.constant === undefined
    ? { arn: compileArnPattern([front], true)!, tail }
    : { arn: compileArnPattern([front, ...tail.constant], true)! }
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
  return compilePrincipal(statement.principal, policy.principalIds)
}
