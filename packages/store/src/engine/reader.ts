/** The public face of a state: checks what is asked, folds case, pages, and notes what was read. */
import type { ListOptions, Memo, Page, Reader, Scope } from '../store.js'
import type { Index, Table, TableWithSecrets } from '../table.js'
import type { MaybePromise, Range } from './backend.js'
import type { Committed, Entry } from './committed.js'
import { readCursor, writeCursor } from './cursor.js'
import type { Memos, MemoView } from './memos.js'
import { afterAll, compareText, foldCase, isStorable, prefixEnd } from './text.js'
import { indexName, recordToken, tableToken, valueToken } from './tokens.js'

/** A state that can be read: committed at a revision, or with a transaction's changes on top. */
export interface View extends MemoView {
  record(tbl: string, scope: Scope, key: string): MaybePromise<object | undefined>
  entries(idx: string, tbl: string, scope: Scope, range: Range, limit: number, keep: boolean): Promise<Entry[]>
  /** Many at once, where that is cheaper: left out, or undefined, where they are asked for one by one. */
  recordsAt?(tbl: string, scope: Scope, keys: readonly string[]): Promise<ReadonlyMap<string, object> | undefined>
  entriesAt?(idx: string, tbl: string, scope: Scope, values: readonly string[], limit: number): Promise<Entry[] | undefined>
  countsAt?(idx: string, scope: Scope, values: readonly string[]): Promise<ReadonlyMap<string, number> | undefined>
  count(tbl: string, scope: Scope): MaybePromise<number>
}

/** The most that a page, or `all`, may hold. */
export const mostPerPage = 10_000

type Indexed<R extends object, I extends string> = Table<R> & { indexes: Record<I, unknown> }

export class ViewReader<V extends View = View> implements Reader {
  constructor(
    protected readonly view: V,
    protected readonly memos: Memos,
    /** Where to note what is read, for a memo. */
    private readonly tokens?: Set<string>,
  ) {}

  get revision(): number {
    return this.view.revision
  }

  async get<R extends object>(table: Table<R>, scope: Scope, key: string): Promise<R | undefined> {
    this.tokens?.add(recordToken(table.name, scope, key))
    if (!isStorable(key) || !isStorable(scope)) return undefined
    return (await this.view.record(table.name, scope, key)) as R | undefined
  }

  async getEach<R extends object, S extends keyof R & string = never>(
    table: TableWithSecrets<R, S>,
    scope: Scope,
    keys: readonly string[],
  ): Promise<readonly (Omit<R, S> | undefined)[]> {
    assertMany(keys)
    const found = isStorable(scope) ? await this.view.recordsAt?.(table.name, scope, keys.filter(isStorable)) : undefined
    if (found === undefined) {
      const records = await Promise.all(keys.map((key) => this.get(table as Table<R>, scope, key)))
      return records.map((record) => record && withoutSecrets(table, record))
    }
    for (const key of keys) this.tokens?.add(recordToken(table.name, scope, key))
    return keys.map((key) => found.get(key) as R | undefined)
  }

  async find<R extends object, I extends string>(table: Indexed<R, I>, index: I, scope: Scope, value: string): Promise<R | undefined> {
    if (!indexOf(table, index).unique) throw new TypeError(`\`${indexName(table.name, index)}\` is not unique; use \`all\` or \`list\``)
    const found = await this.memo(this.finder(table, index), `${scope}\0${folded(indexOf(table, index), value)}`)
    return found as R | undefined
  }

  /** What a unique index finds is kept like the answer of any memo. */
  private finder(table: Indexed<never, string>, index: string): Memo<object | undefined> {
    return this.memos.finder(table, index, (reader, id) => {
      const end = id.indexOf('\0')
      return (reader as ViewReader).first(table, index, id.slice(0, end), id.slice(end + 1))
    })
  }

  private async first(table: Indexed<never, string>, index: string, scope: Scope, value: string): Promise<object | undefined> {
    const [entry] = await this.equal(table, index, scope, value, '', 1, true)
    return entry?.record
  }

