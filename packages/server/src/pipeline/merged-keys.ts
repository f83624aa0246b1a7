/** Condition keys from several places as one context. */
import type { ContextKeys } from './operation.js'

/**
 * Later ones win. Copied key by key, since objects that grow so from the same keys are alike to V8; a spread followed by further keys
 * gives every object a form of its own, which made all that reads it many times slower (15 µs instead of 0.2 for a context).
 */
export function mergedKeys(...places: readonly (ContextKeys | undefined | false)[]): ContextKeys {
  const keys: Record<string, ContextKeys[string]> = {}
  for (const place of places) if (place) for (const key of Object.keys(place)) keys[key] = place[key]!
  return keys
}

export function isEmpty(place: ContextKeys | undefined): boolean {
  for (const _ in place) return false
  return true
}
