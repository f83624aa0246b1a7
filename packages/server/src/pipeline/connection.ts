/** Where a request came from. */
import type { HttpRequest } from '@bailiwick/wire'

/** Where the bytes came from, as the listener knows it. */
export interface Origin {
  readonly sourceIp: string
  readonly secure: boolean
}

/** What conditions and audit events see of it. */
export interface Connection {
  readonly sourceIp: string
  readonly secure: boolean
  readonly userAgent?: string
  readonly referer?: string
}

/** What a request tells of the client beside where it came from: the first of each header. None of it is proven. */
export function connectionOf(request: HttpRequest, { sourceIp, secure }: Origin): Connection {
  const userAgent = request.headers.get('user-agent')?.[0]
  const referer = request.headers.get('referer')?.[0]
  return { sourceIp, secure, ...(userAgent !== undefined && { userAgent }), ...(referer !== undefined && { referer }) }
}

export const isSameConnection = (a: Connection, b: Connection): boolean =>
  a.sourceIp === b.sourceIp && a.secure === b.secure && a.userAgent === b.userAgent && a.referer === b.referer
