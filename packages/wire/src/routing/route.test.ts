import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadService, serviceNames } from '@bailiwick/model'
import type { HttpRequest } from '../http.js'
import { matchPath, pathOf, precision } from './path.js'
import { makeRouter } from './route.js'

const models = await Promise.all(serviceNames.map(loadService))
const route = makeRouter(models, models.find(({ service }) => service === 'iam')!)

interface Part {
  readonly method?: string
  readonly path?: string
  readonly query?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string
}

const request = ({ method = 'POST', path = '/', query = '', headers = {}, body = '' }: Part): HttpRequest => ({
  method,
  path,
  query,
  headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value].flat()])),
  body: new TextEncoder().encode(body),
})
const signedFor = (service: string): { authorization: string } => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261124/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
})
const leadsTo = (part: Part): string => {
  const { model, operation, error } = route(request(part))
  return error === undefined ? `${model.service}:${operation}` : `${model.service}! ${error.status} ${error.code}`
}

test('the credential scope tells the service, also when it is in the query string', () => {
  const form = 'Action=GetUser&Version=2010-05-08'
  assert.equal(leadsTo({ headers: signedFor('iam'), body: form }), 'iam:GetUser')
  const presigned = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20261124%2Fus-east-1%2Fsts%2Faws4_request'
  assert.equal(leadsTo({ method: 'GET', query: `Action=GetCallerIdentity&Version=2011-06-15&${presigned}` }), 'sts:GetCallerIdentity')
  assert.equal(leadsTo({ headers: signedFor('sts'), body: form }), 'sts! 400 InvalidAction')
})

test('without a signature, target, route or version tell it', () => {
  assert.equal(leadsTo({ body: 'Action=AssumeRoleWithSAML&Version=2011-06-15' }), 'sts:AssumeRoleWithSAML')
  assert.equal(leadsTo({ headers: { 'x-amz-target': 'AWSOrganizationsV20161128.ListRoots' }, body: '{}' }), 'organizations:ListRoots')
  assert.equal(leadsTo({ method: 'GET', path: '/analyzer' }), 'accessanalyzer:ListAnalyzers')
  assert.equal(leadsTo({ method: 'GET', path: '/_bailiwick/v1/accounts/111122223333' }), 'bailiwick:GetAccount')
  assert.equal(leadsTo({}), 'iam! 400 MissingAction')
})

test('a query service is at the root, however many slashes that is written with, and nowhere else', () => {
  const form = { headers: signedFor('sts'), body: 'Action=GetCallerIdentity&Version=2011-06-15' }
  for (const path of ['/', '//', '///']) assert.equal(leadsTo({ ...form, path }), 'sts:GetCallerIdentity', path)
  for (const path of ['', '/.', '/..', '/a/..', '//a', '/%2F', '//?'])
    assert.equal(leadsTo({ ...form, path }), 'sts! 404 InvalidAction', path)
  assert.equal(leadsTo({ path: '//', body: 'Action=AssumeRoleWithSAML&Version=2011-06-15' }), 'sts:AssumeRoleWithSAML')
})

test('an action that is not there, or not in that version, is InvalidAction in the namespace of faults', () => {
  const { error, operation } = route(request({ headers: signedFor('iam'), body: 'Action=Nope&Version=2010-05-08' }))
  assert.equal(error?.code, 'InvalidAction')
  assert.equal(error?.status, 400)
  assert.equal(error?.message, 'Could not find operation Nope for version 2010-05-08')
  assert.equal(error?.namespace, 'http://webservices.amazon.com/AWSFault/2005-15-09')
  assert.equal(operation, 'Nope')
  const old = route(request({ headers: signedFor('iam'), body: 'Action=GetUser&Version=2009-01-01' }))
  assert.equal(old.error?.message, 'Could not find operation GetUser for version 2009-01-01')
  assert.equal(leadsTo({ headers: signedFor('iam'), body: 'Action=GetUser' }), 'iam! 400 InvalidAction')
})

