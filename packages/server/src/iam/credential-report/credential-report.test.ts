import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InProcess } from '../../in-process.test.support.js'
import { isFresh } from './credential-report.js'

test('a report is good for four hours, and not a millisecond longer', () => {
  const generatedAt = 1_000_000
  const fourHours = 4 * 3_600_000
  assert.equal(isFresh({ generatedAt }, generatedAt), true)
  assert.equal(isFresh({ generatedAt }, generatedAt + fourHours - 1), true)
  assert.equal(isFresh({ generatedAt }, generatedAt + fourHours), false)
})

test('a report that is old is expired, and is made anew when that is asked for', async () => {
  const inProcess = await InProcess.start()
  // A client signs with the time at which it was made.
  let iam = inProcess.iam()
  const pass = (milliseconds: number): void => {
    inProcess.pass(milliseconds)
    iam = inProcess.iam()
  }
  await iam.generateCredentialReport({})
  await iam.createUser({ UserName: 'later' })
  pass(4 * 3_600_000 - 1)
  assert.deepEqual((await iam.generateCredentialReport({})).State, 'COMPLETE')
  assert.doesNotMatch(Buffer.from((await iam.getCredentialReport({})).Content!).toString(), /\nlater,/)
  pass(1)
  await assert.rejects(iam.getCredentialReport({}), { name: /ReportExpired/ })
  const again = await iam.generateCredentialReport({})
  assert.deepEqual([again.State, again.Description], ['STARTED', undefined])
  assert.match(Buffer.from((await iam.getCredentialReport({})).Content!).toString(), /\nlater,/)
  await inProcess.server.close()
})
