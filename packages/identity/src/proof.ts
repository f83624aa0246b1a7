/** What a proof comes to: what is proven, or why nothing is. Nobody gets a claim of which the proof failed. */

/** Why something is not proven. The server words each in the API's terms. */
export type Reason =
  /** It cannot be read, or holds what no honest sender puts there. */
  | 'malformed'
  | 'signature'
  /** Signed with a key that is not among those known: it may have been made since they were read. */
  | 'unknownKey'
  | 'issuer'
  | 'audience'
  | 'recipient'
  | 'expired'
  | 'notYet'
  /** The identity provider says itself that it has authenticated nobody. */
  | 'rejected'
  /** A claim or attribute that must be there is missing or not well-formed. */
  | 'claim'
  /** A claim that every token has is not there: the detail is its name. */
  | 'missingClaim'
  /** It is there and says nothing: the detail is its name. */
  | 'emptyClaim'
  /** A claim that is a time is none. */
  | 'timestamp'
  /** The detail is the time, in epoch seconds. */
  | 'issuedLater'
  /** It is for several, and does not say to which of them it was issued. */
  | 'severalAudiences'
  /** Tags for the session are not of the form that claims have them in. */
  | 'tags'
  /** Nor are the roles that it is good for. */
  | 'roles'
  /** It is not in the encoding that it is sent in. */
  | 'encoding'
  /** What must carry a signature of its own carries none. */
  | 'unsigned'

export interface Refusal {
  readonly reason: Reason
  /** One sentence for people, lower case at its start. Quotes nothing longer than a name. */
  readonly detail: string
}

export type Proof<T> = { readonly proven: T; readonly refused?: undefined } | { readonly refused: Refusal; readonly proven?: undefined }

/** Ends a proof from anywhere inside it. */
export class Refused extends Error {
  override readonly name = 'Refused'
  constructor(
    readonly reason: Reason,
    readonly detail: string,
  ) {
    super(detail)
  }
}

export const refuse = (reason: Reason, detail: string): never => {
  throw new Refused(reason, detail)
}

/** Runs a proof. What it did not foresee, in a library or in itself, proves nothing either. */
export async function attempt<T>(prove: () => T | Promise<T>): Promise<Proof<T>> {
  try {
    return { proven: await prove() }
  } catch (error) {
    return { refused: refusalOf(error) }
  }
}

export function attemptNow<T>(prove: () => T): Proof<T> {
  try {
    return { proven: prove() }
  } catch (error) {
    return { refused: refusalOf(error) }
  }
}

const refusalOf = (error: unknown): Refusal =>
  error instanceof Refused ? { reason: error.reason, detail: error.detail } : { reason: 'malformed', detail: 'it cannot be read' }
