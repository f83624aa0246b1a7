/** Tables as data: what is kept, how it is found, what is unique, what is secret. */

/** What every table says of the records it keeps. */
export interface Kept<R extends object> {
  /** Stable name on disk, such as `iam.user`. */
  readonly name: string
  /** The record's identity within its scope: never changes over its life. 1 to 512 bytes of UTF-8, without NUL. */
  readonly key: (record: R) => string
  /**
   * Further ways to find records. Every index also orders: `list` walks one by value, then by key.
   * Ordering is by Unicode code point of the (folded) value on every backend, never by a database's collation.
   */
  readonly indexes: Readonly<Record<string, Index<R>>>
}

/**
 * A kind of record. Records are plain JSON values (no Date, no undefined inside lists; times are epoch milliseconds) and are
 * frozen when read.
 */
export interface Table<R extends object> extends Kept<R> {
  /** Members that are encrypted at rest with the master key, whatever the backend. They must be strings. */
  readonly secret?: readonly (keyof R & string)[]
}

export interface Index<R> {
  /** The values under which the record is found; none leaves it out of the index. At most 1,536 bytes of UTF-8 each, without NUL. */
  readonly values: (record: R) => readonly string[]
  /** At most one record a scope for a value; the store refuses a second with `UniqueViolation`. */
  readonly unique?: boolean
  /**
   * Compare without regard to letter case: the simple rule of IAM names, which are ASCII (`A`–`Z` only; `İ`, `ß` and the like are
   * left alone, so no locale can ever change an answer).
   */
  readonly ignoreCase?: boolean
}

/** An append-only sequence, such as the audit events: entries are never changed, carry an id that makes appending idempotent, and are pruned by age. */
export interface Log<E extends object> {
  readonly name: string
  /** Appending an id that is there already does nothing. */
  readonly id: (entry: E) => string
  /** Epoch milliseconds, for retention and for reading by time. */
  readonly at: (entry: E) => number
  /** How an entry is kept as text where that is not its JSON: for entries that are text already. */
  readonly text?: {
    readonly write: (entry: E) => string
    readonly read: (text: string) => E
    /**
     * One text for those of several entries that became durable, or go into the tables, together: they are kept as one entry, with the id and
     * time of the first.
     * Only of entries that are `once`, since appending such an entry again would not be noticed.
     */
    readonly join?: { readonly once: (entry: E) => boolean; readonly texts: (texts: readonly string[]) => string }
  }
}

/** A table whose secret members the compiler knows by name: `S`. */
export type TableWithSecrets<R extends object, S extends keyof R & string> = Kept<R> & { readonly secret?: readonly S[] }

/** Fixes the record type while the names of the indexes and of the secrets stay known to the compiler. */
export const defineTable =
  <R extends object>() =>
  <const T extends Table<R>>(table: T): T & Kept<R> =>
    table

export const defineLog = <E extends object>(log: Log<E>): Log<E> => log
