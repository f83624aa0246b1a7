/** Pages as IAM gives them: `MaxItems`, an opaque `Marker`, `IsTruncated`. */
import type { ListOptions, Memo, Page, Reader, Table } from '@bailiwick/store'
import type { AccountReader } from '../pipeline/account-store.js'

export interface PageRequest {
  readonly Marker?: string
  readonly MaxItems?: number
}

export interface PageAnswer {
  readonly IsTruncated: boolean
  readonly Marker?: string
}

type Fail = (code: 'ValidationError', message: string) => never
type Listed<R extends object, I extends string> = Table<R> & { indexes: Record<I, unknown> }

const defaultMaxItems = 100
/** How many records one call looks at for each that it may return, before it answers with fewer and a marker. */
const lookedAtPerItem = 20

/**
 * A page of records in index order. `keep` leaves some out: a page may then hold fewer than were asked for, as AWS's may, and the work
 * stays bounded.
 */
export async function page<R extends object, I extends string>(
  tx: AccountReader,
  table: Listed<R, I>,
  index: I,
  { Marker, MaxItems = defaultMaxItems }: PageRequest,
  fail: Fail,
  { keep, equals }: { readonly keep?: ((record: R) => boolean) | undefined; readonly equals?: string } = {},
): Promise<{ items: readonly R[]; answer: PageAnswer }> {
  let items: readonly R[] = []
  let after = Marker === undefined ? undefined : readMarker(Marker, fail)
  for (let looked = 0; looked < MaxItems * lookedAtPerItem; looked += MaxItems) {
    const limit = keep === undefined ? MaxItems : MaxItems - items.length
    const found = await stretch(tx, table, index, { limit, ...(after !== undefined && { after }), ...(equals !== undefined && { equals }) })
    items = keep === undefined ? found.items : [...items, ...found.items.filter(keep)]
    after = found.next
    if (after === undefined) return { items, answer: { IsTruncated: false } }
    if (items.length >= MaxItems) break
  }
  return { items, answer: { IsTruncated: true, Marker: writeMarker(after!) } }
}

/** Lists are read again and again while nothing changes in them: the last so many stretches of each are kept until something does. */
const stretchesKept = 16
const memos = new WeakMap<object, Memo<Page<object>>>()

async function stretch<R extends object, I extends string>(
  tx: AccountReader,
  table: Listed<R, I>,
  index: I,
  options: ListOptions,
): Promise<Page<R>> {
  let memo = memos.get(table)
  if (memo === undefined) {
    const compute = (reader: Reader, id: string): Promise<Page<object>> => {
      const [accountId, name, asked] = JSON.parse(id) as [string, I, ListOptions]
      return reader.list(table, name, accountId, asked)
    }
    memos.set(table, (memo = { name: `iam.list ${table.name}`, compute, most: stretchesKept }))
  }
  return (await tx.memo(memo, JSON.stringify([tx.accountId, index, options]))) as Page<R>
}

const shownRecords = new WeakMap<readonly object[], readonly object[]>()

/**
 * The records of a page as an answer shows them: frozen, and the same array as long as the page is the same, so that the answer's text is
 * kept with it. `show` must look at nothing but the record and its account.
 */
export function shownPage<R extends object, Shown extends object>(items: readonly R[], show: (record: R) => Shown): Shown[] {
  let shown = shownRecords.get(items) as Shown[] | undefined
  if (shown === undefined) shownRecords.set(items, (shown = Object.freeze(items.map((item) => Object.freeze(show(item)))) as Shown[]))
  return shown
}

/** A page of a list that a quota bounds and that is at hand whole. The marker is the place of the next item's key. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { Marker, MaxItems = defaultMaxItems }: PageRequest,
  fail: Fail,
): { items: T[]; answer: PageAnswer } {
  const after = Marker === undefined ? undefined : readMarker(Marker, fail)
  const rest = after === undefined ? all : all.filter((item) => keyOf(item) > after)
  const items = rest.slice(0, MaxItems)
  return {
    items,
    answer: items.length < rest.length ? { IsTruncated: true, Marker: writeMarker(keyOf(items.at(-1)!)) } : { IsTruncated: false },
  }
}

const readAtOnce = 1000

/** Every record with this index value, however many: what no quota of its own bounds. */
export async function* everyOne<R extends object, I extends string>(
  tx: AccountReader,
  table: Listed<R, I>,
  index: I,
  equals: string,
): AsyncGenerator<R> {
  for (let after: string | undefined; ; ) {
    const { items, next } = await tx.list(table, index, { equals, limit: readAtOnce, ...(after !== undefined && { after }) })
    yield* items
    if (next === undefined) return
    after = next
  }
}

const writeMarker = (place: string): string => Buffer.from(`1${place}`, 'utf8').toString('base64url')

/** The place that a marker of ours stands for. `ValidationError` for any other text. */
export function readMarker(marker: string, fail: Fail): string {
  const text = Buffer.from(marker, 'base64url').toString('utf8')
  if (!text.startsWith('1') || writeMarker(text.slice(1)) !== marker) return fail('ValidationError', 'Invalid Marker.')
  return text.slice(1)
}

/** `undefined` keeps all, so that the common call need not look at every path. */
export const underPath = (prefix: string | undefined): ((record: { readonly path: string }) => boolean) | undefined =>
  prefix === undefined || prefix === '/' ? undefined : ({ path }) => path.startsWith(prefix)
