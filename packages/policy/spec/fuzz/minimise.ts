/** Makes a case small: whatever can be left out while it still shows what it shows is left out, one thing after another. */
import type { FuzzCase } from './generate.js'

export function minimise(fuzzCase: FuzzCase, stillShows: (smaller: FuzzCase) => boolean): FuzzCase {
  const holds = (candidate: unknown) => {
    try {
      return stillShows(candidate as FuzzCase)
    } catch {
      // Not a case any more.
      return false
    }
  }
  let smallest: unknown = fuzzCase
  for (let before: unknown; before !== smallest; ) {
    before = smallest
    smallest = shrink(smallest, holds)
  }
  return smallest as FuzzCase
}

/** Tries every member and item of a value, outermost first. */
function shrink(value: unknown, holds: (candidate: unknown) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value
  let current = value as Record<string, unknown> | unknown[]
  const names = Object.keys(current).reverse()
  for (const name of names) {
    const without = leaveOut(current, name)
    if (holds(without)) {
      current = without
      continue
    }
    const part = (current as Record<string, unknown>)[name]
    const replaced = (next: unknown) =>
      Array.isArray(current) ? current.map((item, index) => (String(index) === name ? next : item)) : { ...current, [name]: next }
    const single = Array.isArray(part) && part.length === 1 ? part[0] : part
    const start = single !== part && holds(replaced(single)) ? single : part
    const shrunk = shrink(start, (next) => holds(replaced(next)))
    if (shrunk !== part) current = replaced(shrunk)
  }
  return current
}

function leaveOut(value: Record<string, unknown> | unknown[], name: string): Record<string, unknown> | unknown[] {
  if (Array.isArray(value)) return value.filter((_, index) => String(index) !== name)
  const { [name]: _, ...rest } = value
  return rest
}
