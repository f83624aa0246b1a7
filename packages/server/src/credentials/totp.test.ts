import assert from 'node:assert/strict'
import { test } from 'node:test'
import { afterCode, afterPair, type CodeDevice, codeAt, stepAt, stepOfCode, stepOfPair } from './totp.js'

const seed = Buffer.from('12345678901234567890')
const now = 1_234_567_890_000
const step = stepAt(now)
const device: CodeDevice = { seed, drift: 0, lastStep: 0, usedSteps: [] }
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

/** The device after codes of those steps were used one after the other, each of which must be good. */
function using(from: CodeDevice, offs: readonly number[], at = now): CodeDevice {
  let known = from
  for (const off of offs) {
    assert.equal(stepOfCode(known, code(off), at), step + off, `${off} of ${offs}`)
    known = { ...known, ...afterCode(known, step + off) }
  }
  return known
}

test('[item 5] a code is good in its step and the two before and after', () => {
  for (const off of [-2, -1, 0, 1, 2]) assert.equal(stepOfCode(device, code(off), now), step + off)
  for (const off of [-3, 3]) assert.equal(stepOfCode(device, code(off), now), undefined)
  for (const wrong of ['', '00000', 'abcdef', code(0).slice(1), `${code(0)}0`])
    assert.equal(stepOfCode(device, wrong, now), undefined, wrong)
})

test('[item 5] codes come in any order, each once, and none of them moves the window', () => {
  for (const offs of [
    [2, 1, 0],
    [0, -1, 1],
    [-2, 0, -1, 1],
    [2, -2, 0],
    [-2, 2, 0],
  ]) {
    const used = using(device, offs)
    for (const off of [-2, -1, 0, 1, 2])
      assert.equal(stepOfCode(used, code(off), now) === undefined, offs.includes(off), `${off} of ${offs}`)
    for (const off of [-3, 3]) assert.equal(stepOfCode(used, code(off), now), undefined)
  }
})

test('[item 5] a used code stays used however many follow it, and wherever the clock is set', () => {
  let used = device
  for (let off = 0; off < 20; off++) {
    used = using(used, [off], now + off * 30_000)
    assert.ok(used.usedSteps.length <= 5)
  }
  for (let behind = 0; behind < 20; behind++)
    for (let off = 0; off < 20; off++)
      assert.equal(stepOfCode({ ...used, drift: -behind }, code(off), now + 19 * 30_000), undefined, `${off}, set back by ${behind}`)
  assert.equal(stepOfCode(used, code(20), now + 19 * 30_000), step + 20)
})

test('[item 5] a device whose clock is off is known by its last pair, both codes of which are good yet', () => {
  const off = 100
  const set = { ...device, ...afterPair(step + off, now) }
  using(set, [off, off - 1, off + 1])
  assert.equal(stepOfCode(set, code(off + 3), now), undefined)
  assert.equal(stepOfCode(set, code(off + 3), now + 30_000), step + off + 3)
  assert.equal(stepOfCode(set, code(0), now), undefined)
})

test('[item 5] a pair is two codes that follow each other, in order, from 998 steps before the time of the device to 1000 after', () => {
  const pair = (first: number, second: number, from = device) => stepOfPair(from, [code(first), code(second)], now)
  for (const second of [0, -5, 5, -998, 1000]) assert.equal(pair(second - 1, second), step + second)
  for (const [first, second] of [
    [0, -1],
    [0, 0],
    [-2, 0],
    [-1000, -999],
    [1000, 1001],
    [1439, 1440],
  ] as const) {
    assert.equal(pair(first, second), undefined, `${first} ${second}`)
  }
  const ahead = { ...device, ...afterPair(step + 600, now) }
  assert.equal(pair(1599, 1600, ahead), step + 1600, 'from where the device is, not from our own time')
  assert.equal(pair(1600, 1601, ahead), undefined)
})

test('[item 5] both codes of a pair are later than the last pair, and may be such as were used', () => {
  const pair = (second: number, from: CodeDevice) => stepOfPair(from, [code(second - 1), code(second)], now)
  const used = using(device, [-1, 0, 1])
  assert.equal(pair(0, used), step)
  const set = { ...used, ...afterPair(step, now) }
  for (const second of [-1, 0, 1]) assert.equal(pair(second, set), undefined, String(second))
  assert.equal(pair(2, set), step + 2)
  assert.equal(stepOfCode(set, code(0), now), undefined, 'the pair does not free its codes')
})
