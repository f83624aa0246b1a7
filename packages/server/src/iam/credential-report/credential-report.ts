/** The credential report: made when it is asked for, and reused for four hours. */
import type { IamOperations, iam } from '@bailiwick/model'
import { defineTable } from '@bailiwick/store'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'
import { credentialReport } from './report-csv.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

interface ReportRecord {
  /** The one report of the account. */
  readonly key: 'report'
  readonly csv: string
  /** Epoch milliseconds. */
  readonly generatedAt: number
}
const reports = defineTable<ReportRecord>()({ name: 'iam.credential-report', key: ({ key }) => key, indexes: {} })

const freshMilliseconds = 4 * 3_600_000

/** Whether a report can still be had, and need not be made again. */
export const isFresh = ({ generatedAt }: Pick<ReportRecord, 'generatedAt'>, now: number): boolean => now - generatedAt < freshMilliseconds

const complete: iam.GenerateCredentialReportResponse = { State: 'COMPLETE' }

const generate: Op<'GenerateCredentialReport'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: [], output: ['State'] },
  // All users of the account are read: nobody else's transaction waits for that.
  async prepare(_, { tx, now }) {
    const before = await tx.get(reports, 'report')
    if (before !== undefined && isFresh(before, now)) return async () => complete
    const csv = await credentialReport(tx)
    return async (call) => {
      await call.tx.put(reports, { key: 'report', csv, generatedAt: now })
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
    const { csv, generatedAt } = (await tx.get(reports, 'report')) ?? fail('ReportNotPresent', '')
    if (!isFresh({ generatedAt }, now)) fail('ReportExpired', 'The credential report has expired. Generate a new one.')
    return { Content: Buffer.from(csv), ReportFormat: 'text/csv', GeneratedTime: new Date(generatedAt) }
  },
}

export const credentialReportRows = {
  GenerateCredentialReport: generate,
  GetCredentialReport: get,
} satisfies Partial<Rows<IamOperations>>
