/** Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, thirty seconds, six digits. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What is known of a device that makes codes. A step is thirty seconds of Unix time. */
export interface CodeDevice {
  readonly seed: Uint8Array
  /** How many steps the device's clock was ahead of ours when it was last set right with a pair of codes. */
  readonly drift: number
  /** The step of the second code of that pair: the next pair is of later steps. */
  readonly lastStep: number
  /** The steps of the latest codes that were used, each for itself: those of a pair are not among them. */
  readonly usedSteps: readonly number[]
}

const stepMilliseconds = 30_000
const digits = 6

/** `at` is epoch milliseconds. */
export const stepAt = (at: number): number => Math.floor(at / stepMilliseconds)

export function codeAt(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', seed).update(counter).digest()
  const number = mac.readUInt32BE(mac[19]! & 15) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** How many steps each way the device's own time may be off since it was last set right, as AWS was recorded to take it. */
const usualWindow = 2
/** How far off the second code of a pair may be, in steps before and after the time of the device. */
const pairWindow = { before: 998, after: 1000 } as const

/** The step that the code belongs to, and undefined for a code that is wrong, out of time, or was used before. */
export function stepOfCode(device: CodeDevice, code: string, now: number): number | undefined {
  const earliest = earliestUnknown(device.usedSteps)
  return steps(stepAt(now) + device.drift, { before: usualWindow, after: usualWindow }).find(
    (step) => step >= earliest && !device.usedSteps.includes(step) && isCode(device.seed, step, code),
  )
}

/** The step of the second of two codes that follow each other, both later than the last pair; undefined when they are no such codes. */
export function stepOfPair({ seed, drift, lastStep }: CodeDevice, codes: readonly [string, string], now: number): number | undefined {
  return steps(stepAt(now) + drift, pairWindow).find(
    (step) => step - 1 > lastStep && isCode(seed, step, codes[1]) && isCode(seed, step - 1, codes[0]),
  )
}

/** The device as it is known once a code of that step was used. Its window stays where it is. */
export function afterCode({ usedSteps }: CodeDevice, step: number): Pick<CodeDevice, 'usedSteps'> {
  const all = [...usedSteps, step]
  const earliest = earliestUnknown(all)
  return { usedSteps: all.filter((used) => used >= earliest) }
}

/** Invariant: every earlier step was out of time when the latest code was used, and stays so even if the clock is set back. */
const earliestUnknown = (usedSteps: readonly number[]): number => Math.max(...usedSteps) - 2 * usualWindow

/** The device as it is known once a pair was taken that ends with that step. */
export const afterPair = (step: number, now: number): Pick<CodeDevice, 'drift' | 'lastStep'> => ({
  drift: step - stepAt(now),
  lastStep: step,
})

/** The middle first, then outwards. */
function steps(middle: number, { before, after }: { readonly before: number; readonly after: number }): number[] {
  const found = [middle]
  for (let off = 1; off <= Math.max(before, after); off++) {
    if (off <= before) found.push(middle - off)
    if (off <= after) found.push(middle + off)
  }
  return found.filter((step) => step >= 0)
}

function isCode(seed: Uint8Array, step: number, code: string): boolean {
  const [right, given] = [Buffer.from(codeAt(seed, step)), Buffer.from(code)]
  return given.length === right.length && timingSafeEqual(given, right)
}
