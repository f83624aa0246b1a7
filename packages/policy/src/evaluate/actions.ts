/** Actions as they are asked for, and the `Action` element of a statement (policy-semantics §3). */
import type { Match } from '../language/document.js'
import { compileGlob, type Glob, hasWildcard, matchesGlob } from '../patterns/index.js'

/** An action that was asked for. There is one object for each spelling, so that what is found for an action can be kept beside it. */
export interface Action {
  /** `service:action`, in lower case. */
  readonly caseless: string
  readonly service: string
}

const MOST_KNOWN = 32_768
let known = new Map<string, Action>()

/** Reads an action once. Whoever asks for ever new ones costs time, not memory: all are forgotten when there are too many. */
export function actionOf(written: string): Action {
  const found = known.get(written)
  if (found !== undefined) return found
  const caseless = written.toLowerCase()
  const made: Action = { caseless, service: caseless.slice(0, caseless.indexOf(':')) }
  if (known.size >= MOST_KNOWN) known = new Map()
  known.set(written, made)
  return made
}

export interface CompiledActions {
  readonly inverted: boolean
  readonly everything: boolean
  readonly exact: ReadonlySet<string>
  readonly globs: readonly Glob[]
}

const STARS = /^\*+$/

/** A pattern without a colon, other than `*`, matches nothing and so excludes nothing (policy-semantics §3.7). */
export function compileActions({ inverted, patterns }: Match): CompiledActions {
  const caseless = patterns.map((pattern) => pattern.toLowerCase()).filter((pattern) => pattern.includes(':') || STARS.test(pattern))
  return {
    inverted,
    everything: caseless.some((pattern) => STARS.test(pattern)),
    exact: new Set(caseless.filter((pattern) => !hasWildcard(pattern))),
    globs: caseless.filter(hasWildcard).map(compileGlob),
  }
}

export function actionMatches({ inverted, everything, exact, globs }: CompiledActions, { caseless }: Action): boolean {
  return (everything || exact.has(caseless) || matchesAny(globs, caseless)) !== inverted
}

function matchesAny(globs: readonly Glob[], caseless: string): boolean {
  for (const glob of globs) if (matchesGlob(glob, caseless)) return true
  return false
}
