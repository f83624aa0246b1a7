/** From a signed request to a Caller. Every refusal is an `AuthenticationError`; nothing here allows anything. */

import type { Reader } from '@bailiwick/store'
import { AuthenticationError, type Claim, type HttpRequest, readClaim } from '@bailiwick/wire'
import { type HmacKey, hashForMessage, type SigningKeys, signatureMatches } from '@bailiwick/wire/node'
import type { Caller } from './caller.js'
import type { Surroundings } from './surroundings.js'

/** What the store knows of an access key: the secret to check with, and who it speaks for once that is done. */
export interface Credential {
  readonly secretAccessKey: string
  /** Throws `AuthenticationError` when the key may not be used: inactive, expired, or its principal is gone. Runs after the signature was found right. */
  readonly caller: (claim: Claim) => Promise<Caller>
}

/** Finds a credential by what a request claims; undefined when there is none. */
export type FindCredential = (reader: Reader, claim: Claim) => Promise<Credential | undefined>

export interface Authenticator {
  readonly findCredential: FindCredential
  readonly signingKeys: SigningKeys
  readonly surroundings: Pick<Surroundings, 'clock' | 'regions'>
  /** Stands in for the key of an unknown access key id, so that a stranger cannot tell by the time it takes. */
  readonly nobodysKey: string
}

/**
 * Checks the claim, then the signature, then the credential, in AWS's order (iam-behaviour §2). `service` is what the scope must name.
 * An unknown key goes the same way as a wrong signature and costs the same.
 */
export async function authenticate(
  request: HttpRequest,
  service: string | undefined,
  reader: Reader,
  { findCredential, signingKeys, surroundings, nobodysKey }: Authenticator,
): Promise<{ caller: Caller; claim: Claim }> {
  const claim = readClaim(request, {
    now: surroundings.clock(),
    isRegion: (region) => (surroundings.regions === undefined ? regionName.test(region) : surroundings.regions.has(region)),
    hash: hashForMessage,
    ...(service !== undefined && { service }),
  })
  const credential = await findCredential(reader, claim)
  // Nobody's key is derived once like anybody else's: a made-up id must not cost more, nor push out the keys that are in use.
  const key: HmacKey =
    credential === undefined
      ? signingKeys.keyFor({ ...claim, accessKeyId: '' }, nobodysKey)
      : signingKeys.keyFor(claim, credential.secretAccessKey)
  const matches = signatureMatches(request, claim, key)
  if (credential === undefined) return unknown(claim)
  if (!matches) throw new AuthenticationError('SignatureDoesNotMatch')
  return { caller: await credential.caller(claim), claim }
}

/**
 * Who it is on a later state of the store, once the signature was found right: what was taken away meanwhile is gone. Throws
 * `AuthenticationError` when the credential may not be used any more.
 */
export async function authenticateAgain(claim: Claim, reader: Reader, { findCredential }: Authenticator): Promise<Caller> {
  const credential = await findCredential(reader, claim)
  return credential === undefined ? unknown(claim) : credential.caller(claim)
}

const unknown = ({ sessionToken }: Claim): never => {
  throw new AuthenticationError(sessionToken === undefined ? 'UnknownKey' : 'InvalidToken')
}

/** Where the operator names no regions, any name is one. */
const regionName = /^[A-Za-z0-9-]{1,63}$/
