import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpRequest } from '../http.js'
import { AuthenticationError } from './authentication-error.js'
import { readClaim } from './claim.js'
import { hashForMessage } from './verify.js'

const now = Date.UTC(2026, 10, 24, 12, 0, 0)
const rules = { now, service: 'iam', isRegion: (region: string) => region === 'us-east-1', hash: hashForMessage }
const authorization =
  'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261124/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=00'
const query =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261124%2Fus-east-1%2Fiam%2Faws4_request&X-Amz-Date=20261124T120000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=00'

interface Given {
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly query?: string
}

function request({ headers = {}, query: own = '' }: Given): HttpRequest {
  const all = { host: 'localhost', 'x-amz-date': '20261124T120000Z', ...headers }
  const entries = Object.entries(all).filter(([, value]) => value !== undefined)
  return {
    method: 'POST',
    path: '/',
    query: own,
    headers: new Map(entries.map(([name, value]) => [name, [value].flat() as string[]])),
    body: new Uint8Array(),
  }
}

/** `failure: message`, and the code and status of each protocol family. */
function refused(given: Given, changed: Partial<typeof rules> = {}): string {
  try {
    readClaim(request(given), { ...rules, ...changed })
  } catch (error) {
    assert.ok(error instanceof AuthenticationError)
    const { code, status } = error.as('query')
    return `${code} ${status} ${error.message}`
  }
  return 'read'
}

const unpaired = (text: string): string =>
  `IncompleteSignature 400 Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashForMessage(text)}'.`
const blanks = {
  before: authorization.replace('=AKID', '= AKID'),
  behind: authorization.replace('PLE/', 'PLE\t/'),
  word: `${authorization}, more`,
}
const hidden = (text: string): string => `(Hashed with SHA-256 and encoded with Base64) Authorization=${hashForMessage(text)}`

