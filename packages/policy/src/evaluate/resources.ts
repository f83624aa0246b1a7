/** The `Resource` element of a statement (policy-semantics §4). */
import { singleValue } from '../conditions/index.js'
import type { Match, Version } from '../language/document.js'
import {
  type ArnPattern,
  compileArnPattern,
  globOf,
  hasAt,
  hasWildcard,
  interned,
  matchesArnPattern,
  matchesGlob,
  type PatternPart,
  parseTemplate,
  resolveTemplate,
  type Template,
  type Variable,
} from '../patterns/index.js'
import type { PolicyTypeRow } from './policy-types.js'
import type { RequestView } from './request-view.js'

export interface CompiledResources {
  readonly inverted: boolean
  readonly everything: boolean
  readonly patterns: readonly CompiledResource[]
}

export interface CompiledResource {
  /** What every ARN that is covered starts with: the text up to the first wildcard or variable. */
  readonly start: string
  /** The pattern as a row of texts and variables that must follow one another; absent when a wildcard stands before its end. */
  readonly sequence: Sequence | undefined
  readonly arn: ArnPattern
  /** What comes after the fifth colon, when variables are in it. */
  readonly tail: Template | undefined
}

interface Sequence {
  /** What comes behind `start`. */
  readonly rest: readonly (string | Variable)[]
  /** Ends in a star. */
  readonly open: boolean
}

const STARS = /^\*+$/

/** Makes the element ready; a text that is the first pattern that cannot be understood, for people. */
export function compileResources({ inverted, patterns }: Match, version: Version, row: PolicyTypeRow): CompiledResources | string {
  const compiled: CompiledResource[] = []
  for (const pattern of patterns) {
    if (STARS.test(pattern)) continue
    const padded = wholeArn(pattern, row)
    if (padded === 'notUnderstood') return pattern
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
  const parts = [front, ...tail.parts]
  const start = interned(startOf(parts))
  const sequence = sequenceOf(parts)
  return {
    start,
    sequence,
    arn: compileArnPattern([front, ...(tail.constant ?? [])], true)!,
    tail: tail.constant === undefined ? tail : undefined,
  }
}

function startOf(parts: readonly (PatternPart | Variable)[]): string {
  let start = ''
  for (const part of parts) {
    if ('key' in part) break
    const wildcard = part.literal ? -1 : part.text.search(/[*?]/)
    if (wildcard !== -1) return start + part.text.slice(0, wildcard)
    start += part.text
  }
  return start
}

/** A star in one of the first five components may run on over colons, and is never a sequence. */
function sequenceOf(parts: readonly (PatternPart | Variable)[]): Sequence | undefined {
  const steps: (string | Variable)[] = []
  let open = false
  for (const [index, part] of parts.entries()) {
    if ('key' in part) {
      steps.push(part)
      continue
    }
    open = !part.literal && index === parts.length - 1 && part.text.endsWith('*')
    const text = open ? part.text.replace(/\*+$/, '') : part.text
    if (!part.literal && hasWildcard(text)) return undefined
    const last = steps.at(-1)
    if (typeof last === 'string') steps[steps.length - 1] = last + text
    else steps.push(text)
  }
  return { rest: steps.slice(1).map((step) => (typeof step === 'string' ? interned(step) : step)), open }
}

/** A text that stands in every ARN that the pattern covers, behind its start: the longest that is known; without one nothing is known. */
export function neededText({ sequence, tail, arn }: CompiledResource): string {
  if (sequence !== undefined || tail !== undefined || arn.head === undefined) return ''
  return arn.tail.pieces.slice(1).reduce((longest, { text = '' }) => (text.length > longest.length ? text : longest), '')
}

export function resourceMatches({ inverted, everything, patterns }: CompiledResources, view: RequestView): boolean {
  return (everything || isAnyCovered(patterns, view)) !== inverted
}

function isAnyCovered(patterns: readonly CompiledResource[], view: RequestView): boolean {
  for (const pattern of patterns) if (isCovered(pattern, view)) return true
  return false
}

export function isCovered(pattern: CompiledResource, view: RequestView): boolean {
  const { sequence, start } = pattern
  // Most patterns without a star are told by their length already.
  if (sequence?.rest.length === 0) {
    if (view.resource.length < start.length || (!sequence.open && view.resource.length !== start.length)) return false
    return hasAt(view.resource, start, 0)
  }
  return hasAt(view.resource, pattern.start, 0) && isCoveredBeyondStart(pattern, view)
}

/**
 * Whether a pattern covers the resource whose ARN starts as the pattern does. One with a variable that has no value covers nothing, also
 * in `NotResource` (policy-semantics §5.8, medium).
 */
export function isCoveredBeyondStart({ start, sequence, arn, tail }: CompiledResource, view: RequestView): boolean {
  if (sequence !== undefined) return follows(sequence, start.length, view)
  // The start holds everything up to the fifth colon then.
  if (tail === undefined)
    return arn.head === undefined ? matchesArnPattern(arn, view.resource) : matchesGlob(arn.tail, view.resource, arn.head.length)
  const parts = resolveTemplate(tail, (key, caseless) => singleValue(view, key, caseless))
  return parts !== undefined && matchesArnPattern(arn, view.resource, globOf(parts))
}

function follows({ rest, open }: Sequence, from: number, view: RequestView): boolean {
  const { resource } = view
  let at = from
  for (const step of rest) {
    const found = typeof step === 'string' ? step : singleValue(view, step.key, step.caseless)
    const text = found === undefined && typeof step !== 'string' ? step.fallback : found
    if (text == null || !hasAt(resource, text, at)) return false
    at += text.length
  }
  return open || at === resource.length
}
