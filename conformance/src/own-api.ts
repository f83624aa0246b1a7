/** Bailiwick's own signed API, as a program would call it. */
import { signedRequest } from './bad-input.support.js'
import type { Key } from './clients.js'

export interface Answered {
  readonly status: number
  /** `CODE: MESSAGE` of a refusal. */
  readonly error: string
  readonly body: Record<string, never>
}

export interface OwnCall {
  readonly endpoint: string
  readonly key: Key
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly input?: object | undefined
}

export const accountsPath = '/_bailiwick/v1/accounts'

export async function callOwnApi({ endpoint, key, method, target, input }: OwnCall): Promise<Answered> {
  const body = input === undefined ? '' : JSON.stringify(input)
  const json = [['content-type', 'application/json'] as const]
  const { headers } = await signedRequest({ key, endpoint, body, method, target, service: 'bailiwick', headers: json })
  const sent = headers.filter(([name]) => name !== 'host') as [string, string][]
  const response = await fetch(`${endpoint}${target}`, { method, headers: sent, ...(body !== '' && { body }) })
  const answer = JSON.parse(await response.text())
  const code = response.headers.get('x-amzn-errortype') ?? answer.__type ?? ''
  return { status: response.status, error: response.ok ? '' : `${code}: ${answer.message}`, body: answer }
}
