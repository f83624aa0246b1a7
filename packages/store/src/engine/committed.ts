/** The committed state as this node knows it: the backend, how far this node has followed it, and what is kept of it in memory. */
import type { Scope } from '../store.js'
import { StoreError } from '../store.js'
import type { Backend, Head, Range, StoredVersion, Touched } from './backend.js'
import { Memos } from './memos.js'
import { RecentChanges } from './recent-changes.js'
import { RecordCache } from './record-cache.js'
import type { RecordText } from './record-text.js'
import { recordToken, tokensOf } from './tokens.js'

/** An index entry and the record it leads to. */
export interface Entry {
  readonly value: string
  readonly key: string
  readonly record: object
}

/** Further behind than this, a node starts with empty caches instead of reading what changed. */
const mostRevisionsToFollow = 1000

export class Committed {
  readonly memos: Memos
  private readonly records = new RecordCache()
  private readonly recent: RecentChanges
  private readonly awaiting = new Set<() => void>()
  private asking: Promise<void> = Promise.resolve()
  private nextAsk: Promise<void> | undefined

  constructor(
    readonly backend: Backend,
    readonly text: RecordText,
    private known: Head,
  ) {
    this.recent = new RecentChanges(known.revision)
    this.memos = new Memos(this.recent)
  }

  /** The newest revision this node knows. */
  get head(): number {
    return this.known.revision
  }

  get oldest(): number {
    return this.known.oldest
  }

  async record(tbl: string, scope: Scope, key: string, at: number): Promise<object | undefined> {
    const cached = this.records.get(recordToken(tbl, scope, key))
    if (cached && cached.since <= at) return cached.record
    const version = await this.backend.get(tbl, scope, key, at)
    this.assertReadable(at)
    return version && this.parsed(tbl, scope, key, version, at, true)
  }

  /** The records under each of the keys that has one, without secrets; undefined where the backend is asked one by one. */
  async recordsAt(tbl: string, scope: Scope, keys: readonly string[], at: number): Promise<ReadonlyMap<string, object> | undefined> {
    const versions = await this.backend.getEach?.(tbl, scope, keys, at)
    this.assertReadable(at)
    return versions && new Map(versions.map(({ key, text }) => [key, this.text.read({ tbl, scope, key }, text, false)]))
  }

  /** The entries under any of the values, in any order, without secrets; undefined where the backend is asked one by one. */
  async entriesAt(
    idx: string,
    tbl: string,
    scope: Scope,
    values: readonly string[],
    limit: number,
    at: number,
  ): Promise<Entry[] | undefined> {
    const stored = await this.backend.scanEach?.(idx, tbl, scope, values, limit, at)
    this.assertReadable(at)
    return stored?.map(({ value, key, text }) => ({ value, key, record: this.text.read({ tbl, scope, key }, text, false) }))
  }

  /** How many entries there are under each value under which there are some; undefined where the backend is asked one by one. */
  async countsAt(idx: string, scope: Scope, values: readonly string[], at: number): Promise<ReadonlyMap<string, number> | undefined> {
    const counts = await this.backend.countEach?.(idx, scope, values, at)
    this.assertReadable(at)
    return counts && new Map(counts.map(({ value, count }) => [value, count]))
  }

  /** `keep` says whether the records are worth a place among those kept in memory. */
  async entries(idx: string, tbl: string, scope: Scope, range: Range, limit: number, at: number, keep: boolean): Promise<Entry[]> {
    const stored = await this.backend.scan(idx, tbl, scope, range, limit, at)
    this.assertReadable(at)
    return stored.map((entry) => ({
      value: entry.value,
      key: entry.key,
      record: this.parsed(tbl, scope, entry.key, entry, at, keep),
    }))
  }

  async count(tbl: string, scope: Scope, at: number): Promise<number> {
    const count = await this.backend.count(tbl, scope, at)
    this.assertReadable(at)
    return count
  }

  assertReadable(revision: number): void {
    if (revision < this.oldest) throw new StoreError('RevisionGone', `revision ${revision} is no longer kept; the oldest is ${this.oldest}`)
  }

  /** Learns of everything that any node had acknowledged before the call. Callers share questions, but never one asked before they came. */
  refresh(): Promise<void> {
    this.nextAsk ??= this.asking
      .catch(() => undefined)
      .then(() => {
        this.nextAsk = undefined
        this.asking = Promise.resolve(this.backend.head()).then((head) => this.follow(head))
        return this.asking
      })
    return this.nextAsk
  }

  /** Brings this node up to `head`, which the backend said. */
  async follow(head: Head): Promise<void> {
    if (head.oldest > this.oldest) this.known = { ...this.known, oldest: head.oldest }
    const after = this.head
    if (head.revision <= after) return
    if (head.revision - after > mostRevisionsToFollow || head.oldest > after) return this.restart(head)
    const tokens = new Map<number, string[]>()
    for (const change of await this.backend.changes(after, head.revision, false)) {
      const touched = tokens.get(change.revision)
      if (touched) touched.push(...tokensOf(change))
      else tokens.set(change.revision, tokensOf(change))
    }
    this.advance(
      [...tokens].map(([revision, touched]) => ({ revision, tokens: touched })),
      head,
    )
  }

  /** Takes note of revisions in order; those already known are passed over. */
  advance(revisions: readonly Touched[], head: Pick<Head, 'revision' | 'at'>): void {
    for (const { revision, tokens } of revisions) {
      if (revision <= this.head) continue
      this.recent.add(revision, tokens)
      for (const token of tokens) this.records.delete(token)
      this.memos.drop(tokens)
    }
    if (head.revision > this.head) this.known = { revision: head.revision, at: head.at, oldest: this.oldest }
    this.ring()
  }

  /** Goes to a head without knowing what changed on the way. */
  restart(head: Head): void {
    this.known = head
    this.recent.restart(head.revision)
    this.records.clear()
    this.memos.clear()
    this.ring()
  }

  forgetBefore(oldest: number): void {
    if (oldest > this.oldest) this.known = { ...this.known, oldest }
  }

  /** Calls back once, when the head has moved or the store is closing; the answer cancels it. */
  onNext(call: () => void): () => void {
    this.awaiting.add(call)
    return () => this.awaiting.delete(call)
  }

  ring(): void {
    const calls = [...this.awaiting]
    this.awaiting.clear()
    for (const call of calls) call()
  }

  private parsed(tbl: string, scope: Scope, key: string, version: StoredVersion, at: number, keep: boolean): object {
    const token = recordToken(tbl, scope, key)
    const cached = this.records.get(token)
    if (cached?.since === version.since) return cached.record
    const record = this.text.read({ tbl, scope, key }, version.text)
    // It was current when it was read; a change may have come to our notice since.
    if (keep && version.current && !this.recent.touched(at, (changed) => changed === token)) {
      this.records.set(token, { since: version.since, record, size: version.text.length })
    }
    return record
  }
}