test('names of Object.prototype are no operations', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty', '']) {
    assert.equal(leadsTo({ headers: signedFor('iam'), body: `Action=${name}&Version=2010-05-08` }), 'iam! 400 InvalidAction')
    const target = `AWSOrganizationsV20161128.${name}`
    assert.equal(leadsTo({ headers: { 'x-amz-target': target }, body: '{}' }), 'organizations! 400 UnknownOperationException')
    assert.equal(leadsTo({ headers: { ...signedFor(name) }, body: 'Action=GetUser&Version=2010-05-08' }), 'iam:GetUser')
  }
})

test('a long hostile name is cut before anybody repeats it', () => {
  const { error, operation } = route(request({ headers: signedFor('iam'), body: `Action=${'x'.repeat(10_000)}&Version=2010-05-08` }))
  assert.equal(operation.length, 128)
  assert.ok(error!.message.length < 300)
})

test('two targets, and the target of another service, are refused', () => {
  const prefix = 'AWSOrganizationsV20161128'
  const twice = { ...signedFor('organizations'), 'x-amz-target': [`${prefix}.ListRoots`, `${prefix}.LeaveOrganization`] }
  assert.equal(leadsTo({ headers: twice, body: '{}' }), 'organizations! 400 UnknownOperationException')
  const other = { ...signedFor('organizations'), 'x-amz-target': 'DynamoDB_20120810.ListTables' }
  assert.equal(leadsTo({ headers: other, body: '{}' }), 'organizations! 400 UnknownOperationException')
  assert.equal(leadsTo({ headers: signedFor('organizations'), body: '{}' }), 'organizations! 400 UnknownOperationException')
})

test('a form that cannot be read is the caller’s mistake, found while routing', () => {
  assert.equal(leadsTo({ headers: signedFor('iam'), body: 'Action=GetUser&Action=DeleteUser' }), 'iam! 400 MalformedQueryString')
  assert.equal(leadsTo({ headers: signedFor('iam'), query: 'Action=GetUser', body: 'Action=DeleteUser' }), 'iam! 400 MalformedQueryString')
  assert.equal(leadsTo({ headers: signedFor('iam'), body: 'Action=%zz' }), 'iam! 400 MalformedQueryString')
})

test('a path or method that no operation has leads nowhere', () => {
  assert.equal(
    leadsTo({ method: 'PATCH', path: '/analyzer', headers: signedFor('access-analyzer') }),
    'accessanalyzer! 404 UnknownOperationException',
  )
  assert.equal(
    leadsTo({ method: 'GET', path: '/analyzer/', headers: signedFor('access-analyzer') }),
    'accessanalyzer! 404 UnknownOperationException',
  )
  assert.equal(
    leadsTo({ path: '/elsewhere', headers: signedFor('iam'), body: 'Action=GetUser&Version=2010-05-08' }),
    'iam! 404 InvalidAction',
  )
})

test('the route of one service is not reached with the signature of another', () => {
  assert.equal(leadsTo({ path: '/_bailiwick/v1/accounts', headers: signedFor('iam') }), 'iam! 404 InvalidAction')
  const elsewhere = { method: 'GET', path: '/analyzer', headers: signedFor('bailiwick') }
  assert.equal(leadsTo(elsewhere), 'bailiwick! 404 UnknownOperationException')
})

test('labels are decoded, never empty, and one segment each; a greedy one takes the rest', () => {
  assert.deepEqual([...matchPath('/a/{Id}', '/a/x%2Fy')!], [['Id', 'x/y']])
  assert.deepEqual([...matchPath('/a/{Rest+}', '/a/x/y%20z/')!], [['Rest', 'x/y z/']])
  for (const path of ['/a/', '/a', '/a/x/y', '/b/x', '/a/%zz', '/a/x/']) assert.equal(matchPath('/a/{Id}', path), undefined, path)
  assert.equal(
    pathOf(
      '/a/{Id}/{Rest+}',
      new Map([
        ['Id', 'x/y'],
        ['Rest', 'b/c d'],
      ]),
    ),
    '/a/x%2Fy/b/c%20d',
  )
})

test('a literal segment beats a label, and a label a greedy one', () => {
  const order = ['/a/b/c', '/a/b/{C}', '/a/{B}/c', '/a/{Rest+}']
  assert.deepEqual(
    [...order].sort((a, b) => (precision(a) < precision(b) ? 1 : -1)),
    order,
  )
})
