/** One transaction on the pending state of its group. */
import { type Memo, type Scope, StoreError, type Transaction } from '../store.js'
import type { Log, Table } from '../table.js'
import type { RecordName } from './backend.js'
import type { Memos } from './memos.js'
import type { IndexValue, Pending } from './pending.js'
import { folded, type View, ViewReader } from './reader.js'
import { deepFreeze, type RecordText } from './record-text.js'
import { checkStorable, isText, maxIndexValueBytes, maxKeyBytes } from './text.js'
import { indexName } from './tokens.js'

/** A record that a table of any type declared; its functions are called with what that table wrote. */
type AnyTable = Table<never>

export class PendingTransaction extends ViewReader<OpenView> implements Transaction {
  constructor(
    private readonly pending: Pending,
    memos: Memos,
    private readonly text: RecordText,
  ) {
    super(new OpenView(pending), memos)
  }

  get nextRevision(): number {
    return this.revision + 1
  }

  override memo<T>(memo: Memo<T>, id: string): Promise<T> {
    this.view.assertOpen()
    return super.memo(memo, id)
  }

  add<R extends object>(table: Table<R>, scope: Scope, record: NoInfer<R>): Promise<void> {
    return this.save(table, scope, record, true)
  }

  put<R extends object>(table: Table<R>, scope: Scope, record: NoInfer<R>): Promise<void> {
    return this.save(table, scope, record, false)
  }

  private async save<R extends object>(table: Table<R>, scope: Scope, record: R, mustBeNew: boolean): Promise<void> {
    this.view.assertOpen()
    const json = JSON.stringify(record)
    const copy = deepFreeze(JSON.parse(json) as R)
    const key = table.key(copy)
    checkName(table, scope, key)
    const name = { tbl: table.name, scope, key }
    const values = indexValues(table, copy)
    for (const { idx, value } of values) checkStorable(value, `a value of \`${idx}\``, maxIndexValueBytes)
    const text = this.text.write(table, scope, key, copy, json)
    await this.pending.prepare(table, name, values)
    this.view.assertOpen()
    if (mustBeNew && this.pending.current(name) !== undefined)
      throw new StoreError('KeyTaken', `\`${table.name}\` has a record with this key`)
    this.pending.write(name, { record: copy, text }, this.currentValues(table, name), values)
  }

  async delete<R extends object>(table: Table<R>, scope: Scope, key: string): Promise<boolean> {
    if ((await this.get(table, scope, key)) === undefined) return false
    const name = { tbl: table.name, scope, key }
    await this.pending.prepare(table, name, [])
    this.view.assertOpen()
    if (this.pending.current(name) === undefined) return false
    this.pending.write(name, undefined, this.currentValues(table, name), [])
    return true
  }

  append<E extends object>(log: Log<E>, scope: Scope, entry: NoInfer<E>): void {
    this.view.assertOpen()
    const id = log.id(entry)
    const at = log.at(entry)
    checkStorable(log.name, 'the name of a log', maxKeyBytes)
    checkStorable(scope, 'a scope', maxKeyBytes)
    checkStorable(id, `an id of \`${log.name}\``, maxKeyBytes)
    if (!Number.isSafeInteger(at)) throw new TypeError(`the time of an entry of \`${log.name}\` must be whole milliseconds, not ${at}`)
    const text = log.text?.write(entry) ?? JSON.stringify(entry)
    if (log.text && !isText(text)) throw new TypeError(`an entry of \`${log.name}\` must be well-formed text without NUL`)
    const join = log.text?.join
    this.pending.append({ log: log.name, scope, at, id, text }, join?.once(entry) ? join.texts : undefined)
  }

  /** The transaction is over: whoever still holds it can neither read nor write. */
  close(): void {
    this.view.close()
  }

  private currentValues(table: AnyTable, name: RecordName): IndexValue[] {
    const current = this.pending.current(name)
    return current ? indexValues(table, current as never) : []
  }
}

/** The pending state for as long as the transaction lasts. */
class OpenView implements View {
  readonly committed = false
  readonly revision: number
  private open = true

  constructor(private readonly pending: Pending) {
    this.revision = pending.revision
  }

  get base(): number {
    return this.pending.base
  }

  close(): void {
    this.open = false
  }

  assertOpen(): void {
    if (!this.open) throw new Error('the transaction is over; something in it was not awaited')
  }

  untouched(tokens: ReadonlySet<string>): boolean {
    return this.pending.untouched(tokens)
  }

  record(...asked: Parameters<View['record']>) {
    this.assertOpen()
    return this.pending.record(...asked)
  }

  entries(...asked: Parameters<View['entries']>) {
    this.assertOpen()
    return this.pending.entries(...asked)
  }

  count(...asked: Parameters<View['count']>) {
    this.assertOpen()
    return this.pending.count(...asked)
  }
}

function checkName(table: AnyTable, scope: Scope, key: string): void {
  checkStorable(scope, 'a scope', maxKeyBytes)
  checkStorable(key, `a key of \`${table.name}\``, maxKeyBytes)
  if (key === '') throw new TypeError(`a key of \`${table.name}\` is empty`)
}

/** Folded where the index ignores case, each once. */
function indexValues<R extends object>(table: Table<R>, record: R): IndexValue[] {
  const found: IndexValue[] = []
  for (const name of Object.keys(table.indexes)) {
    const index = table.indexes[name]!
    const values = index.values(record)
    const each = values.length < 2 ? values : new Set(values.map((value) => folded(index, value)))
    for (const value of each) {
      found.push({ index: name, idx: indexName(table.name, name), value: folded(index, value), unique: index.unique === true })
    }
  }
  return found
}
