import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterStep, type CodeDevice, codeAt, stepAt, stepOfCode, stepOfPair } from './totp.js'

const seed = Buffer.from('12345678901234567890')
const now = 1_234_567_890_000
const step = stepAt(now)
const device: CodeDevice = { seed, drift: 0, lastStep: 0 }
const code = (off: number): string => codeAt(seed, step + off)

test('[item 5] codes are those of RFC 6238, appendix B', () => {
  for (const [seconds, eight] of [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ] as const) {
    assert.equal(codeAt(seed, stepAt(seconds * 1000)), eight.slice(2))
  }
})

test('[item 5] a code is good in its step and the one before and after, once, and no older one after it', () => {
  for (const off of [-1, 0, 1]) assert.equal(stepOfCode(device, code(off), now), step + off)
  for (const off of [-2, 2]) assert.equal(stepOfCode(device, code(off), now), undefined)
  for (const wrong of ['', '00000', 'abcdef', code(0).slice(1), `${code(0)}0`])
    assert.equal(stepOfCode(device, wrong, now), undefined, wrong)
  const used = { ...device, ...afterStep(step, now) }
  assert.equal(stepOfCode(used, code(0), now), undefined)
  assert.equal(stepOfCode(used, code(-1), now), undefined)
  assert.equal(stepOfCode(used, code(1), now), step + 1)
})

test('[item 5] a device whose clock is off is followed, by what it last gave', () => {
  const off = 100
  const followed = { ...device, ...afterStep(step + off, now) }
  assert.equal(stepOfCode(followed, code(off + 1), now + 30_000), step + off + 1)
  assert.equal(stepOfCode(followed, code(1), now), undefined)
})

test('[item 5] a pair is two codes that follow each other, in order, within the window and later than what was used', () => {
  const pair = (first: number, second: number, from = device, window = 5) => stepOfPair(from, [code(first), code(second)], now, window)
  assert.equal(pair(-1, 0), step)
  assert.equal(pair(-6, -5), step - 5)
  assert.equal(pair(4, 5), step + 5)
  for (const [first, second] of [
    [0, -1],
    [0, 0],
    [-2, 0],
    [-7, -6],
    [5, 6],
  ] as const) {
    assert.equal(pair(first, second), undefined, `${first} ${second}`)
  }
  assert.equal(pair(-1, 0, { ...device, lastStep: step - 1 }), undefined, 'neither of the two may have been used')
  assert.equal(pair(-1, 0, { ...device, lastStep: step - 2 }), step)
})
