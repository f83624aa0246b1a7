/** The credential report: made when it is asked for, and reused for four hours. */
import { pipeline } from 'node:stream/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { createGzip, gunzip } from 'node:zlib'
import type { IamOperations, iam } from '@bailiwick/model'
import { defineTable } from '@bailiwick/store'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'
import { credentialReport } from './report-csv.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

interface ReportRecord {
  /** The one report of the account. */
  readonly key: 'report'
  /** The lines, compressed, in base64. */
  readonly gzip: string
  /** Epoch milliseconds. */
  readonly generatedAt: number
}
const reports = defineTable<ReportRecord>()({ name: 'iam.zipped-credential-report', key: ({ key }) => key, indexes: {} })

const freshMilliseconds = 4 * 3_600_000

/** Whether a report can still be had, and need not be made again. */
export const isFresh = ({ generatedAt }: Pick<ReportRecord, 'generatedAt'>, now: number): boolean => now - generatedAt < freshMilliseconds

const unzip = promisify(gunzip)

/** Lines repeat each other: the fastest way of compressing makes them a tenth, aside from the event loop. */
async function zipped(lines: AsyncIterable<string>): Promise<string> {
  const parts: Buffer[] = []
  await pipeline(lines, createGzip({ level: 1 }), async (zipping: AsyncIterable<Buffer>) => {
    for await (const part of zipping) parts.push(part)
  })
  return Buffer.concat(parts).toString('base64')
}

const complete: iam.GenerateCredentialReportResponse = { State: 'COMPLETE' }

const generate: Op<'GenerateCredentialReport'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: [], output: ['State'] },
  // All users of the account are read: nobody else's transaction waits for that.
  async prepare(_, { tx, now }) {
    const before = await tx.get(reports, 'report')
    if (before !== undefined && isFresh(before, now)) return async () => complete
    const text = await zipped(credentialReport(tx))
    return async (call) => {
      await call.tx.put(reports, { key: 'report', gzip: text, generatedAt: now })
      // recorded fact 81
      return {
        State: 'STARTED',
        ...(before === undefined && { Description: 'No report exists. Starting a new report generation task' }),
      }
    }
  },
}

const get: Op<'GetCredentialReport'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: [] },
  async run(_, { tx, now, fail }) {
    // AWS gives no sentence with this code.
    const { gzip: text, generatedAt } = (await tx.get(reports, 'report')) ?? fail('ReportNotPresent', '')
    if (!isFresh({ generatedAt }, now)) fail('ReportExpired', 'The credential report has expired. Generate a new one.')
    const content = await unzip(Buffer.from(text, 'base64'))
    await nextTurn()
    return { Content: content, ReportFormat: 'text/csv', GeneratedTime: new Date(generatedAt) }
  },
}

export const credentialReportRows = {
  GenerateCredentialReport: generate,
  GetCredentialReport: get,
} satisfies Partial<Rows<IamOperations>>
