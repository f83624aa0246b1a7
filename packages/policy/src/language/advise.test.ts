import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { policy } from '../fixtures.test.support.js'
import { type GrammarName, grammars, type KnownKeys, operatorNames, parsePolicy } from '../index.js'
import { DOCUMENT_MEMBERS, STATEMENT_MEMBERS } from './read.js'

const table = new Map<string, ReturnType<KnownKeys>>([
  ['aws:sourceip', { types: ['IPAddress'], multivalued: false }],
  ['aws:tagkeys', { types: ['String'], multivalued: true }],
  ['aws:epochtime', { types: ['Date', 'Numeric'], multivalued: false }],
  ['aws:principalarn', { types: ['ARN'], multivalued: false }],
  ['aws:username', { types: ['String'], multivalued: false }],
  ['aws:principalorgid', { types: ['String'], multivalued: false, sensitive: true }],
  ['aws:securetransport', { types: ['Bool'], multivalued: false }],
])
const knownKeys: KnownKeys = (key) => table.get(key.toLowerCase())

function codesOf(condition: object): string[] {
  const text = JSON.stringify(policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: condition }))
  return parsePolicy(text, 'identity', { knownKeys }).findings.map(({ code }) => code)
}

test('a condition that says what it should gives no advice', () => {
  const good: readonly object[] = [
    { StringEquals: { 'aws:username': 'dana' } },
    { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' }, ArnLike: { 'aws:principalarn': 'arn:aws:iam::*:role/x' } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] }, Null: { 'aws:TagKeys': 'false' } },
    { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
    { NumericLessThan: { 'aws:EpochTime': 1 }, DateLessThan: { 'aws:EpochTime': '2030-01-01' } },
    { Bool: { 'aws:SecureTransport': false } },
    { StringLike: { 'x:any': 'a*' }, NumericEquals: { 'x:number': '10.5' } },
    { StringEquals: { 'aws:username': '${aws:PrincipalOrgID}' } },
  ]
  for (const condition of good) assert.deepEqual(codesOf(condition), [], JSON.stringify(condition))
})

test('each mistake has its own code', () => {
  const wrong: readonly (readonly [object, ...string[]])[] = [
    [{}, 'EMPTY_OBJECT_CONDITION'],
    [{ StringEquals: { 'aws:username': [] } }, 'EMPTY_ARRAY_CONDITION'],
    [{ StringEquals: { 'aws:username': 'a', 'AWS:UserName': 'b' } }, 'DUPLICATE_KEYS_WITH_DIFFERENT_CASE'],
    [{ StringEquals: { 'aws:Nobody': 'a' } }, 'INVALID_GLOBAL_CONDITION_KEY'],
    [{ StringEquals: { 'aws:PrincipalTag': 'a' } }, 'MISSING_TAG_KEY_IN_CONDITION'],
    [{ StringEquals: { 'aws:RequestTag/': 'a' } }, 'MISSING_TAG_KEY_IN_CONDITION'],
    [{ StringEquals: { 'aws:TagKeys': 'a' } }, 'MISSING_QUALIFIER'],
    [{ 'ForAllValues:StringEquals': { 'aws:username': 'a' } }, 'FOR_ALL_VALUES_WITH_SINGLE_VALUED_KEY'],
    [{ 'ForAnyValue:StringEquals': { 'aws:username': 'a' } }, 'FOR_ANY_VALUE_WITH_SINGLE_VALUED_KEY'],
    [{ NullIfExists: { 'aws:username': 'true' } }, 'NULL_WITH_IF_EXISTS'],
    [{ 'ForAllValues:Null': { 'aws:TagKeys': 'true' } }, 'NULL_WITH_QUALIFIER'],
    [{ StringEquals: { 'aws:SourceIp': '203.0.113.1' } }, 'TYPE_MISMATCH'],
    [{ ArnLike: { 'aws:username': 'arn:aws:iam::1:user/x' } }, 'TYPE_MISMATCH'],
    [{ StringEquals: { 'aws:SecureTransport': 'true' } }, 'TYPE_MISMATCH'],
    [{ NumericEquals: { 'x:n': 'ten' } }, 'TYPE_MISMATCH_NUMBER'],
    [{ Bool: { 'aws:SecureTransport': 'yes' } }, 'TYPE_MISMATCH_BOOLEAN'],
    [{ Bool: { 'aws:SecureTransport': ['true', 'false'] } }, 'INVALID_CONDITION_MULTIPLE_BOOLEAN'],
    [{ BinaryEquals: { 'x:b': '!' } }, 'TYPE_MISMATCH_STRING'],
    [{ ArnLike: { 'aws:PrincipalArn': 'dana' } }, 'TYPE_MISMATCH_ARN'],
    [{ IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } }, 'TYPE_MISMATCH_IP_RANGE'],
    [{ StringEquals: { 'aws:username': 'a*' } }, 'WILDCARD_WITHOUT_LIKE_OPERATOR'],
    [{ StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'WILDCARD_IN_SENSITIVE_KEY'],
  ]
  for (const [condition, ...codes] of wrong) assert.deepEqual(codesOf(condition), codes, JSON.stringify(condition))
})

test('a mismatch names the operators that fit', () => {
  const text = JSON.stringify(
    policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:EpochTime': '1' } } }),
  )
  const [finding] = parsePolicy(text, 'identity', { knownKeys }).findings
  assert.equal(finding!.message, '`StringEquals` does not compare what `aws:EpochTime` has: use Numeric or Date operators')
  assert.deepEqual(finding!.path, ['Statement', 0, 'Condition', 'StringEquals', 'aws:EpochTime'])
})

test('without a table of keys there is no advice, and saving is as it was', () => {
  const text = JSON.stringify(policy({ Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:TagKeys': 'a*' } } }))
  assert.deepEqual(parsePolicy(text, 'identity').findings, [])
})

const names = Object.keys(grammars) as GrammarName[]

test('hostile texts cost bounded time, in every grammar, and nothing is thrown', () => {
  const million = 1_000_000
  const hostile: readonly string[] = [
    '['.repeat(million),
    '{"a":'.repeat(100_000),
    `"${'\\u0041'.repeat(20_000)}"`,
    ' '.repeat(million),
    `{"Version":"2012-10-17","Statement":[${'{},'.repeat(40_000)}{}]}`,
    JSON.stringify(policy({ Effect: 'Allow', Action: `s3:${'*?'.repeat(60_000)}`, Resource: '*' })),
    JSON.stringify(policy({ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${'*a'.repeat(50_000)}` })),
    JSON.stringify(
      policy({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringLike: { 'aws:username': '${'.repeat(50_000) } } }),
    ),
    JSON.stringify(policy({ Effect: 'Allow', Action: Array.from({ length: 12_000 }, (_, index) => `s3:A${index}`), Resource: '*' })),
    JSON.stringify(
      policy({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { DateLessThan: { 'aws:CurrentTime': '9'.repeat(100_000) } } }),
    ),
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: Array.from({ length: 5000 }, () => 'arn:aws:iam::1:root') }, Action: '*' }],
    }),
  ]
  const started = process.cpuUsage()
  for (const text of hostile) for (const name of names) parsePolicy(text, name, { knownKeys })
  const { user } = process.cpuUsage(started)
  // Some 12 MB of text in nine grammars; quadratic work would take minutes.
  assert.ok(user < 60_000_000, `${user / 1e6} s`)
})

test('whatever JSON stands anywhere, findings have places in the text, and names of Object.prototype mean nothing', () => {
  const inherited = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf')
  const name = fc.oneof(
    inherited,
    fc.constantFrom(...DOCUMENT_MEMBERS, ...STATEMENT_MEMBERS),
    fc.constantFrom(...operatorNames, 'aws:username', 'AWS', 'Service', 'Federated'),
  )
  const leaf = fc.oneof(
    fc.constantFrom('Allow', 'Deny', '*', '2012-10-17', 's3:*', 'arn:aws:s3:::b', ''),
    inherited,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(name, tie('value')), { maxLength: 5 })
        .map(
          (members) =>
            `{${members.map(([key, own]) => `${JSON.stringify(key)}:${typeof own === 'string' && own.startsWith('{') ? own : JSON.stringify(own)}`).join()}}`,
        ),
    ),
  }))
  fc.assert(
    fc.property(value, fc.constantFrom(...names), (found, grammar) => {
      const text = typeof found === 'string' ? found : JSON.stringify(found)
      for (const { span, path, message } of parsePolicy(text, grammar, { knownKeys }).findings) {
        assert.ok(span.start.offset >= 0 && span.end.offset <= text.length && span.start.line >= 1 && span.start.column >= 1)
        assert.ok(message.length > 0 && Array.isArray(path))
      }
    }),
    { numRuns: 1000 },
  )
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","constructor":1}]}'
  assert.deepEqual(
    parsePolicy(text, 'identity').findings.map(({ code }) => code),
    ['UNKNOWN_MEMBER'],
  )
})
