import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadService } from '@bailiwick/model'
import fc from 'fast-check'
import type { HttpRequest } from '../http.js'
import { awsQuery } from './aws-query.js'
import { ProtocolError, type Value } from './protocol.js'

const iam = await loadService('iam')
const sts = await loadService('sts')

const posted = (form: string | Uint8Array): HttpRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: new Map(),
  body: typeof form === 'string' ? new TextEncoder().encode(form) : form,
})
const read = (operation: string, form: string): Value => awsQuery.decodeInput(iam, operation, posted(form))
const refused = (operation: string, form: string | Uint8Array, code: string, message?: string): void => {
  assert.throws(
    () => awsQuery.decodeInput(iam, operation, posted(form)),
    (error) =>
      error instanceof ProtocolError && error.code === code && error.status === 400 && (message ?? error.message) === error.message,
    `${operation} of ${String(form).slice(0, 80)}`,
  )
}
const answer = (operation: string, output: object): string => String(awsQuery.encodeOutput(iam, operation, output, 'r-1').body)

test('list items are taken by rising number, whatever their order; a number left out is an item without content', () => {
  const expected = { UserName: 'A', Tags: [{ Key: 'a', Value: '1' }, {}, { Key: 'c', Value: '3' }] }
  assert.deepEqual(
    read('TagUser', 'UserName=A&Tags.member.3.Key=c&Tags.member.03.Value=3&Tags.member.001.Value=1&Tags.member.1.Key=a'),
    expected,
  )
  assert.deepEqual(read('UntagUser', 'TagKeys.member.3=a'), { TagKeys: [undefined, undefined, 'a'] })
  refused('UntagUser', 'TagKeys.member.01=a&TagKeys.member.1=a', 'MalformedQueryString')
})

test('numbers of items are read as AWS reads them', () => {
  const oneToTen = Array.from({ length: 10 }, (_, at) => at + 1)
  const items = (...numbers: (number | string)[]): string => numbers.map((number) => `TagKeys.member.${number}=a`).join('&')
  const lengthOf = (form: string): number => (read('UntagUser', form).TagKeys as readonly unknown[]).length
  assert.deepEqual([lengthOf(items(11)), lengthOf(items(1, 8, 15)), lengthOf(items(...oneToTen, 20))], [11, 15, 20])
  for (const [form, message] of [
    [items(12), 'Excessively sparse input would skip 11 list elements'],
    [items(12, 1), 'Excessively sparse input would skip 11 list elements'],
    [items(1, 22), 'Excessively sparse input would skip 21 list elements'],
    [items(...oneToTen, 22), 'Excessively sparse input would skip 12 list elements'],
    [items(0), '0 is not a valid index'],
    [items('000'), '0 is not a valid index'],
    [items('-1'), "Key -1 may not have a leading '-'"],
    [items('+1'), 'Start of list found where not expected'],
    [items('one'), 'Start of list found where not expected'],
    [items(1, 'one'), 'Start of list found where not expected'],
    [items('1.0'), 'Two index elements may not occur back to back'],
    [items('1.1'), 'Two index elements may not occur back to back'],
  ] as const)
    refused('UntagUser', form, 'MalformedInput', message)
  for (const index of ['+1', 'one']) {
    assert.deepEqual(read('TagUser', `Tags.member.${index}.Key=a&Tags.member.${index}.Value=b`), { Tags: [{}] })
  }
})

test('a boolean is one of the four texts that XML Schema has for it', () => {
  for (const [text, AllUsers] of [
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ] as const)
    assert.deepEqual(read('ListServiceSpecificCredentials', `AllUsers=${text}`), { AllUsers })
  for (const text of ['', '2', '01', 'yes', ' true', 'True', 'TRUE', 'False', 'null'])
    refused('ListServiceSpecificCredentials', `AllUsers=${encodeURIComponent(text)}`, 'MalformedInput')
})

test('an empty list travels as its bare name, and is not the same as no list', () => {
  assert.deepEqual(read('CreateUser', 'UserName=A&Tags='), { UserName: 'A', Tags: [] })
  assert.deepEqual(read('CreateUser', 'UserName=A'), { UserName: 'A' })
})

test('parameters that the model does not know are passed over, names of Object.prototype among them', () => {
  const input = read('GetUser', 'Action=GetUser&UserName=A&__proto__.polluted=1&constructor=2&Nothing.member.1=3&toString=4')
  assert.deepEqual(input, { UserName: 'A' })
  assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  assert.deepEqual(read('SimulateCustomPolicy', 'ContextEntries.member.1.__proto__.x=1'), { ContextEntries: [{}] })
})

