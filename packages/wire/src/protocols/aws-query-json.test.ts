import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadService } from '@bailiwick/model'
import type { HttpRequest } from '../http.js'
import { awsQuery } from './aws-query.js'
import { awsQueryJson } from './aws-query-json.js'
import { answeringOf } from './index.js'

const iam = await loadService('iam')
const sts = await loadService('sts')
const organizations = await loadService('organizations')

const accepting = (...accept: string[]): HttpRequest => ({
  method: 'GET',
  path: '/',
  query: '',
  headers: new Map(accept.length === 0 ? [] : [['accept', accept]]),
  body: new Uint8Array(),
})

test('a query service answers in JSON who accepts that by its name, and in XML everybody else', () => {
  for (const accept of [
    'application/json',
    'APPLICATION/JSON',
    'application/json;q=0.9',
    'application/json, text/plain, */*',
    'text/xml,application/json',
  ])
    assert.equal(answeringOf(sts, accepting(accept)), awsQueryJson, accept)
  assert.equal(answeringOf(sts, accepting('text/plain', 'application/json')), awsQueryJson, 'in a header of its own')
  for (const accept of [
    '*/*',
    'application/*',
    'text/html,application/xml;q=0.9',
    'application/jsonp',
    'x-application/json',
    'application/json-seq',
  ])
    assert.equal(answeringOf(sts, accepting(accept)), awsQuery, accept)
  assert.equal(answeringOf(sts, accepting()), awsQuery)
  assert.notEqual(answeringOf(organizations, accepting('application/json')), awsQueryJson, 'a JSON service has its own way')
})

test('an answer in JSON names operation and result, and has its members by name', () => {
  const { status, headers, body } = awsQueryJson.encodeOutput(
    sts,
    'GetCallerIdentity',
    { UserId: 'AIDA', Account: '000000000000', Arn: 'arn', secret: 'x' },
    'r-1',
  )
  assert.deepEqual([status, headers['content-type'], headers['x-amzn-requestid']], [200, 'application/json', 'r-1'])
  assert.equal(
    body,
    '{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"000000000000","Arn":"arn","UserId":"AIDA"},"ResponseMetadata":{"RequestId":"r-1"}}}',
  )
})

test('what is not there is null in JSON, an empty list is one, a time is whole seconds, and a policy document is percent-encoded', () => {
  const CreateDate = new Date('2026-11-24T10:11:12.999Z')
  const role = { RoleName: 'R', CreateDate, AssumeRolePolicyDocument: '{"a":"50%"}', Tags: [] }
  const { body } = awsQueryJson.encodeOutput(iam, 'ListRoles', { Roles: [role], IsTruncated: false }, 'r-1')
  assert.deepEqual(JSON.parse(String(body)).ListRolesResponse.ListRolesResult, {
    IsTruncated: false,
    Marker: null,
    Roles: [
      {
        Arn: null,
        AssumeRolePolicyDocument: '%7B%22a%22%3A%2250%25%22%7D',
        CreateDate: 1795515072,
        Description: null,
        MaxSessionDuration: null,
        Path: null,
        PermissionsBoundary: null,
        RoleId: null,
        RoleLastUsed: null,
        RoleName: 'R',
        SourceRoleTemplate: null,
        Tags: [],
      },
    ],
  })
})

test('maps and bytes travel in JSON too, and what has no output has no result', () => {
  const summary = awsQueryJson.encodeOutput(iam, 'GetAccountSummary', { SummaryMap: { Users: 3 } }, 'r')
  assert.deepEqual(JSON.parse(String(summary.body)).GetAccountSummaryResponse.GetAccountSummaryResult, { SummaryMap: { Users: 3 } })
  const report = awsQueryJson.encodeOutput(iam, 'GetCredentialReport', { Content: new TextEncoder().encode('user') }, 'r')
  assert.equal(JSON.parse(String(report.body)).GetCredentialReportResponse.GetCredentialReportResult.Content, 'dXNlcg==')
  assert.equal(awsQueryJson.encodeOutput(iam, 'DeleteUser', {}, 'r').body, '{"DeleteUserResponse":{"ResponseMetadata":{"RequestId":"r"}}}')
})

test('an error in JSON says what one in XML says', () => {
  const error = { code: 'Throttling', message: 'Rate exceeded', status: 400, fault: 'client' } as const
  const { status, headers, body } = awsQueryJson.encodeError(sts, error, 'r-2')
  assert.deepEqual([status, headers['content-type'], headers['x-amzn-requestid']], [400, 'application/json', 'r-2'])
  assert.equal(body, '{"Error":{"Code":"Throttling","Message":"Rate exceeded","Type":"Sender"},"RequestId":"r-2"}')
  const own = awsQueryJson.encodeError(sts, { ...error, message: '', status: 500, fault: 'server' }, 'r-2')
  assert.deepEqual(JSON.parse(String(own.body)).Error, { Code: 'Throttling', Message: null, Type: 'Receiver' })
})
