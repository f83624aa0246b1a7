/**
 * A store against a model of it: generated operations on both, every answer compared. The model keeps a copy of everything for every
 * revision and finds by looking at all of it.
 */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import type { Memo, Reader, Store } from '../store.js'
import { type Scenario, type User, users } from './fixtures.js'

type State = ReadonlyMap<string, User>

type Write = { readonly id: string; readonly record: Omit<User, 'id'> | undefined }
/** Transactions that are begun at the same time; one may fail of itself. */
type Step = readonly { readonly writes: readonly Write[]; readonly fails: boolean }[]

const id = fc.constantFrom('1', '2', '3', '\uFFFD', '😀')
const name = fc.constantFrom('a', 'A', 'ab', 'b', 'B', 'İ', 'i', '\uFFFD', '😀', '😀z')
const group = fc.constantFrom('g', 'G', '😀')
const record = fc.record({ name, groups: fc.uniqueArray(group, { maxLength: 3 }), n: fc.nat({ max: 9 }) })
const write: fc.Arbitrary<Write> = fc.record({ id, record: fc.option(record, { nil: undefined, freq: 3 }) })
const step: fc.Arbitrary<Step> = fc.array(
  fc.record({ writes: fc.array(write, { minLength: 1, maxLength: 4 }), fails: fc.integer({ max: 4, min: 0 }).map((drawn) => drawn === 0) }),
  { minLength: 1, maxLength: 4 },
)

const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

class Failed extends Error {}

/** Every question of the suite, asked of a reader. */
async function asked(reader: Reader, scope: string): Promise<unknown> {
  const byName: string[][] = []
  for (let after: string | undefined, more = true; more; ) {
    const page = await reader.list(users, 'name', scope, { limit: 2, ...(after && { after }) })
    byName.push(page.items.map((user) => user.id))
    after = page.next
    more = after !== undefined
  }
  const found: Record<string, unknown> = {}
  for (const wanted of ['1', '2', '3', '\uFFFD', '😀']) found[`get ${wanted}`] = await reader.get(users, scope, wanted)
  for (const wanted of ['a', 'AB', 'İ', 'i', '😀Z']) found[`find ${wanted}`] = (await reader.find(users, 'name', scope, wanted))?.id
  for (const wanted of ['g', 'G', '😀']) found[`all ${wanted}`] = (await reader.all(users, 'group', scope, wanted)).map((user) => user.id)
  for (const prefix of ['a', 'B', '😀']) {
    found[`prefix ${prefix}`] = (await reader.list(users, 'name', scope, { prefix, limit: 10 })).items.map((user) => user.id)
  }
  return { byName: byName.flat(), count: await reader.count(users, scope), ...found }
}

/** The same questions, answered by the model. */
function expected(state: State): unknown {
  const all = [...state.values()].sort((a, b) => byBytes(fold(a.name), fold(b.name)) || byBytes(a.id, b.id))
  const found: Record<string, unknown> = {}
  for (const wanted of ['1', '2', '3', '\uFFFD', '😀']) found[`get ${wanted}`] = state.get(wanted)
  for (const wanted of ['a', 'AB', 'İ', 'i', '😀Z']) found[`find ${wanted}`] = all.find((user) => fold(user.name) === fold(wanted))?.id
  for (const wanted of ['g', 'G', '😀']) {
    const members = all.filter((user) => user.groups.includes(wanted)).map((user) => user.id)
    found[`all ${wanted}`] = members.sort(byBytes)
  }
  for (const prefix of ['a', 'B', '😀']) {
    found[`prefix ${prefix}`] = all.filter((user) => fold(user.name).startsWith(fold(prefix))).map((user) => user.id)
  }
  return { byName: all.map((user) => user.id), count: state.size, ...found }
}

/** What the transaction makes of a state: undefined when it fails or changes nothing. */
function applied(state: State, { writes, fails }: Step[number]): State | undefined {
  const next = new Map(state)
  let wrote = false
  for (const { id: key, record: content } of writes) {
    if (content === undefined) wrote = next.delete(key) || wrote
    else {
      if ([...next.values()].some((other) => other.id !== key && fold(other.name) === fold(content.name))) return undefined
      next.set(key, { id: key, ...content })
      wrote = true
    }
  }
  return fails || !wrote ? undefined : next
}

async function run(store: Store, scope: string, memo: Memo<unknown>, steps: readonly Step[]): Promise<void> {
  const start = store.revision
  const states: State[] = [new Map()]
  for (const transactions of steps) {
    const held = await store.readAt('latest')
    const before = states.length - 1
    const writing = Promise.allSettled(
      transactions.map((transaction) =>
        store.transact(async (tx) => {
          for (const { id: key, record: content } of transaction.writes) {
            if (content === undefined) await tx.delete(users, scope, key)
            else await tx.put(users, scope, { id: key, ...content })
          }
          const seen = { plain: await asked(tx, scope), kept: await tx.memo(memo, scope) }
          if (transaction.fails) throw new Failed()
          return seen
        }),
      ),
    )
    // While they are written, a reader that was there before sees nothing of it.
    assert.deepEqual(await held.memo(memo, scope), expected(states[before]!))
    const outcomes = await writing
    for (const [i, outcome] of outcomes.entries()) {
      const next = applied(states.at(-1)!, transactions[i]!)
      if (outcome.status === 'fulfilled') {
        assert.deepEqual(outcome.value.result.plain, expected(next ?? states.at(-1)!), 'within the transaction')
        assert.deepEqual(outcome.value.result.kept, outcome.value.result.plain, 'the memo within the transaction')
        if (next) states.push(next)
        assert.equal(outcome.value.revision, start + states.length - 1)
      } else {
        assert.equal(next, undefined)
        assert.ok(outcome.reason instanceof Failed || outcome.reason.code === 'UniqueViolation', String(outcome.reason))
      }
    }
    const reader = await store.readAt('latest')
    assert.deepEqual(await asked(reader, scope), expected(states.at(-1)!), 'the newest state')
    assert.deepEqual(await reader.memo(memo, scope), expected(states.at(-1)!), 'the memo of the newest state')
    assert.deepEqual(await asked(held, scope), expected(states[before]!), 'the reader that was held')
  }
  for (const [i, state] of states.entries()) {
    const reader = await store.readAt(start + i)
    assert.deepEqual(await asked(reader, scope), expected(state), `as of ${i}`)
    assert.deepEqual(await reader.memo(memo, scope), expected(state), `the memo as of ${i}`)
  }
}

export function model(scenario: Scenario, runs: number): void {
  scenario('generated transactions leave the store as the model says, now and at every revision', async (store) => {
    let scopes = 0
    const memo: Memo<unknown> = { name: 'asked', compute: (reader, scope) => asked(reader, scope) }
    const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) =>
      run(store, `scope ${scopes++}`, memo, steps),
    )
    await fc.assert(property, { numRuns: runs })
  })
}
