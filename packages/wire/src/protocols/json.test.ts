import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadService } from '@bailiwick/model'
import fc from 'fast-check'
import type { HttpRequest } from '../http.js'
import { awsJson } from './aws-json.js'
import { ProtocolError, type Value } from './protocol.js'
import { restJson } from './rest-json.js'

const organizations = await loadService('organizations')
const analyzer = await loadService('accessanalyzer')
const bailiwick = await loadService('bailiwick')

const request = (part: Partial<Omit<HttpRequest, 'body'>> & { readonly body?: string | Uint8Array }): HttpRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: new Map(),
  ...part,
  body: typeof part.body === 'string' ? new TextEncoder().encode(part.body) : (part.body ?? new Uint8Array()),
})
const inJson = (operation: string, body: string | Uint8Array): Value => awsJson.decodeInput(organizations, operation, request({ body }))
const malformed = (run: () => unknown): void =>
  assert.throws(run, (error) => error instanceof ProtocolError && error.code === 'SerializationException' && error.status === 400)

test('JSON: unknown members and nulls are passed over, and `__proto__` does no harm', () => {
  const input = inJson('CreateAccount', '{"Email":"a@b.c","AccountName":null,"Nothing":1,"__proto__":{"Email":"x"},"constructor":2}')
  assert.deepEqual(input, { Email: 'a@b.c' })
  assert.deepEqual(inJson('ListRoots', ''), {})
  assert.deepEqual(inJson('CreateAccount', '{"__proto__":{"Email":"x"}}'), {})
})

test('JSON: what is not JSON, not an object, or not of its type is refused', () => {
  const bodies = [
    '{',
    'null',
    '[]',
    '"a"',
    '1',
    '{"Email":1}',
    '{"Tags":{}}',
    '{"Tags":[1]}',
    '{"Tags":[{"Key":[]}]}',
    Uint8Array.of(0x22, 0xff, 0x22),
  ]
  for (const body of bodies) malformed(() => inJson('CreateAccount', body))
  for (const body of ['{"MaxResults":"5"}', '{"MaxResults":1.5}', '{"MaxResults":1e300}']) malformed(() => inJson('ListRoots', body))
})

test('JSON: a client fault answers 400 whatever the model says, a fault of ours 500', () => {
  const error = { code: 'AccountNotFoundException', message: 'gone', status: 404, fault: 'client' } as const
  const { status, headers, body } = awsJson.encodeError(organizations, error, 'r-1')
  assert.equal(status, 400)
  assert.equal(headers['content-type'], 'application/x-amz-json-1.1')
  assert.equal(headers['x-amzn-requestid'], 'r-1')
  assert.deepEqual(JSON.parse(String(body)), { __type: 'AccountNotFoundException', Message: 'gone', message: 'gone' })
  assert.equal(awsJson.encodeError(organizations, { ...error, code: 'ServiceException', status: 500, fault: 'server' }, 'r').status, 500)
  assert.equal(
    awsJson.decodeError({ status: 400, headers: {}, body: '{"__type":"com.amazon.coral.service#XException","Message":"m"}' }).code,
    'XException',
  )
})

test('REST: labels, query string and body become one input', () => {
  const put = request({ method: 'PUT', path: '/_bailiwick/v1/accounts/111122223333/quotas/RolesPerAccount', body: '{"Value":2000}' })
  assert.deepEqual(restJson.decodeInput(bailiwick, 'PutAccountQuota', put), {
    AccountId: '111122223333',
    QuotaName: 'RolesPerAccount',
    Value: 2000,
  })
  const list = request({ method: 'GET', path: '/_bailiwick/v1/accounts', query: 'maxResults=5&nextToken=a%2Bb+c&other=1' })
  assert.deepEqual(restJson.decodeInput(bailiwick, 'ListAccounts', list), { maxResults: 5, nextToken: 'a+b c' })
})

