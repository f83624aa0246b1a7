/**
 * Kept answers of `Reader.memo`. An entry knows the tokens it was computed from; a committed change that touches one of them drops it.
 *
 * Invariant: a kept answer is right for every revision from `from` up to the newest this node knows.
 */
import type { Memo, Reader } from '../store.js'
import type { RecentChanges } from './recent-changes.js'
import { RecentlyUsed } from './recently-used.js'

/** What a memo asks of the state it is computed on. */
export interface MemoView {
  readonly revision: number
  /** The committed revision under this view; the same as `revision` unless a transaction stands on it. */
  readonly base: number
  /** Whether this is nothing but the committed state. */
  readonly committed: boolean
  /** Whether what the view adds to the committed state leaves all these tokens alone. */
  untouched(tokens: ReadonlySet<string>): boolean
}

/** Answers kept for each unique index. */
const mostFound = 5_000

interface Answer<T> {
  readonly value: T
  readonly tokens: ReadonlySet<string>
}

interface Kept<T> {
  readonly promise: Promise<T>
  readonly from: number
  readonly tokens: ReadonlySet<string>
  readonly of: Shelf<T>
  readonly id: string
}

interface Shelf<T> {
  readonly memo: Memo<T>
  readonly kept: RecentlyUsed<Kept<T>>
  readonly computing: Map<string, { readonly revision: number; readonly answer: Promise<Answer<T>> }>
}

export class Memos {
  private readonly shelves = new Map<string, Shelf<unknown>>()
  private readonly dependents = new Map<string, Set<Kept<unknown>>>()

  /** By table as declared (those of one name may be several objects, as in tests), then by index. */
  private readonly finders = new Map<object, Map<string, Memo<object | undefined>>>()
  private finderCount = 0

  constructor(private readonly recent: RecentChanges) {}

  /** The memo that keeps what a unique index finds. */
  finder(table: { readonly name: string }, index: string, compute: Memo<object | undefined>['compute']): Memo<object | undefined> {
    const ofTable = this.finders.get(table) ?? new Map<string, Memo<object | undefined>>()
    const memo = ofTable.get(index) ?? { name: `find ${table.name}.${index} (${++this.finderCount})`, compute, most: mostFound }
    this.finders.set(table, ofTable.set(index, memo))
    return memo
  }

  /** `readerFor` makes a reader of the view that notes in the set what is read; `tokens` are those of a memo around this one. */
  get<T>(
    memo: Memo<T>,
    id: string,
    view: MemoView,
    readerFor: (tokens: Set<string>) => Reader,
    tokens: Set<string> | undefined,
  ): Promise<T> {
    const shelf = this.shelfOf(memo)
    const kept = shelf.kept.use(id)
    if (kept === undefined || kept.from > view.base || !view.untouched(kept.tokens)) return this.fresh(shelf, id, view, readerFor, tokens)
    if (tokens) for (const token of kept.tokens) tokens.add(token)
    return kept.promise
  }

  drop(changed: readonly string[]): void {
    for (const token of changed) for (const kept of this.dependents.get(token) ?? []) this.forget(kept)
  }

  clear(): void {
    for (const { kept } of this.shelves.values()) kept.clear()
    this.dependents.clear()
  }

  private shelfOf<T>(memo: Memo<T>): Shelf<T> {
    const shelf = this.shelves.get(memo.name)
    if (shelf?.memo === memo) return shelf as Shelf<T>
    if (shelf) throw new Error(`two memos have the name \`${memo.name}\``)
    const made: Shelf<T> = { memo, kept: new RecentlyUsed(), computing: new Map() }
    this.shelves.set(memo.name, made as Shelf<unknown>)
    return made
  }

  private async fresh<T>(
    shelf: Shelf<T>,
    id: string,
    view: MemoView,
    readerFor: (tokens: Set<string>) => Reader,
    tokens: Set<string> | undefined,
  ): Promise<T> {
    const { value, tokens: read } = await this.shared(shelf, id, view, readerFor)
    if (tokens) for (const token of read) tokens.add(token)
    return value
  }

  /** Those who ask for the same at the same revision share one computation; a transaction always has its own. */
  private shared<T>(shelf: Shelf<T>, id: string, view: MemoView, readerFor: (tokens: Set<string>) => Reader): Promise<Answer<T>> {
    const running = shelf.computing.get(id)
    if (view.committed && running?.revision === view.revision) return running.answer
    const answer = this.compute(shelf, id, view, readerFor)
    if (!view.committed || running) return answer
    shelf.computing.set(id, { revision: view.revision, answer })
    const done = () => shelf.computing.delete(id)
    answer.then(done, done)
    return answer
  }

  private async compute<T>(shelf: Shelf<T>, id: string, view: MemoView, readerFor: (tokens: Set<string>) => Reader): Promise<Answer<T>> {
    const tokens = new Set<string>()
    const value = await shelf.memo.compute(readerFor(tokens), id)
    if (view.untouched(tokens) && !this.recent.touched(view.base, (token) => tokens.has(token))) {
      this.keep({ promise: Promise.resolve(value), from: view.base, tokens, of: shelf, id })
    }
    return { value, tokens }
  }

  private keep<T>(kept: Kept<T>): void {
    const before = kept.of.kept.peek(kept.id)
    if (before) this.forget(before as Kept<unknown>)
    kept.of.kept.set(kept.id, kept)
    for (const token of kept.tokens) {
      const dependents = this.dependents.get(token)
      if (dependents) dependents.add(kept as Kept<unknown>)
      else this.dependents.set(token, new Set([kept as Kept<unknown>]))
    }
    const most = kept.of.memo.most ?? 10_000
    while (kept.of.kept.size > most) this.forget(kept.of.kept.removeOldest()! as Kept<unknown>)
  }

  private forget(kept: Kept<unknown>): void {
    kept.of.kept.delete(kept.id)
    for (const token of kept.tokens) {
      const dependents = this.dependents.get(token)
      dependents?.delete(kept)
      if (dependents?.size === 0) this.dependents.delete(token)
    }
  }
}
