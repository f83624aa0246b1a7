/**
 * Passwords, hashed with argon2id, in threads that begin with the first of them. A hash takes a core and 19 MiB for its time: one core is
 * left for everything else, which also goes first on those that it shares; and a crowd is turned away rather than kept waiting.
 */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { BoundedQueue } from './bounded-queue.js'
import type { HashingJob } from './hashing-thread.js'

/** OWASP's parameters: 19 MiB, two passes. */
const memoryKib = 19_456
const passes = 2

const hashing = new BoundedQueue({ atOnce: Math.max(1, availableParallelism() - 1), mostWaiting: 256 })

/** Hashes made and checked so far: what attempts cost, whoever makes them. */
export const hashesSoFar = (): number => hashing.started

/** A PHC string. `salt` is 16 random bytes. Throws `Throttling` when too many wait. */
export function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const options = { memoryCost: memoryKib, timeCost: passes, parallelism: 1, salt }
  return hashing.run(() => inThread<string>({ password, options }))
}

/** Whether the password is the one that was hashed. Throws `Throttling` when too many wait. */
export const matchesHash = (password: string, phc: string): Promise<boolean> =>
  hashing.run(async () => (await inThread<unknown>({ password, phc })) === true)

/** A thread costs 8 MB while it is there, and little to begin beside a hash. */
const endsAfterMilliseconds = 1_000

const idle: { readonly thread: Worker; readonly ending: NodeJS.Timeout }[] = []

/** Only what waits for a hash keeps the process alive. A thread that failed is not used again. */
async function inThread<T>(job: HashingJob): Promise<T> {
  const thread = takeIdle() ?? new Worker(new URL('./hashing-thread.js', import.meta.url))
  thread.ref()
  thread.postMessage(job)
  const [answer] = (await once(thread, 'message')) as [T]
  thread.unref()
  idle.push({ thread, ending: setTimeout(endOldest, endsAfterMilliseconds).unref() })
  return answer
}

/** The one that was idle for the shortest time, so that those that are too many come to their end. */
function takeIdle(): Worker | undefined {
  const last = idle.pop()
  clearTimeout(last?.ending)
  return last?.thread
}

/** The timers go off in the order that the threads became idle. */
const endOldest = (): void => void idle.shift()?.thread.terminate()
