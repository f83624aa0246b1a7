/** Errors that are part of the answer: what the caller did wrong, in AWS's code and wording. */

/** Codes that any operation may answer with, besides those that its model declares. Their status is the same for all services of a family. */
const commonErrors = {
  AccessDenied: { query: ['AccessDenied', 403], json: ['AccessDeniedException', 400], rest: ['AccessDeniedException', 403] },
  ValidationError: { query: ['ValidationError', 400], json: ['ValidationException', 400], rest: ['ValidationException', 400] },
  InvalidParameterValue: { query: ['InvalidParameterValue', 400], json: ['ValidationException', 400], rest: ['ValidationException', 400] },
  InvalidClientTokenId: {
    query: ['InvalidClientTokenId', 403],
    json: ['UnrecognizedClientException', 400],
    rest: ['UnrecognizedClientException', 403],
  },
  Throttling: { query: ['Throttling', 400], json: ['ThrottlingException', 400], rest: ['ThrottlingException', 429] },
  NotImplemented: { query: ['NotImplemented', 501], json: ['NotImplementedException', 501], rest: ['NotImplementedException', 501] },
  ServiceFailure: { query: ['ServiceFailure', 500], json: ['InternalFailure', 500], rest: ['InternalServerException', 500] },
  ServiceUnavailable: {
    query: ['ServiceUnavailable', 503],
    json: ['ServiceUnavailableException', 503],
    rest: ['ServiceUnavailableException', 503],
  },
} as const

export type CommonErrorCode = keyof typeof commonErrors
export type ErrorFamily = 'query' | 'json' | 'rest'

const common = new Map<string, Readonly<Record<ErrorFamily, readonly [code: string, status: number]>>>(Object.entries(commonErrors))

/** Code and status of a common error in a protocol family; undefined for a code that a model must know. */
export function commonError(code: string, family: ErrorFamily): { readonly code: string; readonly status: number } | undefined {
  const found = common.get(code)?.[family]
  return found && { code: found[0], status: found[1] }
}

/** Ends a call. `code` is a wire code of the operation's model, or one of the common ones. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(
    readonly code: string,
    message: string,
    /** Set where neither a model nor the table of common errors knows the code. */
    readonly status?: number,
  ) {
    super(message)
  }
}

export const fail = (code: string, message: string): never => {
  throw new ApiError(code, message)
}
