/** Numbers that follow from a seed, so that a world is the same wherever it is made. */
export interface Chance {
  /** A whole number from 0 to `limit - 1`. */
  readonly below: (limit: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  /** `count` different ones, in no order. */
  readonly some: <T>(from: readonly T[], count: number) => T[]
  readonly shuffled: <T>(from: readonly T[]) => T[]
}

/** The generator is mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
  const shuffled = <T>(from: readonly T[]): T[] => {
    const list = [...from]
    for (let at = list.length - 1; at > 0; at--) {
      const other = below(at + 1)
      const kept = list[at]!
      list[at] = list[other]!
      list[other] = kept
    }
    return list
  }
  const some = <T>(from: readonly T[], count: number): T[] => {
    const found = new Set<T>()
    while (found.size < Math.min(count, from.length)) found.add(from[below(from.length)]!)
    return [...found]
  }
  return { below, pick: (from) => from[below(from.length)]!, some, shuffled }
}
