/** What becomes of one thing (a record, an index entry, a count) over the revisions of a group. */
export interface Version<T> {
  readonly since: number
  readonly value: T
}

export type Versions<T> = readonly Version<T>[]

/** The versions with a new value at a revision, which is the newest: a transaction that writes twice leaves only its last word. */
export function amended<T>(versions: Versions<T>, revision: number, value: T): Versions<T> {
  const kept = versions.at(-1)?.since === revision ? versions.slice(0, -1) : versions
  return [...kept, { since: revision, value }]
}

/** As above, and without a version where nothing differs from the one before (or from `base`, when it is the first). */
export function amendedIfDifferent<T>(base: T, versions: Versions<T>, revision: number, value: T): Versions<T> {
  const kept = versions.at(-1)?.since === revision ? versions.slice(0, -1) : versions
  return (kept.at(-1)?.value ?? base) === value ? kept : [...kept, { since: revision, value }]
}

/** Each version with the revision that ended it; the last has none. */
export const spans = <T>(versions: Versions<T>): readonly (Version<T> & { readonly until: number | undefined })[] =>
  versions.map(({ since, value }, i) => ({ since, value, until: versions[i + 1]?.since }))
