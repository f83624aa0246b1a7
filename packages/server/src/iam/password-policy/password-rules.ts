/** What a new password must be like: AWS's own rules, or those of the account's policy (iam-behaviour §8). */
import type { CharacterKind, PasswordPolicyRecord } from '../records.js'

interface KindOfCharacter {
  readonly in: RegExp
  readonly sentence: string
}

/** Latin letters only, and the symbols that AWS counts. */
const kinds: Readonly<Record<CharacterKind, KindOfCharacter>> = {
  uppercase: { in: /[A-Z]/, sentence: 'Password should have at least one uppercase letter' },
  lowercase: { in: /[a-z]/, sentence: 'Password should have at least one lowercase letter' },
  number: { in: /[0-9]/, sentence: 'Password should have at least one number' },
  symbol: { in: /[!@#$%^&*()_+\-=[\]{}|']/, sentence: 'Password should have at least one symbol' },
}
const allKinds = Object.keys(kinds) as CharacterKind[]

/** Where an account has no policy. */
const usualLength = 8
const usualKinds = 3

/**
 * AWS's sentence for a password that is not good enough; undefined for one that is. `names` are the account's name, alias and e-mail address,
 * which the password must not be.
 */
export function passwordFault(
  password: string,
  policy: Pick<PasswordPolicyRecord, 'minimumLength' | 'requiredKinds'> | undefined,
  names: readonly string[],
): string | undefined {
  const missing = (policy?.requiredKinds ?? allKinds).filter((kind) => !kinds[kind].in.test(password)).map((kind) => kinds[kind].sentence)
  const least = policy?.minimumLength ?? usualLength
  const tooShort = [...password].length < least ? [`Password should have a minimum length of ${least}`] : []
  if (policy !== undefined) return sentence([...tooShort, ...missing])
  const more = usualKinds - (allKinds.length - missing.length)
  const tooFew = more > 0 ? [`Password should meet ${more} more of the following requirements: ${missing.join(', ')}`] : []
  const named = names.some((name) => name.toLowerCase() === password.toLowerCase())
  return sentence([...tooShort, ...tooFew, ...(named ? ["Password should not be the account's name or e-mail address"] : [])])
}

const sentence = (faults: readonly string[]): string | undefined => (faults.length === 0 ? undefined : faults.join(', '))
