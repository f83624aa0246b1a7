import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateOf, mfaCode } from './certificates.support.js'
import type { Key } from './clients.js'
import { allow, refused, useServer } from './iam-scene.js'

const scene = useServer()

/** The report by user, then by column. */
async function reportOf(key?: Key): Promise<Map<string, Record<string, string>>> {
  const { Content } = await scene.iam(key).getCredentialReport({})
  const [header, ...rows] = Buffer.from(Content!).toString('utf8').split('\n')
  const names = header!.split(',')
  assert.deepEqual(names, columns)
  return new Map(
    rows.map((row) => {
      const cells = row.split(',')
      assert.equal(cells.length, names.length, row)
      return [cells[0]!, Object.fromEntries(names.map((name, at) => [name, cells[at]!]))]
    }),
  )
}

const keyColumns = (number: number) =>
  ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map((name) => `access_key_${number}_${name}`)
const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  ...keyColumns(1),
  ...keyColumns(2),
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
]

const asInReport = (date: Date | undefined): string => `${date!.toISOString().slice(0, 19)}Z`

test('before the first report there is none; then it is started, and reused', async () => {
  const { root } = await scene.newAccount('credential-report-first')
  const iam = scene.iam(root)
  assert.match(await refused(iam.getCredentialReport({})), /^ReportNotPresent 410 /)
  const first = await iam.generateCredentialReport({})
  assert.equal(first.State, 'STARTED')
  assert.equal(first.Description, 'No report exists. Starting a new report generation task')
  const { Content, GeneratedTime, ReportFormat } = await iam.getCredentialReport({})
  assert.equal(ReportFormat, 'text/csv')
  await iam.createUser({ UserName: 'later' })
  assert.equal((await iam.generateCredentialReport({})).State, 'COMPLETE')
  await scene.restart()
  const again = await scene.iam(root).getCredentialReport({})
  assert.deepEqual(again.Content, Content, 'a report is good for four hours')
  assert.deepEqual(again.GeneratedTime, GeneratedTime)
})

