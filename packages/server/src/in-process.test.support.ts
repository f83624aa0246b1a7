/** A server within a test, on a store in memory and a clock of the test's own, and AWS's SDK as its client. */
import { randomBytes, randomUUID } from 'node:crypto'
import { IAM } from '@aws-sdk/client-iam'
import { STS } from '@aws-sdk/client-sts'
import { AccountReader, AccountTransaction } from './pipeline/account-store.js'
import { Server } from './server.js'

export const accountId = '000000000000'
export const password = 'Root-password-1'

export interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** What IAM or STS has just given out. */
export const keyOf = (given: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string } | undefined): Key => ({
  accessKeyId: given!.AccessKeyId!,
  secretAccessKey: given!.SecretAccessKey!,
  ...(given!.SessionToken !== undefined && { sessionToken: given!.SessionToken }),
})

export const rootKey: Key = { accessKeyId: 'AKIAROOTKEYOFTHETEST', secretAccessKey: 'a-secret-that-is-good-enough-for-a-test0' }

/** As the SDK hands a request to whatever sends it. */
interface SdkRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export class InProcess {
  /** Epoch milliseconds. */
  now = Date.UTC(2026, 0, 1)
  randomBytes: (length: number) => Uint8Array = randomBytes

  private constructor(readonly server: Server) {}

  static async start(storeUrl = 'memory:'): Promise<InProcess> {
    let self: InProcess | undefined
    const server = await Server.open({
      storeUrl,
      masterKey: new Uint8Array(32).fill(7),
      accountId,
      defaultRegion: 'us-east-1',
      root: { ...rootKey, email: 'root@example.com', password },
      dev: false,
      auditRetention: 90 * 86_400_000,
      clock: () => self?.now ?? Date.UTC(2026, 0, 1),
      randomBytes: (length) => (self?.randomBytes ?? randomBytes)(length),
      uuid: () => randomUUID(),
      failed: (error) => {
        throw error
      },
    })
    self = new InProcess(server)
    return self
  }

  pass(milliseconds: number): void {
    this.now += milliseconds
  }

  iam(key: Key = rootKey): IAM {
    return new IAM(this.#settings(key))
  }

  sts(key: Key = rootKey): STS {
    return new STS(this.#settings(key))
  }

  #settings(credentials: Key) {
    const handler = { handle: async (request: unknown) => ({ response: await this.#answer(request as SdkRequest) }) }
    return {
      endpoint: 'http://localhost',
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
      systemClockOffset: this.now - Date.now(),
      requestHandler: handler as never,
    }
  }

  async #answer({ method, path, headers, body }: SdkRequest) {
    const request = {
      method,
      path,
      query: '',
      headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
      body: Buffer.from(body ?? ''),
    }
    const { status, headers: answered, body: bytes } = await this.server.answer(request, { sourceIp: '127.0.0.1', secure: false })
    return { statusCode: status, headers: answered, body: Buffer.from(bytes as Uint8Array) }
  }

  async reader(): Promise<AccountReader> {
    return new AccountReader(await this.server.store.readAt('latest'), accountId)
  }

  async transact<T>(work: (tx: AccountTransaction) => Promise<T>): Promise<T> {
    return (await this.server.store.transact((tx) => work(new AccountTransaction(tx, accountId)))).result
  }
}

/** The error that a call must end with, as `CODE MESSAGE`. */
export async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const { name, message, Code } = error as { readonly name: string; readonly message: string; readonly Code?: string }
    return `${Code ?? name} ${message}`
  }
  throw new Error('the call went through')
}
