/** What the tests of IAM and STS start from: one server a file, its root user, and users, roles and accounts made in a line. */
import { after, before } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import { STS } from '@aws-sdk/client-sts'
import { type Key, keyOf } from './clients.js'
import { bailiwick, freshFolder, type RunningServer, removeFolder, startServer } from './running-server.js'

/** The first account of a server. */
export const account = '000000000000'

export interface Scene {
  readonly server: () => RunningServer
  /** Ends the server and starts it again on the same data. Clients made before are of no more use. `between` runs while it is away. */
  readonly restart: (between?: () => Promise<void>) => Promise<void>
  /** As the root user when no key is given. */
  readonly iam: (key?: Key) => IAM
  readonly sts: (key?: Key) => STS
  /** A user with a key, and with an inline policy when statements are given. */
  readonly newUser: (name: string, ...statements: readonly object[]) => Promise<Key>
  /** Another account's id and root key. */
  readonly newAccount: (name: string) => Promise<{ readonly id: string; readonly root: Key }>
  readonly assume: (caller: Key, roleArn: string, more?: object) => Promise<Key>
}

/**
 * Starts a server before the tests of a file and ends it after them. What else a file's tests start from is made by `prepare`: hooks of a
 * file do not wait for each other.
 */
export function useServer(prepare: () => Promise<void> = async () => {}, flags: readonly string[] = []): Scene {
  let server: RunningServer
  const dataDir = freshFolder()
  before(async () => {
    server = await startServer({ dataDir, flags })
    await prepare()
  })
  after(async () => {
    await server.stop()
    removeFolder(dataDir)
  })
  const settings = (key: Key = server.rootKey) => ({ endpoint: server.endpoint, region: 'us-east-1', credentials: key, maxAttempts: 1 })
  const iam = (key?: Key): IAM => new IAM(settings(key))
  const sts = (key?: Key): STS => new STS(settings(key))
  return {
    server: () => server,
    async restart(between = async () => {}) {
      await server.stop()
      await between()
      server = await startServer({ dataDir, flags })
    },
    iam,
    sts,
    async newUser(name, ...statements) {
      const root = iam()
      await root.createUser({ UserName: name })
      if (statements.length > 0) await root.putUserPolicy({ UserName: name, PolicyName: 'own', PolicyDocument: policy(...statements) })
      return keyOf((await root.createAccessKey({ UserName: name })).AccessKey)
    },
    async newAccount(name) {
      const made = await bailiwick([
        'accounts',
        'create',
        '--name',
        name,
        '--email',
        `${name}@example.com`,
        '--json',
        '--data-dir',
        dataDir,
      ])
      if (made.code !== 0) throw new Error(made.stderr)
      const { Account, RootCredentials } = JSON.parse(made.stdout)
      return { id: Account.AccountId, root: keyOf(RootCredentials) }
    },
    async assume(caller, roleArn, more = {}) {
      return keyOf((await sts(caller).assumeRole({ RoleArn: roleArn, RoleSessionName: 'visit', ...more })).Credentials)
    },
  }
}

export const policy = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })

export const allow = (action: string | readonly string[], resource: string | readonly string[] = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
})

export const deny = (action: string | readonly string[], resource: string | readonly string[] = '*', more: object = {}): object => ({
  ...allow(action, resource, more),
  Effect: 'Deny',
})

/** A trust policy for principals of type `AWS`. */
export const trust = (
  principal: string | readonly string[],
  action: string | readonly string[] = 'sts:AssumeRole',
  more: object = {},
): string => policy({ Effect: 'Allow', Principal: { AWS: principal }, Action: action, ...more })

/** The error that a call must end with as it was on the wire: `CODE STATUS MESSAGE`. */
export async function refused(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const { name, message, Code, $metadata } = error as WireError
    return `${Code ?? name} ${$metadata?.httpStatusCode} ${message}`
  }
  throw new Error('the call went through')
}

interface WireError {
  readonly name: string
  readonly message: string
  readonly Code?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** All that a paged list holds, read page by page; `between` runs after each page. */
export async function allPages<T>(
  page: (marker: string | undefined) => Promise<{
    readonly items: readonly T[] | undefined
    readonly IsTruncated?: boolean | undefined
    readonly Marker?: string | undefined
  }>,
  between: (pages: number) => Promise<unknown> = async () => {},
): Promise<T[]> {
  const found: T[] = []
  let marker: string | undefined
  for (let pages = 1; ; pages++) {
    const answer = await page(marker)
    found.push(...(answer.items ?? []))
    if (answer.IsTruncated !== true) return found
    marker = answer.Marker
    await between(pages)
  }
}
