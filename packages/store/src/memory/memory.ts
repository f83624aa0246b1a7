/** The reference backend: every version in a list, found by looking. Nothing outlives the process. */
import type {
  Backend,
  EntryName,
  Group,
  Head,
  Range,
  RecordName,
  Since,
  StoredChange,
  StoredEntry,
  StoredLogEntry,
  StoredLogRange,
  StoredVersion,
} from '../engine/index.js'
import { compareText } from '../engine/index.js'
import { SortedList } from './sorted-list.js'

/** `until` is endless for what is current. */
interface Lasting extends Since {
  until: number
}

type Version = Lasting & { readonly text: string }
type Entry = EntryName & Lasting

export class MemoryBackend implements Backend {
  readonly description = 'memory'
  readonly shared = false
  private readonly kept = new Map<string, string>()
  private newest: Head = { revision: 0, oldest: 0, at: 0 }
  /** Oldest first. */
  private readonly records = new Map<string, Version[]>()
  private readonly entries = new Map<string, SortedList<Entry>>()
  private readonly counts = new Map<string, (Since & { readonly count: number })[]>()
  private readonly changed = new SortedList<Group['changes'][number]>((a, b) => a.revision - b.revision || a.n - b.n)
  private revisions: Group['revisions'][number][] = []
  private readonly logs = new Map<string, { readonly ids: Set<string>; readonly entries: SortedList<StoredLogEntry> }>()

  keep(name: string, value: string): string {
    const kept = this.kept.get(name) ?? value
    this.kept.set(name, kept)
    return kept
  }

  head(): Head {
    return this.newest
  }

  get(tbl: string, scope: string, key: string, at: number): StoredVersion | undefined {
    const version = this.records.get(join(tbl, scope, key))?.findLast((candidate) => isVisible(candidate, at))
    return version && { since: version.since, text: version.text, current: version.until === endless }
  }

  scan(idx: string, tbl: string, scope: string, range: Range, limit: number, at: number): StoredEntry[] {
    const found: StoredEntry[] = []
    for (const entry of this.entriesIn(idx, scope).from((other) => isBefore(other, range))) {
      if (found.length === limit || isPast(entry, range)) break
      const version = isVisible(entry, at) ? this.get(tbl, scope, entry.key, at) : undefined
      if (version) found.push({ value: entry.value, key: entry.key, ...version })
    }
    return found
  }

  count(tbl: string, scope: string, at: number): number {
    return this.counts.get(join(tbl, scope))?.findLast(({ since }) => since <= at)?.count ?? 0
  }

  changes(after: number, until: number): StoredChange[] {
    const found: StoredChange[] = []
    for (const change of this.changed.from(({ revision }) => revision <= after)) {
      if (change.revision > until) break
      const versions = this.records.get(join(change.tbl, change.scope, change.key))
      found.push({ ...change, text: versions?.findLast(({ since }) => since === change.revision)?.text ?? null })
    }
    return found
  }

  revisionAt(at: number): number | undefined {
    return this.revisions.findLast((revision) => revision.at <= at)?.revision
  }

  readLog(log: string, scope: string, { from, until, after, limit, newestFirst }: StoredLogRange): StoredLogEntry[] {
    const { entries } = this.logOf(log, scope)
    const start = newestFirst ? [until, 0, 0] : [from, 0, 0]
    const walk = newestFirst
      ? entries.backFrom((entry) => compareNumbers(place(entry), after ?? start) < 0)
      : entries.from((entry) => (after ? compareNumbers(place(entry), after) <= 0 : compareNumbers(place(entry), start) < 0))
    const found: StoredLogEntry[] = []
    for (const entry of walk) {
      if (found.length === limit || entry.at < from || entry.at >= until) break
      found.push(entry)
    }
    return found
  }

  begin(): Head {
    return this.newest
  }

  commit(group: Group): void {
    for (const name of group.leaving) this.versionsOf(name).at(-1)!.until = name.until
    for (const passed of group.passed) this.versionsOf(passed).push({ since: passed.since, until: passed.until, text: passed.text })
    for (const record of group.records) this.versionsOf(record).push({ since: record.since, until: endless, text: record.text })
    for (const name of group.leavingEntries) this.currentEntry(name).until = name.until
    for (const passed of group.passedEntries) this.entriesIn(passed.idx, passed.scope).add({ ...passed })
    for (const entry of group.entries) this.entriesIn(entry.idx, entry.scope).add({ ...entry, until: endless })
    for (const { tbl, scope, since, count } of group.counts) listIn(this.counts, join(tbl, scope)).push({ since, count })
    for (const entry of group.logged) this.log(entry)
    for (const change of group.changes) this.changed.add(change)
    this.revisions.push(...group.revisions)
    this.newest = { ...this.newest, ...this.revisions.at(-1) }
  }