  async all<R extends object, I extends string>(table: Indexed<R, I>, index: I, scope: Scope, equals: string): Promise<readonly R[]> {
    const entries = await this.equal(table, index, scope, equals, '', mostPerPage + 1, true)
    if (entries.length > mostPerPage) throw new RangeError(`more than ${mostPerPage} records under \`${indexName(table.name, index)}\``)
    return entries.map((entry) => entry.record as R)
  }

  async allEach<R extends object, I extends string, S extends keyof R & string = never>(
    table: TableWithSecrets<R, S> & { indexes: Record<I, unknown> },
    index: I,
    scope: Scope,
    values: readonly string[],
  ): Promise<readonly (readonly Omit<R, S>[])[]> {
    assertMany(values)
    const idx = indexName(table.name, index)
    const wanted = values.map((value) => folded(indexOf(table, index), value))
    const storable = [...new Set(wanted)].filter(isStorable)
    const entries = isStorable(scope) ? await this.view.entriesAt?.(idx, table.name, scope, storable, mostPerPage + 1) : undefined
    if (entries === undefined || entries.length > mostPerPage) {
      const lists = await Promise.all(values.map((value) => this.all(table as Indexed<R, I>, index, scope, value)))
      return lists.map((records) => records.map((record) => withoutSecrets(table, record)))
    }
    for (const value of wanted) this.tokens?.add(valueToken(idx, scope, value))
    const byValue = new Map<string, Entry[]>()
    for (const entry of entries) {
      const before = byValue.get(entry.value)
      if (before === undefined) byValue.set(entry.value, [entry])
      else before.push(entry)
    }
    for (const found of byValue.values()) found.sort((a, b) => compareText(a.key, b.key))
    return wanted.map((value) => (byValue.get(value) ?? []).map(({ record }) => record as R))
  }

  async countEach<R extends object, I extends string>(
    table: Indexed<R, I>,
    index: I,
    scope: Scope,
    values: readonly string[],
  ): Promise<readonly number[]> {
    assertMany(values)
    const idx = indexName(table.name, index)
    const wanted = values.map((value) => folded(indexOf(table, index), value))
    const storable = [...new Set(wanted)].filter(isStorable)
    const counts = isStorable(scope) ? await this.view.countsAt?.(idx, scope, storable) : undefined
    if (counts === undefined) return Promise.all(values.map((value) => this.countOf(table, index, scope, value)))
    for (const value of wanted) this.tokens?.add(valueToken(idx, scope, value))
    return wanted.map((value) => counts.get(value) ?? 0)
  }

  private async countOf(table: Indexed<never, string>, index: string, scope: Scope, value: string): Promise<number> {
    for (let count = 0, after = ''; ; ) {
      const entries = await this.equal(table, index, scope, value, after, mostPerPage, false)
      count += entries.length
      if (entries.length < mostPerPage) return count
      after = entries.at(-1)!.key
    }
  }

  async list<R extends object, I extends string>(table: Indexed<R, I>, index: I, scope: Scope, options: ListOptions): Promise<Page<R>> {
    const { equals, prefix = '', after, limit } = options
    assertLimit(limit)
    if (equals !== undefined && prefix !== '') throw new TypeError('`equals` and `prefix` exclude each other')
    const entries =
      equals === undefined
        ? await this.beginning(table, index, scope, prefix, after, limit + 1)
        : await this.equal(
            table,
            index,
            scope,
            equals,
            after === undefined ? '' : String(readCursor(after, ['string'])[0]),
            limit + 1,
            false,
          )
    const items = entries.slice(0, limit).map((entry) => entry.record as R)
    if (entries.length <= limit) return { items }
    const last = entries[limit - 1]!
    return { items, next: writeCursor(equals === undefined ? [last.value, last.key] : [last.key]) }
  }

  async count(table: Table<never>, scope: Scope): Promise<number> {
    this.tokens?.add(tableToken(table.name, scope))
    return isStorable(scope) ? this.view.count(table.name, scope) : 0
  }

