/**
 * Passwords, hashed with argon2id. The library is loaded when the first password is hashed. A hash takes a core and 19 MiB for its time:
 * one core is left for everything else, and a crowd is turned away rather than kept waiting.
 */
import { availableParallelism } from 'node:os'
import { BoundedQueue } from './bounded-queue.js'

/** OWASP's parameters: 19 MiB, two passes. */
const memoryKib = 19_456
const passes = 2

const hashing = new BoundedQueue({ atOnce: Math.max(1, availableParallelism() - 1), mostWaiting: 256 })

/** Hashes made and checked so far: what attempts cost, whoever makes them. */
export const hashesSoFar = (): number => hashing.started

/** A PHC string. `salt` is 16 random bytes. Throws `Throttling` when too many wait. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return hashing.run(() => hash(password, { memoryCost: memoryKib, timeCost: passes, parallelism: 1, salt }))
}

/** Whether the password is the one that was hashed. Throws `Throttling` when too many wait. */
export async function matchesHash(password: string, phc: string): Promise<boolean> {
  const { verify } = await import('@node-rs/argon2')
  return hashing.run(() => verify(phc, password))
}
