import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BoundedQueue } from './bounded-queue.js'

test('[item 5] so many run at once, the rest wait their turn in order, and a crowd is turned away', async () => {
  const queue = new BoundedQueue({ atOnce: 2, mostWaiting: 2 })
  const started: number[] = []
  const ends: (() => void)[] = []
  const piece = (n: number): Promise<number> =>
    queue.run(async () => {
      started.push(n)
      await new Promise<void>((resolve) => ends.push(resolve))
      return n
    })
  const first = [piece(1), piece(2), piece(3), piece(4)]
  await assert.rejects(piece(5), { code: 'Throttling', message: 'Rate exceeded' })
  assert.deepEqual(started, [1, 2])
  ends[0]!()
  assert.equal(await first[0], 1)
  assert.deepEqual(started, [1, 2, 3])
  const sixth = piece(6)
  for (const at of [1, 2, 3, 4]) {
    ends[at]!()
    await first[at]
  }
  assert.equal(await sixth, 6)
  assert.deepEqual(started, [1, 2, 3, 4, 6])
})

test('[item 5] a piece of work that fails gives its place back', async () => {
  const queue = new BoundedQueue({ atOnce: 1, mostWaiting: 0 })
  await assert.rejects(
    queue.run(async () => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.equal(await queue.run(async () => 1), 1)
})