test('REST: a body cannot say what travels in the path', () => {
  const put = request({
    method: 'PUT',
    path: '/_bailiwick/v1/accounts/111122223333/quotas/Q',
    body: '{"Value":1,"AccountId":"999999999999"}',
  })
  assert.equal(restJson.decodeInput(bailiwick, 'PutAccountQuota', put).AccountId, '111122223333')
})

test('REST: an ARN in a label travels with its slashes encoded', () => {
  const arn = 'arn:aws:access-analyzer:us-east-1:111122223333:analyzer/a b'
  const { path, query } = restJson.encodeInput(analyzer, 'UntagResource', { resourceArn: arn, tagKeys: ['x', 'y&z'] })
  assert.equal(path, `/tags/${encodeURIComponent(arn)}`)
  assert.deepEqual(restJson.decodeInput(analyzer, 'UntagResource', request({ method: 'DELETE', path, query })), {
    resourceArn: arn,
    tagKeys: ['x', 'y&z'],
  })
})

test('REST: malformed query strings, numbers and bodies are refused', () => {
  const list = (query: string) => (): unknown =>
    restJson.decodeInput(bailiwick, 'ListAccounts', request({ method: 'GET', path: '/_bailiwick/v1/accounts', query }))
  for (const query of ['maxResults=', 'maxResults=x', 'maxResults=1.5', 'maxResults=1&maxResults=2']) malformed(list(query))
  for (const query of ['nextToken=%zz', 'nextToken=%ff']) {
    assert.throws(list(query), (error) => error instanceof ProtocolError && error.code === 'MalformedQueryString' && error.status === 400)
  }
  for (const body of ['[]', '"x"', '{"AccountName":1}', '{']) {
    malformed(() => restJson.decodeInput(bailiwick, 'CreateAccount', request({ path: '/_bailiwick/v1/accounts', body })))
  }
})

test('REST: times that no calendar has are refused', () => {
  const started = (startTime: unknown): string =>
    JSON.stringify({
      policyGenerationDetails: { principalArn: 'arn:aws:iam::111122223333:role/r' },
      cloudTrailDetails: { trails: [], accessRole: 'arn:aws:iam::111122223333:role/r', startTime },
    })
  const read = (startTime: unknown): Value =>
    restJson.decodeInput(
      analyzer,
      'StartPolicyGeneration',
      request({ method: 'PUT', path: '/policy/generation', body: started(startTime) }),
    )
  const { cloudTrailDetails } = read('2026-11-24T00:00:00Z') as { cloudTrailDetails: { startTime: Date } }
  assert.equal(cloudTrailDetails.startTime.getTime(), Date.UTC(2026, 10, 24))
  for (const time of ['soon', '', 1e300, true, {}, '2026-13-45T00:00:00Z']) malformed(() => read(time))
})

test('REST: an error has its modelled status, and its code in a header', () => {
  const { status, headers, body } = restJson.encodeError(
    bailiwick,
    { code: 'AccountAlreadyExistsException', message: 'taken', status: 409, fault: 'client' },
    'r-1',
  )
  assert.deepEqual([status, headers['x-amzn-errortype'], headers['x-amzn-requestid']], [409, 'AccountAlreadyExistsException', 'r-1'])
  assert.deepEqual(JSON.parse(String(body)), { message: 'taken' })
  const aws = {
    status: 404,
    headers: { 'x-amzn-errortype': 'ResourceNotFoundException:http://internal.amazon.com/' },
    body: '{"message":"m"}',
  }
  assert.deepEqual(restJson.decodeError(aws), { code: 'ResourceNotFoundException', message: 'm', status: 404, fault: 'client' })
})

test('any JSON at all is read or refused as the caller’s mistake', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('CreateAccount', 'TagResource', 'ListRoots'), (json, operation) => {
      for (const body of [JSON.stringify(json), JSON.stringify({ Tags: json, MaxResults: json, Email: json })]) {
        try {
          assert.equal(typeof inJson(operation, body), 'object')
        } catch (error) {
          assert.ok(error instanceof ProtocolError, String(error))
        }
      }
    }),
    { numRuns: 1000, seed: 20261124 },
  )
})