test('a map may have any key, `__proto__` too, without harm', () => {
  const { Properties } = read('PutAccountProperties', 'Properties.entry.1.key=__proto__&Properties.entry.1.value=v') as {
    Properties: Value
  }
  assert.deepEqual(Object.entries(Properties), [['__proto__', 'v']])
  refused('PutAccountProperties', 'Properties.entry.1.key=k', 'MalformedInput')
  refused('PutAccountProperties', 'Properties.entry.1.value=v', 'MalformedInput')
})

test('plus is a blank, and percent escapes are UTF-8', () => {
  assert.deepEqual(read('GetUser', 'UserName=a+b%2Bc%20%C3%A9'), { UserName: 'a b+c é' })
  refused('GetUser', 'UserName=%zz', 'MalformedQueryString')
  refused('GetUser', 'UserName=%C3', 'MalformedQueryString')
  refused('GetUser', 'UserName=%ED%A0%80', 'MalformedQueryString')
  refused('GetUser', Uint8Array.of(0x55, 0x3d, 0xff), 'MalformedInput')
})

test('a parameter given twice is refused, in the body or in body and query string', () => {
  refused('GetUser', 'UserName=A&UserName=B', 'MalformedQueryString')
  refused('GetUser', 'UserName=A&User%4Eame=B', 'MalformedQueryString')
  assert.throws(() => awsQuery.decodeInput(iam, 'GetUser', { ...posted('UserName=A'), query: 'UserName=B' }), ProtocolError)
})

test('a GET carries its parameters in the query string, and its body is not read', () => {
  const request = { ...posted('UserName=B'), method: 'GET', query: 'Action=GetUser&UserName=A' }
  assert.deepEqual(awsQuery.decodeInput(iam, 'GetUser', request), { UserName: 'A' })
})

test('values that are not of their type are MalformedInput, with an empty message for MaxItems', () => {
  for (const value of ['', 'ten', '1.5', '1e3', '0x10', ' 1', '2147483648', '-2147483649', '9'.repeat(16)])
    refused('ListUsers', `MaxItems=${value}`, 'MalformedInput', '')
  for (const [text, MaxItems] of [
    ['-1', -1],
    ['+1', 1],
    ['01', 1],
    ['2147483647', 2147483647],
  ] as const)
    assert.deepEqual(read('ListUsers', `MaxItems=${encodeURIComponent(text)}`), { MaxItems })
  refused('CreateLoginProfile', 'PasswordResetRequired=yes', 'MalformedInput')
  refused('GetUser', 'UserName.member.1=A', 'MalformedInput')
  refused('TagUser', 'Tags=a', 'MalformedInput')
  for (const index of ['0', '-1', '1.5', 'x', '1001', '99999999999', '9'.repeat(40), '']) {
    refused('UntagUser', `TagKeys.member.${index}=a`, 'MalformedInput')
  }
})

test('hostile forms are refused within bounds: too many parameters, too deep a name', () => {
  refused('GetUser', Array.from({ length: 2001 }, (_, at) => `a${at}=1`).join('&'), 'MalformedQueryString')
  refused('GetUser', `${'a.'.repeat(40)}b=1`, 'MalformedInput')
  assert.deepEqual(read('GetUser', `${'&'.repeat(100_000)}UserName=A&`), { UserName: 'A' })
})

test('any bytes at all are read or refused as the caller’s mistake', () => {
  const names = ['UserName', 'Tags', 'Tags.member.1.Key', 'Tags.member', 'Tags.member.1', 'MaxItems', '', '.', '..', '%', '__proto__']
  const pair = fc.tuple(fc.constantFrom(...names), fc.string({ maxLength: 8 })).map(([name, value]) => `${name}=${value}`)
  const forms = fc.oneof(
    fc.array(pair, { maxLength: 6 }).map((pairs) => new TextEncoder().encode(pairs.join('&'))),
    fc.uint8Array({ maxLength: 60 }),
  )
  fc.assert(
    fc.property(forms, fc.constantFrom('CreateUser', 'ListUsers', 'PutAccountProperties'), (form, operation) => {
      try {
        assert.equal(typeof awsQuery.decodeInput(iam, operation, posted(form)), 'object')
      } catch (error) {
        assert.ok(error instanceof ProtocolError, String(error))
        assert.equal(error.status, 400)
      }
    }),
    { numRuns: 2000, seed: 20261124 },
  )
})

