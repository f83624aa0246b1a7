/** Time-based one-time passwords (RFC 6238) as every authenticator app makes them: SHA-1, thirty seconds, six digits. */
import { createHmac, timingSafeEqual } from 'node:crypto'

/** What is known of a device that makes codes. A step is thirty seconds of Unix time. */
export interface CodeDevice {
  readonly seed: Uint8Array
  /** How many steps the device's clock was ahead of ours when it last gave a code. */
  readonly drift: number
  /** The step of the last code that was taken: no code of it or of an earlier one is taken again. */
  readonly lastStep: number
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

/** The device's own time may be off by a step each way since it was last heard of. */
const usualWindow = 1

/** The step that the code belongs to, and undefined for a code that is wrong, out of time, or was used before. */
export function stepOfCode(device: CodeDevice, code: string, now: number): number | undefined {
  const middle = stepAt(now) + device.drift
  return steps(middle, usualWindow).find((step) => step > device.lastStep && isCode(device.seed, step, code))
}

/** The step of the second of two codes that follow each other, within `window` steps of our own time; undefined when they are no such codes. */
export function stepOfPair(device: CodeDevice, codes: readonly [string, string], now: number, window: number): number | undefined {
  return steps(stepAt(now), window).find(
    (step) => step - 1 > device.lastStep && isCode(device.seed, step, codes[1]) && isCode(device.seed, step - 1, codes[0]),
  )
}

/** The device as it is known once a code of that step was taken. */
export const afterStep = (step: number, now: number): Pick<CodeDevice, 'drift' | 'lastStep'> => ({
  drift: step - stepAt(now),
  lastStep: step,
})

/** The middle first, then outwards. */
function steps(middle: number, window: number): number[] {
  const found = [middle]
  for (let off = 1; off <= window; off++) found.push(middle - off, middle + off)
  return found.filter((step) => step >= 0)
}

function isCode(seed: Uint8Array, step: number, code: string): boolean {
  const [right, given] = [Buffer.from(codeAt(seed, step)), Buffer.from(code)]
  return given.length === right.length && timingSafeEqual(given, right)
}
