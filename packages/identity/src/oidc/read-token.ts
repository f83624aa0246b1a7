/** A JSON Web Token taken apart, with every check that needs no key. Nothing here is proven yet. */
import { isUtf8 } from 'node:buffer'
import { attemptNow, type Proof, refuse } from '../proof.js'
import { algorithms } from './algorithms.js'
import { type JsonObject, strictObject } from './strict-json.js'

export interface ReadToken {
  /** What is signed: the token up to its last dot. */
  readonly signed: string
  readonly signature: Uint8Array
  readonly alg: string
  readonly kid?: string
  /** Whom to ask for the keys: a claim of the token, to be compared with a registered provider and with nothing else. */
  readonly claimedIssuer: string
  /** As the token has them; only `proveToken` gives them out. */
  readonly payload: JsonObject
}

/** The largest that AssumeRoleWithWebIdentity takes, in characters. */
const maxTokenLength = 20_000
const compact = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/
/** AWS asks for them before anything of the issuer, the audience before the times (aws-sdk-ruby's issue 2698). */
const required = ['iss', 'aud', 'sub', 'exp', 'iat']
/** Ways of a token to bring its own key, or to change how it is to be read: RFC 7515 §4.1, RFC 7797. */
const refusedHeaders = ['jwk', 'jku', 'x5u', 'x5c', 'crit', 'b64', 'zip', 'enc']

export function readToken(text: string): Proof<ReadToken> {
  return attemptNow(() => {
    if (text.length > maxTokenLength) refuse('malformed', `the token is longer than ${maxTokenLength} characters`)
    const [, head, body, signature] = compact.exec(text) ?? refuse('malformed', 'the token is not three parts of base64url')
    const header = strictObject(decoded(head!), "the token's header")
    const payload = strictObject(decoded(body!), "the token's payload")
    const { alg, kid } = header
    const own = refusedHeaders.find((name) => Object.hasOwn(header, name))
    if (own !== undefined) refuse('malformed', `the token's header has \`${own}\``)
    if (typeof alg !== 'string' || !algorithms.has(alg)) return refuse('signature', 'the token is signed with no accepted algorithm')
    if (kid !== undefined && typeof kid !== 'string') return refuse('malformed', "the token's key id is not text")
    const missing = required.find((name) => !Object.hasOwn(payload, name))
    if (missing !== undefined) return refuse('missingClaim', missing)
    if (typeof payload.iss !== 'string') return refuse('claim', 'the token has no issuer')
    const signed = text.slice(0, text.length - signature!.length - 1)
    return { signed, signature: plainBytes(signature!), alg, kid, claimedIssuer: payload.iss, payload }
  })
}

/** Base64url in its one spelling. */
function plainBytes(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : refuse('malformed', 'the token is not plain base64url')
}

const decoded = (part: string): string => {
  const bytes = plainBytes(part)
  return isUtf8(bytes) ? bytes.toString('utf8') : refuse('malformed', 'the token is not UTF-8')
}
