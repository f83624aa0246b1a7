/** A browser without a screen, for tests: keeps cookies, follows nothing by itself, fills in the forms that it was shown. */
import type { HttpResponse } from '@bailiwick/wire'
import type { InProcess } from '../in-process.test.support.js'
import { signInPath } from './index.js'

export const here = 'http://localhost:4566'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: string
  readonly location?: string
  /** What the alert says. */
  readonly problem?: string
}

export class Browser {
  readonly cookies = new Map<string, string>()
  last: Answer | undefined

  constructor(
    private readonly world: InProcess,
    readonly sourceIp = '192.0.2.1',
    private readonly secure = false,
  ) {}

  get(target: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('GET', target, '', headers)
  }

  /** Sends the form that the last page showed, with these fields. */
  submit(action: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.post(action, { csrf: this.csrf, ...fields }, headers)
  }

  post(target: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.send('POST', target, new URLSearchParams(fields).toString(), { ...type, ...headers })
  }

  /** The mark of the form on the last page. */
  get csrf(): string {
    return /name="csrf" value="([^"]+)"/.exec(this.last?.body ?? '')?.[1] ?? ''
  }

  async send(method: string, target: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const [path = '', ...query] = target.split('?')
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = { host: 'localhost:4566', ...(cookie !== '' && { cookie }), ...headers }
    const request = {
      method,
      path,
      query: query.join('?'),
      headers: new Map(Object.entries(sent).map(([name, value]) => [name, [value]])),
      body: Buffer.from(body),
    }
    const response = await signInPath(request, { sourceIp: this.sourceIp, secure: this.secure }, this.world.server.signIn)
    if (response === undefined) throw new Error(`${target} is no path of sign-in`)
    return (this.last = this.#keep(response))
  }

  #keep({ status, headers, cookies = [], body }: HttpResponse): Answer {
    for (const line of cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (/Max-Age=0\b/.test(line)) this.cookies.delete(name!)
      else this.cookies.set(name!, value!)
    }
    const text = String(body)
    const problem = /<strong>There is a problem\.<\/strong> ([^<]*)/.exec(text)?.[1]
    const { location } = headers
    return { status, headers, cookies, body: text, ...(location !== undefined && { location }), ...(problem !== undefined && { problem }) }
  }

  /** From the first page to whatever follows a right password. */
  async signIn(username: string, password: string, account = '000000000000', more: Readonly<Record<string, string>> = {}): Promise<Answer> {
    await this.get('/signin')
    return this.submit('/signin', { as: 'user', account, username, password, ...more })
  }

  async signInRoot(email: string, password: string): Promise<Answer> {
    await this.get('/signin?as=root')
    return this.submit('/signin', { as: 'root', email, password })
  }

  /** The credentials that the console of the signed-in session would use. */
  async credentials(): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string }> {
    const { csrfToken } = JSON.parse((await this.get('/signin/session')).body)
    const { body } = await this.post('/signin/credentials', {}, { 'x-csrf-token': csrfToken })
    const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(body)
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
  }
}
