/**
 * What the transactions of a group have written and not yet made durable, on top of the committed state. Transactions run one after
 * another on it; one that fails is undone step by step. In the end `toGroup` says, row by row, what the backend has to write.
 */
import type { Scope } from '../store.js'
import { StoreError } from '../store.js'
import type { Table } from '../table.js'
import type { EntryName, Group, Head, JoinTexts, Range, RecordName, StoredLogEntry, Touched } from './backend.js'
import type { Committed, Entry } from './committed.js'
import { PendingEntries } from './pending-entries.js'
import { PendingLog } from './pending-log.js'
import { Snapshot, type View, ViewReader } from './reader.js'
import { recordToken, tableToken, valueToken } from './tokens.js'
import { amended, amendedIfDifferent, spans, type Versions } from './versions.js'

/** A record as it will be kept: what a reader gets, and its text. */
export interface NewRecord {
  readonly record: object
  readonly text: string
}

export interface IndexValue {
  /** As its table calls it. */
  readonly index: string
  readonly idx: string
  readonly value: string
  readonly unique: boolean
}

interface PendingRecord {
  readonly name: RecordName
  /** What it is in the committed state. */
  readonly base: object | undefined
  versions: Versions<NewRecord | undefined>
}

interface PendingCount {
  readonly tbl: string
  readonly scope: Scope
  readonly base: number
  versions: Versions<number>
}

type Change = Group['changes'][number]
type Appended = Omit<StoredLogEntry, 'revision' | 'n'>

export class Pending implements View {
  readonly committed = false
  revision: number
  private readonly records = new Map<string, PendingRecord>()
  private readonly entriesOf = new PendingEntries()
  private readonly counts = new Map<string, PendingCount>()
  /** Who holds a unique value in the committed state. */
  private readonly holders = new Map<string, string | undefined>()
  private readonly changes: Change[] = []
  private readonly logged = new PendingLog()
  private readonly revisions: { readonly revision: number; readonly at: number }[] = []
  /** Never shrinks: what a failed transaction touched is only computed afresh once too often. */
  private readonly touched = new Set<string>()

  private readonly beneath: ViewReader
  private readonly touchedBy: Touched[] = []

  private undo: (() => void)[] = []
  private changed = new Map<string, RecordName & { readonly touched: Map<string, readonly [string, string]> }>()
  private appended: { readonly entry: Appended; readonly join: JoinTexts | undefined }[] = []

  constructor(
    private readonly state: Committed,
    private readonly head: Head,
  ) {
    this.revision = head.revision
    this.beneath = new ViewReader(new Snapshot(state, head.revision), state.memos)
  }

  get base(): number {
    return this.head.revision
  }

  get nextRevision(): number {
    return this.revision + 1
  }

  get isEmpty(): boolean {
    return this.revisions.length === 0
  }

  untouched(tokens: ReadonlySet<string>): boolean {
    if (this.touched.size > tokens.size) {
      for (const token of tokens) if (this.touched.has(token)) return false
      return true
    }
    for (const token of this.touched) if (tokens.has(token)) return false
    return true
  }

  async record(tbl: string, scope: Scope, key: string): Promise<object | undefined> {
    const pending = this.records.get(recordToken(tbl, scope, key))
    return pending ? newest(pending) : this.state.record(tbl, scope, key, this.base)
  }

  async entries(idx: string, tbl: string, scope: Scope, range: Range, limit: number, keep: boolean): Promise<Entry[]> {
    const spare = this.entriesOf.within(idx, scope, range).removed.size
    const base = await this.state.entries(idx, tbl, scope, range, limit + spare, this.base, keep)
    const { removed, added } = this.entriesOf.within(idx, scope, range)
    // The transaction removed more while this was waiting: what was fetched may be too short.
    if (removed.size > spare) return this.entries(idx, tbl, scope, range, limit, keep)
    const recordOf = (key: string) => this.records.get(recordToken(tbl, scope, key))
    const kept = base.flatMap((entry) => {
      if (removed.has(this.entriesOf.place(entry.value, entry.key))) return []
      const pending = recordOf(entry.key)
      return pending ? [{ ...entry, record: newest(pending)! }] : [entry]
    })
    if (added.length === 0) return kept.slice(0, limit)
    const fresh = added.map(({ value, key }) => ({ value, key, record: newest(recordOf(key)!)! }))
    return [...kept, ...fresh].sort(this.entriesOf.inOrder).slice(0, limit)
  }