  memo<T>(memo: Memo<T>, id: string): Promise<T> {
    return this.memos.get(memo, id, this.view, this.noting, this.tokens)
  }

  private readonly noting = (tokens: Set<string>): Reader => new ViewReader(this.view, this.memos, tokens)

  private async equal(
    table: Indexed<never, string>,
    index: string,
    scope: Scope,
    value: string,
    afterKey: string,
    limit: number,
    keep: boolean,
  ): Promise<Entry[]> {
    const idx = indexName(table.name, index)
    const equals = folded(indexOf(table, index), value)
    this.tokens?.add(valueToken(idx, scope, equals))
    if (![scope, equals, afterKey].every(isStorable)) return []
    return this.view.entries(idx, table.name, scope, { equals, afterKey }, limit, keep)
  }

  private async beginning(
    table: Indexed<never, string>,
    index: string,
    scope: Scope,
    prefix: string,
    after: string | undefined,
    limit: number,
  ): Promise<Entry[]> {
    const start = folded(indexOf(table, index), prefix)
    const [value, key] = after === undefined ? [start, ''] : (readCursor(after, ['string', 'string']) as [string, string])
    this.tokens?.add(tableToken(table.name, scope))
    if (![scope, start, value, key].every(isStorable)) return []
    const range = { after: [value, key] as const, below: start === '' ? afterAll : prefixEnd(start) }
    return this.view.entries(indexName(table.name, index), table.name, scope, range, limit, false)
  }
}

/** The committed state at one revision. */
export class Snapshot implements View {
  readonly committed = true

  constructor(
    private readonly state: Committed,
    readonly revision: number,
  ) {}

  get base(): number {
    return this.revision
  }

  untouched(): boolean {
    return true
  }

  record(tbl: string, scope: Scope, key: string): Promise<object | undefined> {
    return this.state.record(tbl, scope, key, this.revision)
  }

  entries(idx: string, tbl: string, scope: Scope, range: Range, limit: number, keep: boolean): Promise<Entry[]> {
    return this.state.entries(idx, tbl, scope, range, limit, this.revision, keep)
  }

  recordsAt(tbl: string, scope: Scope, keys: readonly string[]): Promise<ReadonlyMap<string, object> | undefined> {
    return this.state.recordsAt(tbl, scope, keys, this.revision)
  }

  entriesAt(idx: string, tbl: string, scope: Scope, values: readonly string[], limit: number): Promise<Entry[] | undefined> {
    return this.state.entriesAt(idx, tbl, scope, values, limit, this.revision)
  }

  countsAt(idx: string, scope: Scope, values: readonly string[]): Promise<ReadonlyMap<string, number> | undefined> {
    return this.state.countsAt(idx, scope, values, this.revision)
  }

  count(tbl: string, scope: Scope): Promise<number> {
    return this.state.count(tbl, scope, this.revision)
  }
}

export const folded = (index: Pick<Index<never>, 'ignoreCase'>, value: string): string => (index.ignoreCase ? foldCase(value) : value)

export function assertLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > mostPerPage) throw new RangeError(`a limit is 1 to ${mostPerPage}, not ${limit}`)
}

function withoutSecrets<R extends object, S extends keyof R & string>({ secret = [] }: TableWithSecrets<R, S>, record: R): Omit<R, S> {
  return secret.length === 0
    ? record
    : (Object.fromEntries(Object.entries(record).filter(([member]) => !(secret as readonly PropertyKey[]).includes(member))) as Omit<R, S>)
}

function assertMany(asked: readonly string[]): void {
  if (asked.length > mostPerPage) throw new RangeError(`at most ${mostPerPage} are asked for at once, not ${asked.length}`)
}

function indexOf(table: Table<never>, index: string): Index<never> {
  if (!Object.hasOwn(table.indexes, index)) throw new TypeError(`\`${table.name}\` has no index \`${index}\``)
  return table.indexes[index]!
}
