/** From what a signature claims to the secret it must have been made with, and to the caller it then proves. */
import type { Memo, Reader } from '@bailiwick/store'
import { AuthenticationError, type Claim } from '@bailiwick/wire'
import { wholeServer } from '../accounts/account.js'
import { accessKeys } from '../credentials/access-key.js'
import type { SessionClaims, SessionTokens } from '../credentials/session-token.js'
import type { Credential, FindCredential } from '../pipeline/authenticate.js'
import type { Caller } from '../pipeline/caller.js'
import { isOpen, longTermCaller, sessionCaller } from './known-caller.js'

/** Everything that a long-term key says, kept until the key, its account, its user or a policy of theirs changes. */
interface KnownKey {
  readonly secret: string
  /** Absent when the key may not be used. */
  readonly caller?: Caller
}

const knownKey: Memo<KnownKey | undefined> = {
  name: 'credentials.known-key',
  async compute(reader, id) {
    const key = await reader.get(accessKeys, wholeServer, id)
    if (key === undefined) return undefined
    const usable = key.status === 'Active' && (await isOpen(reader, key.accountId))
    const caller = usable ? await longTermCaller(reader, key.accountId, key.ownerId, id) : undefined
    return { secret: key.secret, ...(caller !== undefined && { caller }) }
  },
}

/** Opened tokens that are kept: opening one costs more than all the rest of a request. */
const mostOpened = 5_000

export function credentialFinder(tokens: SessionTokens, clock: () => number): FindCredential {
  const opened = new Map<string, { readonly claims: SessionClaims; readonly id: string }>()

  const open = (token: string): { readonly claims: SessionClaims; readonly id: string } | undefined => {
    const kept = opened.get(token)
    if (kept !== undefined) return kept
    const claims = tokens.open(token)
    if (claims === undefined) return undefined
    const found = { claims, id: JSON.stringify(claims) }
    opened.set(token, found)
    if (opened.size > mostOpened) opened.delete(opened.keys().next().value!)
    return found
  }

  const sessionCredential = (reader: Reader, claim: Claim): Credential | undefined => {
    const found = open(claim.sessionToken!)
    if (found === undefined || found.claims.accessKeyId !== claim.accessKeyId) return undefined
    return {
      secretAccessKey: tokens.secretFor(claim.accessKeyId),
      async caller() {
        if (found.claims.expiresAt <= clock()) throw new AuthenticationError('ExpiredToken')
        return (await reader.memo(sessionCaller, found.id)) ?? refuse('InvalidToken')
      },
    }
  }

  return async (reader, claim) => {
    if (claim.sessionToken !== undefined) return sessionCredential(reader, claim)
    const known = await reader.memo(knownKey, claim.accessKeyId)
    return known && { secretAccessKey: known.secret, caller: async () => known.caller ?? refuse('UnknownKey') }
  }
}

const refuse = (failure: 'UnknownKey' | 'InvalidToken'): never => {
  throw new AuthenticationError(failure)
}
