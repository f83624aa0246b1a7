import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import type { Line } from './event-text.js'
import { FileSegment, MemorySegment } from './segment.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'segment-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const read = (text: string): Line[] =>
  text
    .split('\n')
    .filter((json) => json !== '')
    .map((json) => ({ ...JSON.parse(json), json }))
const line = (id: string, accountId = '111122223333'): Line => {
  const own = { accountId, id, at: 1 }
  return { ...own, json: JSON.stringify(own) }
}
const idsOf = (chunks: readonly { readonly lines: string }[]): string[] =>
  chunks.flatMap(({ lines }) =>
    lines
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text).id),
  )

test('[item 8] what was appended is in the file before the promise resolves, and is taken once, in order and by account', async () => {
  const segment = new FileSegment(folder, read)
  await Promise.all([segment.append(line('a')), segment.append(line('b', '444455556666')), segment.append(line('c'))])
  const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  assert.deepEqual(
    written
      .join('')
      .split('\n')
      .filter((text) => text !== '').length,
    3,
  )
  const taken = segment.take()!
  assert.deepEqual(
    taken.chunks.map(({ accountId, id }) => [accountId, id]),
    [
      ['111122223333', 'a'],
      ['444455556666', 'b'],
    ],
  )
  assert.deepEqual(idsOf(taken.chunks), ['a', 'c', 'b'])
  taken.done()
  assert.equal(segment.take(), undefined)
  segment.close()
  assert.deepEqual(readdirSync(folder), [])
})

test('[item 8] a process that ends without closing leaves its events to the next, a line cut short excepted', async () => {
  const ended = new FileSegment(folder, read)
  await ended.append(line('kept'))
  appendFileSync(join(folder, readdirSync(folder)[0]!), '{"accountId":"111122223333","id":"cut sh')
  const next = new FileSegment(folder, read)
  await next.append(line('newer'))
  const taken = next.take()!
  assert.deepEqual(idsOf(taken.chunks), ['kept'])
  assert.deepEqual(idsOf(next.take()!.chunks), ['kept'], 'taken again until it is said to be kept elsewhere')
  taken.done()
  assert.deepEqual(idsOf(next.take()!.chunks), ['newer'])
  next.close()
  ended.close()
})

test('[item 8] a file read back gives the very chunks that were in memory, so that shipping them twice adds nothing', async () => {
  const segment = new FileSegment(folder, read)
  for (let turn = 0; turn < 20; turn++) {
    await Promise.all(
      Array.from({ length: 1 + (turn % 4) }, (_, at) =>
        segment.append(line(`${turn}-${at}`, at % 2 === 0 ? '111122223333' : '444455556666')),
      ),
    )
  }
  const again = new FileSegment(folder, read).take()!
  assert.deepEqual(segment.take()!.chunks, again.chunks)
})

test('[item 8] an event that cannot be written is refused, and the next one is kept', async () => {
  const segment = new FileSegment(folder, read)
  const circular = { ...line('x'), json: Symbol('no text') as unknown as string }
  await assert.rejects(async () => segment.append(circular))
  await segment.append(line('y'))
  const failed = segment.take()!
  assert.deepEqual(failed.chunks, [], 'nothing follows in a file that may end in half an event')
  failed.done()
  assert.deepEqual(idsOf(segment.take()!.chunks), ['y'])
  segment.close()
})

test('[item 8] what comes while a batch is taken elsewhere is in the next, on disk and in memory', async () => {
  for (const segment of [new FileSegment(folder, read), new MemorySegment()]) {
    await segment.append(line('a'))
    const taken = segment.take()!
    await segment.append(line('b'))
    assert.deepEqual(idsOf(taken.chunks), ['a'])
    taken.done()
    assert.deepEqual(idsOf(segment.take()!.chunks), ['b'])
    segment.close()
  }
})