test('every column is true of every user and of the root user', async () => {
  const { id, root } = await scene.newAccount('credential-report')
  const iam = scene.iam(root)
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 8, MaxPasswordAge: 30 })
  const { User: bare } = await iam.createUser({ UserName: 'bare', Path: '/team/' })
  const { User: full } = await iam.createUser({ UserName: 'full' })
  await iam.putUserPolicy({
    UserName: 'full',
    PolicyName: 'own',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [allow('iam:GetUser')] }),
  })
  const { LoginProfile } = await iam.createLoginProfile({ UserName: 'full', Password: 'Correct-horse-7-battery' })
  const first = (await iam.createAccessKey({ UserName: 'full' })).AccessKey!
  const second = (await iam.createAccessKey({ UserName: 'full' })).AccessKey!
  await iam.updateAccessKey({ UserName: 'full', AccessKeyId: second.AccessKeyId!, Status: 'Inactive' })
  const own = scene.iam({ accessKeyId: first.AccessKeyId!, secretAccessKey: first.SecretAccessKey! })
  await own.getUser({})
  const used = await lastUse(first.AccessKeyId!)
  const { Certificate } = await iam.uploadSigningCertificate({ UserName: 'full', CertificateBody: certificateOf('report.example.com', 77) })
  const { Certificate: retired } = await iam.uploadSigningCertificate({
    UserName: 'full',
    CertificateBody: certificateOf('report.example.com', 78),
  })
  await iam.updateSigningCertificate({ UserName: 'full', CertificateId: retired!.CertificateId!, Status: 'Inactive' })
  const device = (await iam.createVirtualMFADevice({ VirtualMFADeviceName: 'full' })).VirtualMFADevice!
  const seed = Buffer.from(device.Base32StringSeed!).toString('latin1')
  await iam.enableMFADevice({
    UserName: 'full',
    SerialNumber: device.SerialNumber!,
    AuthenticationCode1: mfaCode(seed, -1),
    AuthenticationCode2: mfaCode(seed),
  })
  const rootUsed = await lastUse(root.accessKeyId)
  await iam.generateCredentialReport({})
  const rows = await reportOf(root)
  assert.deepEqual([...rows.keys()], ['<root_account>', 'bare', 'full'])
  const noKey = (number: number) => ({
    [`access_key_${number}_active`]: 'false',
    [`access_key_${number}_last_rotated`]: 'N/A',
    [`access_key_${number}_last_used_date`]: 'N/A',
    [`access_key_${number}_last_used_region`]: 'N/A',
    [`access_key_${number}_last_used_service`]: 'N/A',
  })
  const noCertificate = (number: number) => ({ [`cert_${number}_active`]: 'false', [`cert_${number}_last_rotated`]: 'N/A' })
  assert.deepEqual(rows.get('bare'), {
    user: 'bare',
    arn: `arn:aws:iam::${id}:user/team/bare`,
    user_creation_time: asInReport(bare!.CreateDate),
    password_enabled: 'false',
    password_last_used: 'N/A',
    password_last_changed: 'N/A',
    password_next_rotation: 'N/A',
    mfa_active: 'false',
    ...noKey(1),
    ...noKey(2),
    ...noCertificate(1),
    ...noCertificate(2),
  })
  const changed = LoginProfile!.CreateDate!
  // Keys stand in the order of their ids.
  const [active, inactive] = first.AccessKeyId! < second.AccessKeyId! ? [1, 2] : [2, 1]
  assert.deepEqual(rows.get('full'), {
    user: 'full',
    arn: full!.Arn,
    user_creation_time: asInReport(full!.CreateDate),
    password_enabled: 'true',
    password_last_used: 'no_information',
    password_last_changed: asInReport(changed),
    password_next_rotation: asInReport(new Date(changed.getTime() + 30 * 86_400_000)),
    mfa_active: 'true',
    [`access_key_${active}_active`]: 'true',
    [`access_key_${active}_last_rotated`]: asInReport(first.CreateDate),
    [`access_key_${active}_last_used_date`]: asInReport(used),
    [`access_key_${active}_last_used_region`]: 'us-east-1',
    [`access_key_${active}_last_used_service`]: 'iam',
    ...noKey(inactive!),
    [`access_key_${inactive}_last_rotated`]: asInReport(second.CreateDate),
    // Certificates that are not in force come first.
    cert_1_active: 'false',
    cert_1_last_rotated: asInReport(retired!.UploadDate),
    cert_2_active: 'true',
    cert_2_last_rotated: asInReport(Certificate!.UploadDate),
  })
  const rootRow = rows.get('<root_account>')!
  assert.deepEqual(rootRow, {
    ...rootRow,
    arn: `arn:aws:iam::${id}:root`,
    password_enabled: 'true',
    password_last_used: 'no_information',
    password_last_changed: rootRow.user_creation_time,
    password_next_rotation: 'not_supported',
    mfa_active: 'false',
    access_key_1_active: 'true',
    access_key_1_last_used_date: asInReport(rootUsed),
    access_key_1_last_used_region: 'us-east-1',
    access_key_1_last_used_service: 'iam',
    ...noKey(2),
    ...noCertificate(1),
    ...noCertificate(2),
  })

  /** Written soon after the call that used it is answered: asks until it is there. */
  async function lastUse(AccessKeyId: string): Promise<Date> {
    for (let tries = 0; tries < 500; tries++) {
      const { AccessKeyLastUsed } = await iam.getAccessKeyLastUsed({ AccessKeyId })
      if (AccessKeyLastUsed?.LastUsedDate !== undefined) return AccessKeyLastUsed.LastUsedDate
    }
    throw new Error(`the use of ${AccessKeyId} was never noted`)
  }
})

test('who may read the report may not make one', async () => {
  const own = scene.iam(await scene.newUser('auditor', allow('iam:GetCredentialReport')))
  assert.match(
    await refused(own.generateCredentialReport({})),
    /iam:GenerateCredentialReport on resource: \* because no identity-based policy/,
  )
  await scene.iam().generateCredentialReport({})
  await own.getCredentialReport({})
})
