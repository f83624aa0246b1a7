/** One request of a browser: its form, its cookies, and who is signed in with it. */
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import { type Connection, connectionOf, type Origin } from '../pipeline/connection.js'
import type { SignInParts } from './parts.js'
import { type OpenSession, openSession } from './session.js'

/** A browser as we know it again: nothing but a name, and who has signed in with it. */
export interface Browser {
  readonly id: string
  /** Marks of what owners have shown with it, the newest last. */
  readonly known: readonly string[]
}

export interface Visit {
  readonly parts: SignInParts
  readonly request: HttpRequest
  readonly now: number
  readonly query: URLSearchParams
  /** What a form sent; empty for anything else. */
  readonly form: URLSearchParams
  readonly connection: Connection
  readonly browser: Browser
  readonly session?: OpenSession
  /** What every form of ours has to bring. */
  readonly csrf: string
  /** `__Host-` where the connection is secure: then no other host can set the cookie. */
  readonly cookie: (name: CookieName) => string | undefined
  /** Sets a cookie with the answer, for as many seconds; without a value it is taken away. */
  readonly setCookie: (name: CookieName, value?: string, seconds?: number) => void
  readonly cookiesSet: string[]
}

export type Handler = (visit: Visit) => Promise<HttpResponse> | HttpResponse

export type CookieName = 'session' | 'browser' | 'signing-in' | 'key'

export const browserSeconds = 365 * 86_400

export async function visitOf(parts: SignInParts, request: HttpRequest, origin: Origin): Promise<Visit> {
  const now = parts.surroundings.clock()
  const connection = connectionOf(request, origin)
  const secure = origin.secure || parts.surroundings.federation.publicUrl().startsWith('https:')
  const named = (name: CookieName): string => `${secure ? '__Host-' : ''}bailiwick-${name}`
  const sent = cookiesOf(request)
  const cookie = (name: CookieName): string | undefined => sent.get(named(name))
  const cookiesSet: string[] = []
  const setCookie = (name: CookieName, value = '', seconds = 0): void => {
    cookiesSet.push(`${named(name)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`)
  }
  const session = await openSession(parts, cookie('session'), now)
  const before = parts.sealer.open<Browser>('browser', cookie('browser'), now)
  const browser = before ?? { id: Buffer.from(parts.surroundings.randomBytes(16)).toString('base64url'), known: [] }
  if (before === undefined) setCookie('browser', parts.sealer.seal('browser', browser, now + browserSeconds * 1000), browserSeconds)
  return {
    parts,
    request,
    now,
    query: new URLSearchParams(request.query),
    form: formOf(request),
    connection,
    browser,
    ...(session && { session }),
    // Who planted a browser's name must not know the mark of the session that is opened later.
    csrf: parts.sealer.mark('form', session === undefined ? `browser ${browser.id}` : `session ${session.record.id}`),
    cookie,
    setCookie,
    cookiesSet,
  }
}

/**
 * What an owner has shown with a browser. Whoever had the password could gather browsers, and try with each what is new since: so it counts
 * for that very password, and for MFA only once MFA was used.
 */
export const passwordShown = (owner: string, passwordMark: string): string => `password ${passwordMark} ${owner}`
export const mfaShown = (owner: string): string => `mfa ${owner}`

const mostKnown = 20

/** Keeps the browser for who has signed in with it. */
export function rememberBrowser({ parts, browser, now, setCookie }: Visit, shown: readonly string[]): void {
  const marks = shown.map((each) => knownMark(parts, each))
  const known = [...browser.known.filter((other) => !marks.includes(other)), ...marks].slice(-mostKnown)
  setCookie('browser', parts.sealer.seal('browser', { ...browser, known }, now + browserSeconds * 1000), browserSeconds)
}

export const isKnownBrowser = ({ parts, browser }: Visit, shown: string): boolean => browser.known.includes(knownMark(parts, shown))

const knownMark = ({ sealer }: SignInParts, shown: string): string => sealer.mark('owner', shown).slice(0, 16)

const maxFields = 40

function formOf({ method, headers, body }: HttpRequest): URLSearchParams {
  const type = headers.get('content-type')?.[0] ?? ''
  if (method !== 'POST' || !/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return new URLSearchParams()
  const text = Buffer.from(body).toString('utf8')
  return new URLSearchParams(text.split('&', maxFields).join('&'))
}

function cookiesOf({ headers }: HttpRequest): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const pair of (headers.get('cookie') ?? []).join('; ').split(';')) {
    const mark = pair.indexOf('=')
    const name = pair.slice(0, mark).trim()
    // Of two of a name the first counts, as browsers send the closer one first.
    if (mark > 0 && !found.has(name)) found.set(name, pair.slice(mark + 1).trim())
  }
  return found
}

/** Origins that are this server's: where it is found, and where this request found it. */
export function ownOrigins({ parts, request, connection }: Pick<Visit, 'parts' | 'request' | 'connection'>): readonly string[] {
  const publicOrigin = new URL(parts.surroundings.federation.publicUrl()).origin
  return [publicOrigin, `${connection.secure ? 'https' : 'http'}://${request.headers.get('host')?.[0] ?? ''}`]
}

export const homePath = '/signin/home'

/** A place of this server as path, query and fragment; undefined for every other place, so that nobody is led away from here. */
export function placeHere(visit: Pick<Visit, 'parts' | 'request' | 'connection'>, text: string | undefined | null): string | undefined {
  if (!text || text.length > 2048 || !/^(?:\/(?!\/)|https?:\/\/)/.test(text) || /[\s\\\u0000-\u001f]/.test(text)) return undefined
  const base = visit.parts.surroundings.federation.publicUrl()
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined
  if (url === undefined || !ownOrigins(visit).includes(url.origin) || url.username !== '' || url.pathname.startsWith('//')) return undefined
  return `${url.pathname}${url.search}${url.hash}`
}