  abandon(): void {}

  prune(oldest: number, before: number): boolean {
    this.newest = { ...this.newest, oldest: Math.max(oldest, this.newest.oldest) }
    const isGone = ({ until }: Lasting) => until <= oldest
    for (const [name, versions] of this.records) replaceOrDelete(this.records, name, dropWhere(versions, isGone))
    for (const entries of this.entries.values()) entries.removeWhere(isGone)
    for (const [name, counts] of this.counts) {
      const last = counts.findLast(({ since }) => since <= oldest)
      if (last)
        this.counts.set(
          name,
          dropWhere(counts, ({ since }) => since < last.since),
        )
    }
    this.changed.removeWhere(({ revision }) => revision <= oldest)
    this.revisions = dropWhere(this.revisions, ({ revision }) => revision < oldest)
    for (const { ids, entries } of this.logs.values()) {
      for (const entry of entries.from(() => false)) if (entry.at < before) ids.delete(entry.id)
      entries.removeWhere(({ at }) => at < before)
    }
    return false
  }

  reset(next: Head): void {
    for (const map of [this.records, this.entries, this.counts, this.logs]) map.clear()
    this.changed.removeWhere(() => true)
    this.revisions = [{ revision: next.revision, at: next.at }]
    this.newest = next
  }

  close(): void {}

  private versionsOf({ tbl, scope, key }: RecordName): Version[] {
    return listIn(this.records, join(tbl, scope, key))
  }

  private entriesIn(idx: string, scope: string): SortedList<Entry> {
    const name = join(idx, scope)
    const entries =
      this.entries.get(name) ??
      new SortedList<Entry>((a, b) => compareText(a.value, b.value) || compareText(a.key, b.key) || a.since - b.since)
    this.entries.set(name, entries)
    return entries
  }

  private currentEntry({ idx, scope, value, key }: EntryName): Entry {
    for (const entry of this.entriesIn(idx, scope).from((other) => (compareText(other.value, value) || compareText(other.key, key)) < 0)) {
      if (entry.value !== value || entry.key !== key) break
      if (entry.until === endless) return entry
    }
    throw new Error(`\`${idx}\` has no entry to remove`)
  }

  private logOf(log: string, scope: string) {
    const name = join(log, scope)
    const made = this.logs.get(name) ?? {
      ids: new Set<string>(),
      entries: new SortedList<StoredLogEntry>((a, b) => compareNumbers(place(a), place(b))),
    }
    this.logs.set(name, made)
    return made
  }

  private log(entry: StoredLogEntry): void {
    const { ids, entries } = this.logOf(entry.log, entry.scope)
    if (ids.has(entry.id)) return
    ids.add(entry.id)
    entries.add(entry)
  }
}

const endless = Number.POSITIVE_INFINITY

const join = (...names: string[]): string => names.join('\0')

const isVisible = ({ since, until }: Lasting, at: number): boolean => since <= at && until > at

/** Whether an entry lies before a range, or after it. */
const isBefore = ({ value, key }: EntryName, range: Range): boolean => {
  const [firstValue, firstKey] = 'equals' in range ? [range.equals, range.afterKey] : range.after
  return (compareText(value, firstValue) || compareText(key, firstKey)) <= 0
}
const isPast = ({ value }: EntryName, range: Range): boolean =>
  'equals' in range ? compareText(value, range.equals) > 0 : compareText(value, range.below) >= 0

const place = ({ at, revision, n }: StoredLogEntry) => [at, revision, n]

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const different = a.findIndex((number, i) => number !== b[i])
  return different < 0 ? 0 : a[different]! - b[different]!
}

function listIn<V>(lists: Map<string, V[]>, name: string): V[] {
  const list = lists.get(name) ?? []
  lists.set(name, list)
  return list
}

/** The list itself when nothing is to be dropped: pruning looks at everything and finds little. */
const dropWhere = <T>(items: T[], matches: (item: T) => boolean): T[] =>
  items.some(matches) ? items.filter((item) => !matches(item)) : items

function replaceOrDelete<V>(lists: Map<string, V[]>, name: string, list: V[]): void {
  if (list.length > 0) lists.set(name, list)
  else lists.delete(name)
}
