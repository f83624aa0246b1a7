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
    const subject = subjectOf(payload)
    return { issuer, subject, audience, audiences: listed, claims: payload, expiresAt, ...sessionAttributes(payload) }
  })
}

function checkSignature({ signed, signature, alg }: ReadToken, { publicKey, saysUseTwice }: SigningKey): void {
  if (saysUseTwice) refuse('signature', "the issuer's key says twice what it is for")
  if (!isSignedWith(algorithms.get(alg)!, publicKey, signed, signature)) refuse('signature', "the token's signature is not right")
}

/** Answers when the token ends, in epoch seconds. What it tells as the time of now is that of the clock that would just do, as AWS has it. */
function checkTimes(payload: JsonObject, now: number): number {
  const [exp, iat] = [timeOf(payload.exp), timeOf(payload.iat)]
  const nbf = payload.nbf === undefined ? iat : timeOf(payload.nbf)
  const [earliest, latest] = [now - skewSeconds, now + skewSeconds]
  if (exp <= earliest) refuse('expired', `current date/time ${earliest} must be before the expiration date/time ${exp}`)
  if (iat > latest) refuse('issuedLater', String(iat))
  if (nbf > latest) refuse('notYet', `current date/time ${latest} must be after or equal to the not-before date/time ${nbf}`)
  return exp
}

/** Whole seconds that a date can hold, as a number or in digits. */
function timeOf(value: unknown): number {
  const seconds = typeof value === 'string' && /^\d{1,11}$/.test(value) ? Number(value) : value
  const isTime = typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0 && seconds < 1e11
  return isTime ? seconds : refuse('timestamp', 'the token must say its times in whole seconds')
}

/** AWS takes an empty one, and a number. */
const subjectOf = ({ sub }: JsonObject): string =>
  typeof sub === 'string' || typeof sub === 'number' ? String(sub) : refuse('claim', 'the token has no subject')

function audienceOf({ aud, azp }: JsonObject, registered: readonly string[]): Pick<WebIdentity, 'audience' | 'audiences'> {
  const listed = typeof aud === 'string' ? [aud] : aud
  if (!Array.isArray(listed) || !listed.every((each): each is string => typeof each === 'string'))
    return refuse('claim', "the token's audience is not text")
  if (listed.length === 0) return refuse('emptyClaim', 'aud')
  if (azp !== undefined && typeof azp !== 'string') return refuse('claim', "the token's authorized party is not text")
  if (azp === undefined && listed.length > 1) return refuse('severalAudiences', 'the token is for several audiences')
  const audience = azp ?? listed[0]!
  if (audience === '' || !registered.includes(audience)) return refuse('audience', 'the token is for another audience')
  return { audience, audiences: listed }
}
