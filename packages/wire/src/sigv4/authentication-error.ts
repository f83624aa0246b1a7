/** Why a caller is not known: the refusals of authentication, in AWS's codes, which differ between the protocol families. */

/** The family decides code and status; the message is the same. */
export type ProtocolFamily = 'query' | 'json'

export type AuthenticationFailure =
  | 'MissingAuthenticationToken'
  | 'BothHeaderAndQuery'
  | 'IncompleteSignature'
  | 'SignatureDoesNotMatch'
  | 'UnknownKey'
  | 'InvalidToken'
  | 'ExpiredToken'

interface Refusal {
  readonly code: string
  readonly status: number
}

/** iam-behaviour §2: one row a failure, one column a protocol family. */
const refusals: Readonly<Record<AuthenticationFailure, Readonly<Record<ProtocolFamily, Refusal>>>> = {
  MissingAuthenticationToken: {
    query: { code: 'MissingAuthenticationToken', status: 403 },
    json: { code: 'MissingAuthenticationTokenException', status: 400 },
  },
  BothHeaderAndQuery: {
    query: { code: 'SignatureDoesNotMatch', status: 403 },
    json: { code: 'InvalidSignatureException', status: 400 },
  },
  IncompleteSignature: {
    query: { code: 'IncompleteSignature', status: 400 },
    json: { code: 'IncompleteSignatureException', status: 400 },
  },
  SignatureDoesNotMatch: {
    query: { code: 'SignatureDoesNotMatch', status: 403 },
    json: { code: 'InvalidSignatureException', status: 400 },
  },
  UnknownKey: {
    query: { code: 'InvalidClientTokenId', status: 403 },
    json: { code: 'UnrecognizedClientException', status: 400 },
  },
  InvalidToken: {
    query: { code: 'InvalidClientTokenId', status: 403 },
    json: { code: 'UnrecognizedClientException', status: 400 },
  },
  ExpiredToken: {
    query: { code: 'ExpiredToken', status: 403 },
    json: { code: 'ExpiredTokenException', status: 400 },
  },
}

const wrongSignature =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** The sentences that carry no detail of the request. */
const sentences: Partial<Record<AuthenticationFailure, string>> = {
  MissingAuthenticationToken: 'Request is missing Authentication Token',
  BothHeaderAndQuery: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  SignatureDoesNotMatch: wrongSignature,
  UnknownKey: 'The security token included in the request is invalid.',
  InvalidToken: 'The security token included in the request is invalid',
  ExpiredToken: 'The security token included in the request is expired',
}

export class AuthenticationError extends Error {
  override readonly name = 'AuthenticationError'
  constructor(
    readonly failure: AuthenticationFailure,
    message: string = sentences[failure] ?? failure,
  ) {
    super(message)
  }

  /** Code and HTTP status for a protocol family. */
  as(family: ProtocolFamily): Refusal {
    return refusals[this.failure][family]
  }
}
