/** Proves a web identity: the token's signature with a key of its issuer, and then its claims. */
import { attemptNow, type Proof, refuse } from '../proof.js'
import { algorithms, isSignedWith } from './algorithms.js'
import { type KeySet, keyFor, type SigningKey } from './key-set.js'
import type { ReadToken } from './read-token.js'
import { type SessionAttributes, sessionAttributes } from './session-attributes.js'
import type { JsonObject } from './strict-json.js'

export interface TokenRules {
  readonly keys: KeySet
  /** The registered provider's URL, compared letter by letter. */
  readonly issuer: string
  /** Client ids registered for the provider: one of them must be who the token is for. */
  readonly audiences: readonly string[]
  /** Epoch milliseconds. */
  readonly now: number
}

export interface WebIdentity extends SessionAttributes {
  readonly issuer: string
  readonly subject: string
  /** Who the token was issued to: `azp`, or `aud` where there is none. */
  readonly audience: string
  /** `aud`. */
  readonly audiences: readonly string[]
  readonly claims: JsonObject
  /** Epoch milliseconds. */
  readonly expiresAt: number
}

/** AWS goes five minutes beyond a token's times, for clocks that differ. */
const skewSeconds = 300

/**
 * `unknownKey` may mean that the issuer has new keys since `keys` was read. The claims are looked at only once the signature was found
 * right.
 */
export function proveToken(token: ReadToken, { keys, issuer, audiences, now }: TokenRules): Proof<WebIdentity> {
  return attemptNow(() => {
    if (token.claimedIssuer !== issuer) refuse('issuer', 'the token is of another issuer')
    checkSignature(token, keyFor(keys, token.alg, token.kid))
    const { payload } = token
    const expiresAt = checkTimes(payload, Math.floor(now / 1000)) * 1000
    const { audience, audiences: listed } = audienceOf(payload, audiences)
    const { sub } = payload
    if (typeof sub !== 'string' || sub === '') return refuse('claim', 'the token has no subject')
    const { tags, transitiveTagKeys, sourceIdentity } = sessionAttributes(payload)
    return { issuer, subject: sub, audience, audiences: listed, claims: payload, expiresAt, tags, transitiveTagKeys, sourceIdentity }
  })
}

function checkSignature({ signed, signature, alg }: ReadToken, { publicKey }: SigningKey): void {
  if (!isSignedWith(algorithms.get(alg)!, publicKey, signed, signature)) refuse('signature', "the token's signature is not right")
}

/** Answers when the token ends, in epoch seconds. */
function checkTimes({ exp, iat, nbf }: JsonObject, now: number): number {
  if (!isTime(exp) || !isTime(iat)) return refuse('claim', 'the token must say when it was issued and when it ends')
  if (nbf !== undefined && !isTime(nbf)) return refuse('claim', 'the token must say in seconds when it begins')
  if (exp + skewSeconds <= now) refuse('expired', `current date/time ${now} must be before the expiration date/time ${Math.floor(exp)}`)
  if (iat - skewSeconds > now || (nbf ?? iat) - skewSeconds > now) refuse('notYet', 'the token is not valid yet')
  return exp
}

/** Seconds that a date can hold. */
const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value < 1e11

function audienceOf({ aud, azp }: JsonObject, registered: readonly string[]): Pick<WebIdentity, 'audience' | 'audiences'> {
  const listed = typeof aud === 'string' ? [aud] : aud
  if (!Array.isArray(listed) || listed.length === 0 || !listed.every((each): each is string => typeof each === 'string' && each !== ''))
    return refuse('claim', 'the token has no audience')
  if (azp !== undefined && typeof azp !== 'string') return refuse('claim', "the token's authorized party is not text")
  const audience = azp ?? listed.find((each) => registered.includes(each))
  if (audience === undefined || !registered.includes(audience)) return refuse('audience', 'the token is for another audience')
  return { audience, audiences: listed }
}