  async count(tbl: string, scope: Scope): Promise<number> {
    const pending = this.counts.get(tableToken(tbl, scope))
    return pending ? (pending.versions.at(-1)?.value ?? pending.base) : this.state.count(tbl, scope, this.base)
  }

  /** Fetches what `write` must know of the committed state, so that writing itself waits for nothing. */
  async prepare(table: Table<never>, name: RecordName, values: readonly IndexValue[]): Promise<void> {
    const { tbl, scope, key } = name
    const token = recordToken(tbl, scope, key)
    const countToken = tableToken(tbl, scope)
    const [base, count] = await Promise.all([
      this.records.has(token) ? undefined : this.state.record(tbl, scope, key, this.base),
      this.counts.has(countToken) ? 0 : this.state.count(tbl, scope, this.base),
      ...values.filter(({ unique }) => unique).map((value) => this.prepareHolder(table, scope, value)),
    ])
    if (!this.records.has(token)) this.records.set(token, { name, base, versions: [] })
    if (!this.counts.has(countToken)) this.counts.set(countToken, { tbl, scope, base: count, versions: [] })
  }

  /** The record as it is now. `prepare` comes first. */
  current(name: RecordName): object | undefined {
    return newest(this.records.get(recordToken(name.tbl, name.scope, name.key))!)
  }

  /** Replaces a record, or removes it when `next` is undefined. `before` and `after` are its index values then and now. */
  write(name: RecordName, next: NewRecord | undefined, before: readonly IndexValue[], after: readonly IndexValue[]): void {
    this.assertUnique(name, after)
    const token = recordToken(name.tbl, name.scope, name.key)
    const pending = this.records.get(token)!
    const wasThere = newest(pending) !== undefined
    this.setVersions(pending, amended(pending.versions, this.nextRevision, next))

    const count = this.counts.get(tableToken(name.tbl, name.scope))!
    const number = (count.versions.at(-1)?.value ?? count.base) + Number(next !== undefined) - Number(wasThere)
    this.setVersions(count, amendedIfDifferent(count.base, count.versions, this.nextRevision, number))

    for (const value of before) if (!holds(after, value)) this.setEntry(name, value, false)
    for (const value of after) if (!holds(before, value)) this.setEntry(name, value, true)
    this.noteChange(token, name, [...before, ...after])
  }

  /** `join` makes one text of this entry's and those of others, where they may be kept as one. */
  append(entry: Appended, join?: JoinTexts): void {
    this.appended.push({ entry, join })
  }

  /** Ends a transaction; makes a revision when it wrote anything. */
  finish(at: number): void {
    if (this.changed.size > 0 || this.appended.length > 0) {
      const revision = ++this.revision
      const tokens: string[] = []
      let n = 0
      for (const [token, { tbl, scope, key, touched }] of this.changed) {
        this.changes.push({ revision, n: n++, tbl, scope, key, touched: JSON.stringify([...touched.values()]) })
        tokens.push(token, tableToken(tbl, scope), ...touched.keys())
      }
      this.touchedBy.push({ revision, tokens })
      for (const { entry, join } of this.appended) {
        const { log, scope, at: entryAt, id, text } = entry
        this.logged.add({ log, scope, at: entryAt, revision, n: n++, id, text, join })
      }
      const now = Math.max(at, this.newHead.at)
      // Of those of one moment only the last is ever asked for.
      if (now === this.revisions.at(-1)?.at) this.revisions.pop()
      this.revisions.push({ revision, at: now })
    }
    this.clearTransaction()
  }

  /** Ends a transaction as if it had not been. */
  cancel(): void {
    for (const step of this.undo.reverse()) step()
    this.clearTransaction()
  }

