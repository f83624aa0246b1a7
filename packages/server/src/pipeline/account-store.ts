/** The store as an operation sees it: one account's data, and no other's unless it is named. */
import type { ListOptions, Memo, Page, Reader, Table, TableWithSecrets, Transaction } from '@bailiwick/store'

type Indexed<R extends object, I extends string> = Table<R> & { indexes: Record<I, unknown> }

export class AccountReader {
  constructor(
    protected readonly store: Reader,
    readonly accountId: string,
  ) {}

  get revision(): number {
    return this.store.revision
  }

  /** The same state, seen from another account; `''` is what belongs to the whole server. */
  of(accountId: string): AccountReader {
    return new AccountReader(this.store, accountId)
  }

  get<R extends object>(table: Table<R>, key: string): Promise<R | undefined> {
    return this.store.get(table, this.accountId, key)
  }

  getEach<R extends object, S extends keyof R & string = never>(
    table: TableWithSecrets<R, S>,
    keys: readonly string[],
  ): Promise<readonly (Omit<R, S> | undefined)[]> {
    return this.store.getEach(table, this.accountId, keys)
  }

  find<R extends object, I extends string>(table: Indexed<R, I>, index: I, value: string): Promise<R | undefined> {
    return this.store.find(table, index, this.accountId, value)
  }

  list<R extends object, I extends string>(table: Indexed<R, I>, index: I, options: ListOptions): Promise<Page<R>> {
    return this.store.list(table, index, this.accountId, options)
  }

  all<R extends object, I extends string>(table: Indexed<R, I>, index: I, equals: string): Promise<readonly R[]> {
    return this.store.all(table, index, this.accountId, equals)
  }

  allEach<R extends object, I extends string, S extends keyof R & string = never>(
    table: TableWithSecrets<R, S> & { indexes: Record<I, unknown> },
    index: I,
    values: readonly string[],
  ): Promise<readonly (readonly Omit<R, S>[])[]> {
    return this.store.allEach(table, index, this.accountId, values)
  }

  countEach<R extends object, I extends string>(table: Indexed<R, I>, index: I, values: readonly string[]): Promise<readonly number[]> {
    return this.store.countEach(table, index, this.accountId, values)
  }

  count(table: Table<never>): Promise<number> {
    return this.store.count(table, this.accountId)
  }

  memo<T>(memo: Memo<T>, id: string): Promise<T> {
    return this.store.memo(memo, id)
  }
}

export class AccountTransaction extends AccountReader {
  constructor(
    protected override readonly store: Transaction,
    accountId: string,
  ) {
    super(store, accountId)
  }

  override of(accountId: string): AccountTransaction {
    return new AccountTransaction(this.store, accountId)
  }

  /** For a record whose key was drawn at random: throws `KeyTaken` where there is one with this key, which is left as it is. */
  add<R extends object>(table: Table<R>, record: NoInfer<R>): Promise<void> {
    return this.store.add(table, this.accountId, record)
  }

  put<R extends object>(table: Table<R>, record: NoInfer<R>): Promise<void> {
    return this.store.put(table, this.accountId, record)
  }

  delete<R extends object>(table: Table<R>, key: string): Promise<boolean> {
    return this.store.delete(table, this.accountId, key)
  }

  /** The transaction itself, for what spans accounts by its nature: making one. */
  whole<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return work(this.store)
  }
}