test('an answer names operation, result, namespace and request id as AWS does', () => {
  assert.equal(
    answer('GetUser', {
      User: { Path: '/', UserName: 'A', UserId: 'AIDA', Arn: 'arn', CreateDate: new Date('2026-11-24T10:11:12.999Z'), Tags: [] },
    }).replaceAll(/>\s+</g, '><'),
    '<GetUserResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><GetUserResult><User><Path>/</Path><UserName>A</UserName><UserId>AIDA</UserId><Arn>arn</Arn><CreateDate>2026-11-24T10:11:12Z</CreateDate><Tags/></User></GetUserResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetUserResponse>\n',
  )
  const { headers, status } = awsQuery.encodeOutput(iam, 'GetUser', {}, 'r-1')
  assert.deepEqual([status, headers['content-type'], headers['x-amzn-requestid']], [200, 'text/xml', 'r-1'])
})

test('an operation without output has no result element, as 79 of IAM have none', () => {
  assert.ok(!answer('DeleteUser', {}).includes('Result>'))
  const without = [...iam.operations.values()].filter(({ output }) => output === undefined)
  assert.equal(without.length, 79)
})

test('only what the shape names is written, so that a stored record cannot leak', () => {
  assert.ok(!answer('GetUser', { User: { UserName: 'A', passwordHash: 'x' }, secret: 'y' }).match(/passwordHash|secret/))
})

test('policy documents are percent-encoded in answers, percent signs inside them included, and nothing else is', () => {
  const document = '{"Version":"2012-10-17","a":"50%25 (é)!*\'"}'
  const xml = answer('GetRole', { Role: { RoleName: 'R %41', AssumeRolePolicyDocument: document } })
  assert.ok(
    xml.includes('<AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22a%22%3A%2250%2525%20%28%C3%A9%29%21%2A%27%22%7D<'),
  )
  assert.ok(xml.includes('<RoleName>R %41</RoleName>'))
  const { body } = awsQuery.encodeInput(iam, 'CreateRole', { RoleName: 'R', AssumeRolePolicyDocument: document })
  assert.equal(read('CreateRole', body).AssumeRolePolicyDocument, document)
})

test('characters that XML 1.0 cannot say become U+FFFD, the others are escaped', () => {
  const xml = answer('GetUser', { User: { UserName: 'a\0\x01\x08\x0b\x1f\ufffe\uffff\ud800b\udc00 \t\n\r<&>"\'😀' } })
  assert.ok(xml.includes(`<UserName>a${'\ufffd'.repeat(8)}b\ufffd \t\n&#xD;&lt;&amp;&gt;&quot;'😀</UserName>`), xml)
})

test('an error says whose mistake it was, and may speak in another namespace', () => {
  const error = { code: 'NoSuchEntity', message: 'The user with name <b> cannot be found.', status: 404, fault: 'client' } as const
  const { status, body } = awsQuery.encodeError(sts, error, 'r-2')
  assert.equal(status, 404)
  assert.equal(
    String(body).replaceAll(/>\s+</g, '><'),
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>The user with name &lt;b&gt; cannot be found.</Message></Error><RequestId>r-2</RequestId></ErrorResponse>\n',
  )
  assert.ok(
    String(awsQuery.encodeError(iam, { ...error, fault: 'server', namespace: 'urn:x' }, 'r').body).includes('<Type>Receiver</Type>'),
  )
  assert.ok(String(awsQuery.encodeError(iam, { ...error, namespace: 'urn:x' }, 'r').body).startsWith('<ErrorResponse xmlns="urn:x">'))
  assert.deepEqual(awsQuery.decodeError(awsQuery.encodeError(sts, error, 'r-2')), error)
  const silent = awsQuery.encodeError(iam, { ...error, message: '' }, 'r')
  assert.ok(!String(silent.body).includes('Message'), 'nothing is said, not an empty text')
  assert.equal(awsQuery.decodeError(silent).message, '')
})

test('the text of a long list that is frozen is made once; of any other list, each time', () => {
  let reads = 0
  const people = Array.from({ length: 60 }, (_, at) => ({
    get UserName() {
      reads++
      return `dana-${at}`
    },
  }))
  const inCopy = answer('ListUsers', { Users: people, IsTruncated: false })
  assert.equal(answer('ListUsers', { Users: people, IsTruncated: false }), inCopy)
  assert.equal(reads, 120)
  const frozen = Object.freeze(people.map((person) => Object.freeze(person)))
  for (const IsTruncated of [false, true]) {
    assert.equal(answer('ListUsers', { Users: frozen, IsTruncated }), inCopy.replace('>false<', `>${IsTruncated}<`))
    assert.equal(reads, 180)
  }
  answer('ListUsers', { Users: Object.freeze([...frozen]), IsTruncated: false })
  assert.equal(reads, 240)
})
