/** A session token opened, and looked at as the server does that sees it for the first time. */
import { randomBytes } from 'node:crypto'
import { inTurn, type MakeRows, say } from '../rounds.js'
import type { Figures, Row } from '../rows.js'
import { aesGcmOpen } from '../yardsticks/aes-gcm-open.js'
import { here } from './scenery.js'

/** Of the server's own class, which is not one of its public names. */
interface Tokens {
  readonly seal: (claims: object) => string
  readonly open: (token: string) => { readonly accessKeyId: string; readonly expiresAt: number } | undefined
}

const TIMES = 50_000
const accessKeyId = 'ASIAQAAAAAAAEXAMPLE1'

/** What AssumeRole puts into a token: without more, and with a session policy and tags. */
const plain = {
  kind: 'role',
  accountId: '000000000000',
  principalId: 'AROAQAAAAAAAEXAMPLE12',
  accessKeyId,
  issuedAt: 1_800_000_000_000,
  expiresAt: 1_800_003_600_000,
  sessionName: 'bench',
}
const full = {
  ...plain,
  policies: [
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::reports', 'arn:aws:s3:::reports/2026/*'] },
        { Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      ],
    }),
  ],
  tags: ['team', 'cost-center', 'stage', 'project', 'owner'].map((Key) => ({ Key, Value: `the ${Key} of the session` })),
  transitiveTagKeys: ['team'],
  sourceIdentity: 'dana',
}

function cpuSecondsOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

async function figuresOf(tokens: Tokens, claims: object): Promise<Figures> {
  const token = tokens.seal(claims)
  const openOnce = aesGcmOpen(Buffer.from(token, 'base64').length)
  const now = plain.issuedAt
  const openAndCheck = (): void => {
    for (let at = 0; at < TIMES; at++) {
      const found = tokens.open(token)
      if (found?.accessKeyId !== accessKeyId || found.expiresAt <= now) throw new Error('the token is refused')
    }
  }
  return inTurn(
    async () => cpuSecondsOf(openAndCheck) / TIMES,
    async () => cpuSecondsOf(() => openOnce(TIMES)) / TIMES,
  )
}

export const token: MakeRows = async () => {
  say('token …')
  const { SessionTokens } = (await import(here('../../../packages/server/dist/credentials/session-token.js'))) as {
    SessionTokens: new (masterKey: Uint8Array, storeId: string, random: (length: number) => Uint8Array) => Tokens
  }
  const tokens = new SessionTokens(randomBytes(32), 'bench', (length) => randomBytes(length))
  const rows: Row[] = []
  for (const { what, claims, atMost, aim } of [
    { what: 'a session token', claims: plain, atMost: 2, aim: 1.3 },
    { what: 'a session token with a policy and tags', claims: full, atMost: 3, aim: 2 },
  ]) {
    const name = `sessions: opening and checking ${what} ÷ one AES-GCM open`
    rows.push({ name, unit: 's', must: { atMost }, aim, figures: await figuresOf(tokens, claims) })
  }
  return rows
}