  toGroup(): Group {
    const { leaving, passed, records } = recordRows(this.records.values())
    const { leavingEntries, passedEntries, entries } = this.entriesOf.rows()
    return {
      leaving,
      passed,
      records,
      leavingEntries,
      passedEntries,
      entries,
      counts: countRows(this.counts.values()),
      changes: this.changes,
      logged: this.logged.rows(),
      revisions: this.revisions,
    }
  }

  /** For the node's own caches. */
  touchedByRevision(): readonly Touched[] {
    return this.touchedBy
  }

  get newHead(): Pick<Head, 'revision' | 'at'> {
    return this.revisions.at(-1) ?? this.head
  }

  private clearTransaction(): void {
    this.undo = []
    this.changed = new Map()
    this.appended = []
  }

  /** Whoever asked before writing whether the value is free has left the answer among the memos. */
  private async prepareHolder(table: Table<never>, scope: Scope, { index, idx, value }: IndexValue): Promise<void> {
    const token = valueToken(idx, scope, value)
    if (this.holders.has(token)) return
    const holder = await this.beneath.find(table as Table<object>, index, scope, value)
    this.holders.set(token, holder && (table as Table<object>).key(holder))
  }

  private assertUnique({ tbl, scope, key }: RecordName, values: readonly IndexValue[]): void {
    for (const { idx, value } of values.filter(({ unique }) => unique)) {
      const holder = this.entriesOf.holder({ idx, scope, value }, this.holders.get(valueToken(idx, scope, value)))
      if (holder !== undefined && holder !== key) {
        throw new StoreError('UniqueViolation', `\`${tbl}\` has another record with this value under the unique index \`${idx}\``)
      }
    }
  }

  private setEntry({ scope, key }: RecordName, { idx, value }: IndexValue, present: boolean): void {
    const name: EntryName = { idx, scope, value, key }
    // The first time an entry is met it is as committed: absent when it comes, present when it goes.
    const entry = this.entriesOf.entry(name, !present)
    this.setVersions(entry, amendedIfDifferent(entry.base, entry.versions, this.nextRevision, present))
  }

  private setVersions<T>(thing: { versions: Versions<T> }, versions: Versions<T>): void {
    const before = thing.versions
    this.undo.push(() => {
      thing.versions = before
    })
    thing.versions = versions
  }

  private noteChange(token: string, name: RecordName, values: readonly IndexValue[]): void {
    let change = this.changed.get(token)
    if (change === undefined) this.changed.set(token, (change = { tbl: name.tbl, scope: name.scope, key: name.key, touched: new Map() }))
    this.touched.add(token).add(tableToken(name.tbl, name.scope))
    for (const { idx, value } of values) {
      const touched = valueToken(idx, name.scope, value)
      change.touched.set(touched, [idx, value])
      this.touched.add(touched)
    }
  }
}

function newest(pending: PendingRecord): object | undefined {
  const version = pending.versions.at(-1)
  return version ? version.value?.record : pending.base
}

const holds = (values: readonly IndexValue[], { idx, value }: IndexValue) =>
  values.some((other) => other.idx === idx && other.value === value)

function recordRows(records: Iterable<PendingRecord>): Pick<Group, 'leaving' | 'passed' | 'records'> {
  const leaving: Group['leaving'][number][] = []
  const passed: Group['passed'][number][] = []
  const current: Group['records'][number][] = []
  for (const { name, base, versions } of records) {
    const { tbl, scope, key } = name
    if (base && versions[0]) leaving.push({ tbl, scope, key, until: versions[0].since })
    for (const { since, until, value } of spans(versions)) {
      if (value && until === undefined) current.push({ tbl, scope, key, since, text: value.text })
      else if (value && until !== undefined) passed.push({ tbl, scope, key, since, until, text: value.text })
    }
  }
  return { leaving, passed, records: current }
}

function countRows(counts: Iterable<PendingCount>): Group['counts'] {
  const rows: Group['counts'][number][] = []
  for (const { tbl, scope, versions } of counts) for (const { since, value } of versions) rows.push({ tbl, scope, since, count: value })
  return rows
}
