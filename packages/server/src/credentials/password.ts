/** Passwords, hashed with argon2id. The library is loaded when the first password is hashed. */

/** OWASP's parameters: 19 MiB, two passes. */
const memoryKib = 19_456
const passes = 2

/** A PHC string. `salt` is 16 random bytes. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const { hash } = await import('@node-rs/argon2')
  return hash(password, { memoryCost: memoryKib, timeCost: passes, parallelism: 1, salt })
}
