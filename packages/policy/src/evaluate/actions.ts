/** Actions as they are asked for, and the `Action` element of a statement (policy-semantics §3). */
import type { Match } from '../language/document.js'
import { compileGlob, type Glob, hasWildcard, interned, matchesGlob } from '../patterns/index.js'
import { Recent } from './recent.js'

/** An action that was asked for. There is one object for each spelling, so that what is found for an action can be kept beside it. */
export interface Action {
  /** `service:action`, in lower case. */
  readonly caseless: string
  /** Its own; what is kept for an action is found faster by a number than by an object. */
  readonly number: number
  readonly service: string
  /** A bit that stands for the service, and for some others. */
  readonly serviceBit: number
  /** It is done to a role by whoever becomes it, so that the role's trust policy must open. */
  readonly assumes: boolean
}

const ASSUMING = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
])

const known = new Recent<Action>(16_384)
let count = 0

/** Reads an action once. Whoever asks for ever new ones costs time, not memory. */
export function actionOf(written: string): Action {
  return known.get(written, read)
}

function read(written: string): Action {
  const caseless = interned(written.toLowerCase())
  const service = interned(caseless.slice(0, caseless.indexOf(':')))
  return { caseless, number: count++, service, serviceBit: serviceBit(service), assumes: ASSUMING.has(caseless) }
}

/** Set bits are cheap to compare; a service that shares its bit with others costs a look, never an answer. */
function serviceBit(service: string): number {
  let hash = 0
  for (let index = 0; index < service.length; index++) hash = (hash * 31 + service.charCodeAt(index)) % 30
  return 1 << hash
}

const ALL_SERVICES = -1

/** The bits of the services that a pattern in lower case may cover. */
function servicesOf(pattern: string): number {
  const service = pattern.slice(0, Math.max(pattern.indexOf(':'), 0))
  return service === '' || hasWildcard(service) ? ALL_SERVICES : serviceBit(service)
}

export interface CompiledActions {
  /** The bits of all services whose actions may match. */
  readonly services: number
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
    services: inverted ? ALL_SERVICES : caseless.reduce((services, pattern) => services | servicesOf(pattern), 0),
    inverted,
    everything: caseless.some((pattern) => STARS.test(pattern)),
    exact: new Set(caseless.filter((pattern) => !hasWildcard(pattern)).map(interned)),
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
