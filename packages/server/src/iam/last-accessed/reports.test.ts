/** What AWS was recorded answering about last access in September 2026. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { IAM } from '@aws-sdk/client-iam'
import { accountId, InProcess, keyOf, refused } from '../../in-process.test.support.js'

const document = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | string[]) => ({ Effect: 'Allow', Action, Resource: '*' })
const arn = (what: string) => `arn:aws:iam::${accountId}:${what}`
const dana = arn('user/staff/dana')

let inProcess: InProcess
let iam: IAM

before(async () => {
  inProcess = await InProcess.start()
  iam = inProcess.iam()
  for (const [UserName, statement] of [
    ['dana', allow(['iam:GetUser', 'iam:PassRole', 's3:GetObject', 'ec2:DescribeInstances', 'sns:Publish'])],
    ['auditor', allow(['iam:*', 'sts:AssumeRole'])],
    ['other', allow('iam:*')],
  ] as const) {
    await iam.createUser({ UserName, Path: '/staff/' })
    await iam.putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: document(statement) })
  }
})

const report = async (Arn = dana, asking = iam): Promise<string> => (await asking.generateServiceLastAccessedDetails({ Arn })).JobId!

test('an ARN is refused for what is wrong with it; its path is not looked at', async () => {
  for (const [text, ofReport, ofList = ofReport] of [
    [arn('user/staff/nobody'), `NoSuchEntity ARN ${arn('user/staff/nobody')} does not exist.`],
    [
      'arn:aws:iam::999999999999:user/dana',
      `AccessDenied User: ${arn('root')} is not authorized to perform the operation on arn:aws:iam::999999999999:user/dana`,
    ],
    [
      arn('root'),
      `InvalidInput Invalid Entity Arn: ${arn('root')} is not supported.`,
      `InvalidInput Could not extract entity from ARN : ${arn('root')}`,
    ],
    [dana.replace('iam', 's3'), 'ValidationError Invalid service in ARN'],
    [dana.replace('aws', 'aws-cn'), 'ValidationError Invalid ARN partition'],
  ] as const) {
    assert.equal(await refused(report(text)), ofReport)
    assert.equal(await refused(iam.listPoliciesGrantingServiceAccess({ Arn: text, ServiceNamespaces: ['s3'] })), ofList)
  }
  for (const Arn of [arn('user/dana'), arn('user/elsewhere/dana')]) {
    const { PoliciesGrantingServiceAccess } = await iam.listPoliciesGrantingServiceAccess({ Arn, ServiceNamespaces: ['s3'] })
    assert.equal(PoliciesGrantingServiceAccess![0]!.Policies![0]!.PolicyName, 'own')
    await report(Arn)
  }
})

test('services are told by the names of reports, two hundred at once; what nobody can call is no tracked action', async () => {
  const { JobId } = await iam.generateServiceLastAccessedDetails({ Arn: dana, Granularity: 'ACTION_LEVEL' })
  const { ServicesLastAccessed: found } = await iam.getServiceLastAccessedDetails({ JobId })
  assert.deepEqual(
    found!.map(({ ServiceName, TrackedActionsLastAccessed: tracked }) => [ServiceName, tracked?.map(({ ActionName }) => ActionName)]),
    [
      ['Amazon EC2', undefined],
      ['AWS Identity and Access Management', ['GetUser']],
      ['Amazon S3', undefined],
      ['Amazon SNS', undefined],
    ],
  )
  const all = await report('arn:aws:iam::aws:policy/AdministratorAccess')
  const first = await iam.getServiceLastAccessedDetails({ JobId: all })
  assert.equal(first.ServicesLastAccessed!.length, 200)
  const rest = await iam.getServiceLastAccessedDetails({ JobId: all, Marker: first.Marker, MaxItems: 1000 })
  assert.equal(rest.ServicesLastAccessed!.length, 255)
})

test('markers are of one job and of one call', async () => {
  const [one, other] = [await report(), await report()]
  const { Marker } = await iam.getServiceLastAccessedDetails({ JobId: one, MaxItems: 1 })
  const next = await iam.getServiceLastAccessedDetails({ JobId: one, MaxItems: 2, Marker })
  assert.deepEqual(
    next.ServicesLastAccessed!.map(({ ServiceNamespace }) => ServiceNamespace),
    ['iam', 's3'],
  )
  const wrong = 'InvalidInput The marker passed in the request was invalid.'
  assert.equal(await refused(iam.getServiceLastAccessedDetails({ JobId: other, Marker })), wrong)
  assert.equal(await refused(iam.getServiceLastAccessedDetailsWithEntities({ JobId: one, ServiceNamespace: 's3', Marker })), wrong)
  assert.equal(await refused(iam.getServiceLastAccessedDetails({ JobId: one, Marker: 'invalid' })), 'ValidationError Invalid Marker.')
})

test('a job is told to its own user with any key, and to its own session of a role, and to nobody else', async () => {
  const auditors = [1, 2].map(async () => keyOf((await iam.createAccessKey({ UserName: 'auditor' })).AccessKey))
  const [first, second] = [await auditors[0]!, await auditors[1]!]
  const other = keyOf((await iam.createAccessKey({ UserName: 'other' })).AccessKey)
  const mine = await report(dana, inProcess.iam(first))
  assert.equal((await inProcess.iam(second).getServiceLastAccessedDetails({ JobId: mine })).JobStatus, 'COMPLETED')
  await iam.createRole({
    RoleName: 'machine',
    AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }),
  })
  await iam.putRolePolicy({ RoleName: 'machine', PolicyName: 'own', PolicyDocument: document(allow('iam:*')) })
  const session = async () =>
    inProcess.iam(keyOf((await inProcess.sts(first).assumeRole({ RoleArn: arn('role/machine'), RoleSessionName: 'night' })).Credentials))
  const [owner, namesake] = [await session(), await session()]
  const its = await report(dana, owner)
  assert.equal((await owner.getServiceLastAccessedDetails({ JobId: its })).JobStatus, 'COMPLETED')
  for (const [JobId, asking] of [
    [mine, inProcess.iam(other)],
    [mine, iam],
    [its, namesake],
    [its, inProcess.iam(first)],
  ] as const) {
    assert.equal(await refused(asking.getServiceLastAccessedDetails({ JobId })), `NoSuchEntity Job ${JobId} does not exist.`)
    const entities = asking.getServiceLastAccessedDetailsWithEntities({ JobId, ServiceNamespace: 's3' })
    assert.equal(await refused(entities), `NoSuchEntity Job ${JobId} does not exist.`)
  }
})

test('entities are told as they are now: renamed ones by their names, those who are gone not at all', async () => {
  for (const UserName of ['b', 'a']) await iam.createUser({ UserName })
  await iam.createGroup({ GroupName: 'team' })
  await iam.putGroupPolicy({ GroupName: 'team', PolicyName: 'own', PolicyDocument: document(allow('s3:GetObject')) })
  for (const UserName of ['b', 'a']) await iam.addUserToGroup({ GroupName: 'team', UserName })
  const JobId = await report(arn('group/team'))
  const told = async () => {
    const { EntityDetailsList } = await iam.getServiceLastAccessedDetailsWithEntities({ JobId, ServiceNamespace: 's3' })
    return EntityDetailsList!.map(({ EntityInfo }) => EntityInfo!.Arn)
  }
  assert.deepEqual(await told(), [arn('user/a'), arn('user/b')])
  await iam.updateUser({ UserName: 'a', NewUserName: 'renamed', NewPath: '/new/' })
  await iam.removeUserFromGroup({ GroupName: 'team', UserName: 'b' })
  assert.deepEqual(await told(), [arn('user/new/renamed'), arn('user/b')])
  await iam.deleteUser({ UserName: 'b' })
  assert.deepEqual(await told(), [arn('user/new/renamed')])
})
