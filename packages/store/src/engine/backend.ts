/**
 * What a backend must do: keep versions of texts under names, and write a whole group of transactions at once. It knows nothing of
 * tables as declared, of JSON, of secrets or of uniqueness; the engine settles all that before it writes.
 *
 * Invariant: a version is visible at revision R when `since <= R` and it was not superseded at or before R.
 */
import type { Scope } from '../store.js'

export type MaybePromise<T> = T | Promise<T>

export interface Head {
  /** The newest committed revision. 0 is the empty store. */
  readonly revision: number
  /** The oldest revision that can still be read. */
  readonly oldest: number
  /** When `revision` was committed, epoch milliseconds. */
  readonly at: number
}

export interface StoredVersion {
  readonly since: number
  readonly text: string
  /** Whether nothing had superseded it at the moment of reading; SQLite says 1 or 0. */
  readonly current: boolean | 0 | 1
}

/** An entry of an index together with the record it leads to. */
export interface StoredEntry extends StoredVersion {
  readonly value: string
  readonly key: string
}

export interface StoredCount {
  readonly value: string
  readonly count: number
}

/** In order of value, then key. `after` is where the page before ended. */
export type Range =
  | { readonly equals: string; readonly afterKey: string }
  | { readonly after: readonly [value: string, key: string]; readonly below: string }

export interface StoredChange {
  readonly revision: number
  readonly tbl: string
  readonly scope: Scope
  readonly key: string
  /** JSON: the index values before and after, as `[index, value]` pairs. */
  readonly touched: string
  /** Null when the record was deleted, or was not asked for. */
  readonly text: string | null
}

export interface StoredLogEntry {
  readonly log: string
  readonly scope: Scope
  readonly at: number
  readonly revision: number
  readonly n: number
  readonly id: string
  readonly text: string
}

export type JoinTexts = (texts: readonly string[]) => string

export interface NewLogEntry extends StoredLogEntry {
  /** Makes one text of this one's and others': of entries that may be kept as one. */
  readonly join?: JoinTexts | undefined
}

export type LogPlace = readonly [at: number, revision: number, n: number]

export interface StoredLogRange {
  /** Inclusive. */
  readonly from: number
  /** Exclusive. */
  readonly until: number
  /** Exclusive: where the page before ended. */
  readonly after?: LogPlace | undefined
  readonly limit: number
  readonly newestFirst: boolean
}

export interface RecordName {
  readonly tbl: string
  readonly scope: Scope
  readonly key: string
}
export interface EntryName {
  readonly idx: string
  readonly scope: Scope
  readonly value: string
  readonly key: string
}
export interface Since {
  readonly since: number
}
export interface Until {
  readonly until: number
}

/** All that a group of transactions writes, as rows; a member may be empty, `revisions` never is. */
export interface Group {
  /** Current records that are superseded; their texts move into history. */
  readonly leaving: readonly (RecordName & Until)[]
  /** Versions that came and went within the group. */
  readonly passed: readonly (RecordName & Since & Until & { readonly text: string })[]
  /** The new current records. */
  readonly records: readonly (RecordName & Since & { readonly text: string })[]
  readonly leavingEntries: readonly (EntryName & Until)[]
  readonly passedEntries: readonly (EntryName & Since & Until)[]
  readonly entries: readonly (EntryName & Since)[]
  readonly counts: readonly (Omit<RecordName, 'key'> & Since & { readonly count: number })[]
  readonly changes: readonly (RecordName & { readonly revision: number; readonly n: number; readonly touched: string })[]
  /** An entry whose id is there already is passed over. */
  readonly logged: readonly NewLogEntry[]
  /** Of those that were made in the same millisecond only the last. */
  readonly revisions: readonly { readonly revision: number; readonly at: number }[]
}

/** What a revision touched, as tokens. */
export interface Touched {
  readonly revision: number
  readonly tokens: readonly string[]
}

export interface Backend {
  readonly description: string
  /** True when other nodes may write: then the engine asks for the head instead of remembering it. */
  readonly shared: boolean
  /** The value kept under a name for the whole store; keeps `value` when there is none yet. */
  keep(name: string, value: string): MaybePromise<string>
  head(): MaybePromise<Head>
  get(tbl: string, scope: Scope, key: string, at: number): MaybePromise<StoredVersion | undefined>
  /** The visible version under each of the keys that has one, in any order. Left out where asking for each costs no more. */
  getEach?(
    tbl: string,
    scope: Scope,
    keys: readonly string[],
    at: number,
  ): MaybePromise<readonly (StoredVersion & { readonly key: string })[]>
  scan(idx: string, tbl: string, scope: Scope, range: Range, limit: number, at: number): MaybePromise<readonly StoredEntry[]>
  /** What is entered under any of the values, at most so much, in any order. Left out where asking for each costs no more. */
  scanEach?(
    idx: string,
    tbl: string,
    scope: Scope,
    values: readonly string[],
    limit: number,
    at: number,
  ): MaybePromise<readonly StoredEntry[]>
  /** How many entries there are under each of the values under which there are some, in no order. Left out likewise. */
  countEach?(idx: string, scope: Scope, values: readonly string[], at: number): MaybePromise<readonly StoredCount[]>
  count(tbl: string, scope: Scope, at: number): MaybePromise<number>
  /** Changes with `after < revision <= until`, in order. */
  changes(after: number, until: number, withTexts: boolean): MaybePromise<readonly StoredChange[]>
  /** The newest revision committed at or before a time, undefined when none is kept. */
  revisionAt(at: number): MaybePromise<number | undefined>
  readLog(log: string, scope: Scope, range: StoredLogRange): MaybePromise<readonly StoredLogEntry[]>
  /** Keeps every other node from writing until `commit` or `abandon`. The engine never begins twice at a time. */
  begin(): MaybePromise<Head>
  /**
   * Durable when it returns; when it throws nothing is kept, except where the error says that this is not known. `touched` is what
   * `tokensOf` would tell of its changes.
   */
  commit(group: Group, touched: readonly Touched[]): MaybePromise<void>
  abandon(): MaybePromise<void>
  /**
   * Forgets, in one step of bounded size, versions superseded at or before `oldest` and log entries before `before`, and makes
   * `oldest` the oldest readable revision. True when there may be more.
   */
  prune(oldest: number, before: number): MaybePromise<boolean>
  /** Forgets everything but what `keep` keeps, in place of a group: called after `begin`. `next` becomes the only revision there is. */
  reset(next: Head): MaybePromise<void>
  close(): MaybePromise<void>
}

/** Another node came in between (serialization failure, deadlock): the group may be run again. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
}
