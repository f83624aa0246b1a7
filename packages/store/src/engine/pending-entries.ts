/** The index entries that a group has added or removed. */
import type { Scope } from '../store.js'
import type { EntryName, Group, Range } from './backend.js'
import { compareText } from './text.js'
import { spans, type Versions } from './versions.js'

export interface PendingEntry {
  readonly name: EntryName
  /** Whether the committed state has it. */
  readonly base: boolean
  versions: Versions<boolean>
}

export class PendingEntries {
  /** By index and scope, by value, by key. */
  private readonly indexes = new Map<string, Map<string, Map<string, PendingEntry>>>()

  entry(name: EntryName, base: boolean): PendingEntry {
    const keys = submap(submap(this.indexes, `${name.idx}\0${name.scope}`), name.value)
    const entry = keys.get(name.key) ?? { name, base, versions: [] }
    keys.set(name.key, entry)
    return entry
  }

  /** Who has a unique value now, when `base` has it in the committed state. */
  holder({ idx, scope, value }: Omit<EntryName, 'key'>, base: string | undefined): string | undefined {
    const keys = this.indexes.get(`${idx}\0${scope}`)?.get(value)
    for (const [key, entry] of keys ?? []) if (isPresent(entry)) return key
    const entry = base === undefined ? undefined : keys?.get(base)
    return entry && !isPresent(entry) ? undefined : base
  }

  /** What differs from the committed state in a range. */
  within(idx: string, scope: Scope, range: Range): { readonly removed: ReadonlySet<string>; readonly added: readonly EntryName[] } {
    const removed = new Set<string>()
    const added: EntryName[] = []
    const values = this.indexes.get(`${idx}\0${scope}`)
    const inRange = 'equals' in range ? [values?.get(range.equals)] : (values?.values() ?? [])
    for (const keys of inRange) {
      for (const entry of keys?.values() ?? []) {
        if (entry.base === isPresent(entry) || !isWithin(entry.name, range)) continue
        if (entry.base) removed.add(this.place(entry.name.value, entry.name.key))
        else added.push(entry.name)
      }
    }
    return { removed, added }
  }

  place(value: string, key: string): string {
    return `${value}\0${key}`
  }

  inOrder(this: void, a: Pick<EntryName, 'value' | 'key'>, b: Pick<EntryName, 'value' | 'key'>): number {
    return compareText(a.value, b.value) || compareText(a.key, b.key)
  }

  rows(): Pick<Group, 'leavingEntries' | 'passedEntries' | 'entries'> {
    const leavingEntries: Group['leavingEntries'][number][] = []
    const passedEntries: Group['passedEntries'][number][] = []
    const entries: Group['entries'][number][] = []
    for (const { name, base, versions } of this.all()) {
      const { idx, scope, value, key } = name
      if (base && versions[0]) leavingEntries.push({ idx, scope, value, key, until: versions[0].since })
      for (const { since, until, value: present } of spans(versions)) {
        if (present && until === undefined) entries.push({ idx, scope, value, key, since })
        else if (present && until !== undefined) passedEntries.push({ idx, scope, value, key, since, until })
      }
    }
    return { leavingEntries, passedEntries, entries }
  }

  private *all(): Iterable<PendingEntry> {
    for (const values of this.indexes.values()) for (const keys of values.values()) yield* keys.values()
  }
}

const isPresent = ({ base, versions }: PendingEntry): boolean => versions.at(-1)?.value ?? base

function isWithin({ value, key }: EntryName, range: Range): boolean {
  if ('equals' in range) return compareText(key, range.afterKey) > 0
  const [afterValue, afterKey] = range.after
  return (compareText(value, afterValue) || compareText(key, afterKey)) > 0 && compareText(value, range.below) < 0
}

function submap<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  const found = map.get(key) ?? new Map<string, V>()
  map.set(key, found)
  return found
}