/** iam-behaviour §2, row by row; each beside what is taken. */
const cases: readonly (readonly [name: string, given: Given, answer: string])[] = [
  ['a whole claim', { headers: { authorization } }, 'read'],
  ['a whole claim in the query', { query }, 'read'],
  ['nothing', {}, 'MissingAuthenticationToken 403 Request is missing Authentication Token'],
  [
    'another scheme',
    { headers: { authorization: 'Basic YTpi' } },
    'MissingAuthenticationToken 403 Request is missing Authentication Token',
  ],
  [
    'header and query both',
    { headers: { authorization }, query },
    "SignatureDoesNotMatch 403 Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
  ],
  [
    'no signature and no signed headers',
    { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a/b/c/d/e' } },
    `IncompleteSignature 400 Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. ${hidden('AWS4-HMAC-SHA256 Credential=a/b/c/d/e')}`,
  ],
  ['a blank before the key id', { headers: { authorization: blanks.before } }, unpaired(blanks.before)],
  ['a blank behind the key id', { headers: { authorization: blanks.behind } }, unpaired(blanks.behind)],
  ['a word behind it', { headers: { authorization: blanks.word } }, unpaired(blanks.word)],
  [
    'no signature, and a piece without an equal-sign, which is told first',
    { headers: { authorization: 'AWS4-HMAC-SHA256 Credential' } },
    unpaired('AWS4-HMAC-SHA256 Credential'),
  ],
  ['blanks between its parts', { headers: { authorization: authorization.replaceAll(', ', ' ,  ') } }, 'read'],
  [
    'no date',
    { headers: { authorization, 'x-amz-date': undefined } },
    `IncompleteSignature 400 Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ${hidden(authorization)}`,
  ],
  [
    'a parameter twice',
    { headers: { authorization: `${authorization}, Signature=11` } },
    `IncompleteSignature 400 Authorization header and its parameters must be given once. ${hidden(`${authorization}, Signature=11`)}`,
  ],
  [
    'the header twice',
    { headers: { authorization: [authorization, authorization] } },
    `IncompleteSignature 400 Authorization header and its parameters must be given once. ${hidden(authorization)}`,
  ],
  [
    'no signature in the query',
    { query: query.replace('&X-Amz-Signature=00', '') },
    "IncompleteSignature 400 AWS query-string parameters must include 'X-Amz-Signature'. Re-examine the query-string parameters.",
  ],
  [
    'a query parameter twice',
    { query: `${query}&X-Amz-Date=20261124T120000Z` },
    "IncompleteSignature 400 AWS query-string parameter 'X-Amz-Date' must be given once. Re-examine the query-string parameters.",
  ],
  [
    'a malformed date',
    { headers: { authorization, 'x-amz-date': '2026-11-24' } },
    "IncompleteSignature 400 Date must be in ISO-8601 'basic format'. Got '2026-11-24'. See http://en.wikipedia.org/wiki/ISO_8601",
  ],
  [
    'a day that there is not',
    { headers: { authorization, 'x-amz-date': '20261131T120000Z' } },
    "IncompleteSignature 400 Date must be in ISO-8601 'basic format'. Got '20261131T120000Z'. See http://en.wikipedia.org/wiki/ISO_8601",
  ],
  ['fifteen minutes old', { headers: { authorization, 'x-amz-date': '20261124T114500Z' } }, 'read'],
  [
    'a second older',
    { headers: { authorization, 'x-amz-date': '20261124T114459Z' } },
    'SignatureDoesNotMatch 403 Signature expired: 20261124T114459Z is now earlier than 20261124T114500Z (20261124T120000Z - 15 min.)',
  ],
  ['fifteen minutes ahead', { headers: { authorization, 'x-amz-date': '20261124T121500Z' } }, 'read'],
  [
    'a second further',
    { headers: { authorization, 'x-amz-date': '20261124T121501Z' } },
    'SignatureDoesNotMatch 403 Signature not yet current: 20261124T121501Z is still later than 20261124T121500Z (20261124T120000Z + 15 min.)',
  ],
  ['a presigned life of a minute, fifteen minutes old', { query: `${query.replace('T120000Z', 'T114500Z')}&X-Amz-Expires=60` }, 'read'],
  [
    'a presigned life of an hour, a second older',
    { query: `${query.replace('T120000Z', 'T114459Z')}&X-Amz-Expires=3600` },
    'SignatureDoesNotMatch 403 Signature expired: 20261124T114459Z is now earlier than 20261124T114500Z (20261124T120000Z - 15 min.)',
  ],
  [
    'host not signed',
    { headers: { authorization: authorization.replace('host;', '') } },
    "SignatureDoesNotMatch 403 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  [
    'target not signed',
    { headers: { authorization, 'x-amz-target': 'A.B' } },
    "SignatureDoesNotMatch 403 'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  [
    'another algorithm',
    { headers: { authorization: authorization.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1') } },
    "IncompleteSignature 400 Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1' (only AWS4-HMAC-SHA256 for now). ",
  ],
  [
    'signature version 2',
    { headers: { authorization: 'AWS AKIDEXAMPLE:abc=' } },
    "IncompleteSignature 400 Unsupported AWS 'algorithm': 'AWS' (only AWS4-HMAC-SHA256 for now). ",
  ],
  [
    'signature version 2 in the query',
    { query: 'AWSAccessKeyId=AKIDEXAMPLE&SignatureVersion=2&SignatureMethod=HmacSHA256&Signature=abc' },
    "IncompleteSignature 400 Unsupported AWS 'algorithm': 'HmacSHA256' (only AWS4-HMAC-SHA256 for now). ",
  ],
  [
    'a scope of four parts',
    { headers: { authorization: authorization.replace('/iam', '') } },
    "IncompleteSignature 400 Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE/20261124/us-east-1/aws4_request'",
  ],
  [
    'everything in the scope wrong',
    { headers: { authorization: authorization.replace('20261124/us-east-1/iam/aws4_request', '20261123/mars/sts/aws3') } },
    "SignatureDoesNotMatch 403 Credential should be scoped to a valid region, not 'mars'. Credential should be scoped to correct service: 'iam'. Credential should be scoped with a valid terminator: 'aws4_request', not 'aws3'. Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20261123' != '20261124', from '20261124T120000Z'.",
  ],
]

const forObject = query.replace('%2Fiam%2F', '%2Fs3%2F')

/** Only for objects does `X-Amz-Expires` count. */
const objectCases: typeof cases = [
  ['presigned for an hour, an hour ago', { query: `${forObject.replace('T120000Z', 'T110000Z')}&X-Amz-Expires=3600` }, 'read'],
  [
    'presigned for less',
    { query: `${forObject.replace('T120000Z', 'T110000Z')}&X-Amz-Expires=3599` },
    'SignatureDoesNotMatch 403 Signature expired: 20261124T110000Z is now earlier than 20261124T110001Z (20261124T120000Z - 3599 sec.)',
  ],
  [
    'presigned for eight days',
    { query: `${forObject}&X-Amz-Expires=691200` },
    "IncompleteSignature 400 X-Amz-Expires must be a number of seconds from 1 to 604800. Got '691200'.",
  ],
]

for (const [name, given, answer] of objectCases) {
  test(`[item 4] an object ${name}`, () => assert.equal(refused(given, { service: 's3' }), answer))
}

for (const [name, given, answer] of cases) {
  test(`[item 3] a claim with ${name}`, () => assert.equal(refused(given).trimEnd(), answer.trimEnd()))
}

test('[item 3] JSON services answer the same sentences with their own codes, status 400', () => {
  assert.deepEqual(new AuthenticationError('UnknownKey').as('json'), { code: 'UnrecognizedClientException', status: 400 })
  assert.deepEqual(new AuthenticationError('ExpiredToken').as('json'), { code: 'ExpiredTokenException', status: 400 })
  assert.deepEqual(new AuthenticationError('SignatureDoesNotMatch').as('json'), { code: 'InvalidSignatureException', status: 400 })
})
