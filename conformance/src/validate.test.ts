import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { account, allow, policy, refused, trust, useServer } from './iam-scene.js'
import { bailiwick, freshFolder, removeFolder } from './running-server.js'

const scene = useServer()
const validate = (args: readonly string[], input = '') => bailiwick(['validate', ...args], {}, input)

interface Finding {
  readonly severity: string
  readonly code: string
  readonly path: readonly (string | number)[]
  readonly span: { readonly start: { readonly line: number; readonly column: number } }
  readonly apiMessage?: string
}

/** Of each document; one run of the command. */
async function findingsOf(texts: readonly string[], type: string): Promise<readonly (readonly Finding[])[]> {
  const folder = freshFolder()
  const files = texts.map((text, at) => {
    const file = join(folder, `${at}.json`)
    writeFileSync(file, text)
    return file
  })
  const { stdout, stderr } = await validate([...files, '--type', type, '--json'])
  removeFolder(folder)
  assert.equal(stderr, '')
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).findings)
}

const version = '2012-10-17'
const whole = (statement: object): string => JSON.stringify({ Version: version, Statement: [statement] })
const { Action: _, ...withoutAction } = allow('s3:GetObject') as { Action: unknown }
const { Resource: __, ...withoutResource } = allow('s3:GetObject') as { Resource: unknown }

const identityDocuments: readonly string[] = [
  '{',
  '[]',
  '"text"',
  '{"Version":"2012-10-17"}',
  '{"Version":"2012-10-17","Statement":[]}',
  '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
  '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
  '{"Version":"2013-01-01","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
  '{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}',
  whole({ ...allow('s3:GetObject'), Extra: 1 }),
  whole({ ...allow('s3:GetObject'), Effect: 'allow' }),
  whole({ ...allow('s3:GetObject'), Effect: 'Permit' }),
  whole({ ...allow('s3:GetObject'), Principal: '*' }),
  whole({ ...allow('s3:GetObject'), Sid: 'a b' }),
  whole({ ...allow('s3:GetObject'), NotAction: 's3:*' }),
  whole(withoutAction),
  whole(withoutResource),
  whole(allow('GetObject')),
  whole(allow('a:b:c')),
  whole(allow('s*:Get')),
  whole(allow('s3:GetObject', 'bucket')),
  whole(allow('s3:GetObject', 'arn:nowhere:s3:::b')),
  whole(allow('s3:GetObject', 'arn:aws:s3::b')),
  whole(allow('iam:GetUser', 'arn:aws:iam::1:thing/x')),
  whole(allow('s3:GetObject', '*', { Condition: { StringMaybe: { 'aws:username': 'x' } } })),
  whole(allow('s3:GetObject', '*', { Condition: { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } } })),
  whole(allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:username': null } } })),
  whole(allow('s3:GetObject', '*', { Condition: { IpAddress: { 'aws:SourceIp': '999.1.1.1' } } })),
  whole(allow('s3:GetObject', '*', { Condition: { NullIfExists: { 'aws:username': 'true' } } })),
  whole(allow('s3:GetObject', 'arn:aws:s3::<ACCOUNT_ID>:b')),
  ` ${whole(allow('s3:GetObject'))}`,
  JSON.stringify({ Statement: allow('s3:GetObject'), Version: version }),
  JSON.stringify({
    Version: version,
    Statement: [
      { ...allow('s3:*'), Sid: 'A' },
      { ...allow('s3:*'), Sid: 'A' },
    ],
  }),
  `{"Version":"2012-10-17","Statement":${'['.repeat(200)}${']'.repeat(200)}}`,
]

const trustDocuments: readonly string[] = [
  '{',
  whole({ Effect: 'Allow', Action: 'sts:AssumeRole' }),
  whole({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: {} }),
  whole({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }),
  whole({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'nobody' } }),
  whole({ Effect: 'Allow', Action: 's3:GetObject', Principal: { AWS: account } }),
  whole({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account }, Resource: '*' }),
  whole({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account }, NotResource: '*' }),
  whole({ Effect: 'Deny', Action: 'sts:AssumeRole', NotPrincipal: { AWS: account } }),
  whole({ Effect: 'Allow', Principal: { AWS: account } }),
  ` ${whole({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: account } })}`,
  whole({ Effect: 'Allow', Action: 'sts:*', Principal: { AWS: account } }),
  whole({ Action: 'sts:AssumeRole', Principal: { AWS: account } }),
  whole({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'cognito-identity.amazonaws.com' } }),
  whole({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Federated: 'x' } }),
  JSON.stringify({ Version: '2010-01-01', Statement: [] }),
  JSON.stringify({ Version: version, Statement: [] }),
]

test('[item 3] the message that validate tells is the message that the API refuses the document with', async () => {
  const iam = scene.iam()
  const kinds = [
    ['identity', identityDocuments, (text: string) => iam.createPolicy({ PolicyName: 'p', PolicyDocument: text })],
    ['trust', trustDocuments, (text: string) => iam.createRole({ RoleName: 'r', AssumeRolePolicyDocument: text })],
  ] as const
  for (const [type, texts, save] of kinds) {
    const found = await findingsOf(texts, type)
    for (const [at, text] of texts.entries()) {
      const first = found[at]!.find(({ apiMessage }) => apiMessage !== undefined)
      assert.ok(first !== undefined, `${type} ${text}`)
      assert.equal(await refused(save(text)), `MalformedPolicyDocument 400 ${first.apiMessage}`, text)
    }
  }
})

test('[item 3] advice is about what AWS stores: the API takes it', async () => {
  const text = policy(
    allow('s3:GetObject', '*', {
      Condition: {
        StringEquals: { 'aws:TagKeys': 'a', 'aws:username': 'd*' },
        'ForAllValues:StringLike': { 'aws:PrincipalOrgID': 'o-*' },
        Bool: { 'aws:SecureTransport': 'yes' },
        NumericEquals: { 'aws:SourceIp': '1' },
        Null: { 'aws:Nothing': 'true' },
      },
    }),
  )
  const found = (await findingsOf([text], 'identity'))[0]!.map(({ severity, code, path, apiMessage }) => [
    severity,
    code,
    path.slice(3).join(' '),
    apiMessage,
  ])
  assert.deepEqual(found, [
    ['error', 'MISSING_QUALIFIER', 'StringEquals aws:TagKeys', undefined],
    ['warning', 'WILDCARD_WITHOUT_LIKE_OPERATOR', 'StringEquals aws:username', undefined],
    ['security-warning', 'FOR_ALL_VALUES_WITH_SINGLE_VALUED_KEY', 'ForAllValues:StringLike aws:PrincipalOrgID', undefined],
    ['security-warning', 'WILDCARD_IN_SENSITIVE_KEY', 'ForAllValues:StringLike aws:PrincipalOrgID', undefined],
    ['warning', 'TYPE_MISMATCH_BOOLEAN', 'Bool aws:SecureTransport', undefined],
    ['warning', 'TYPE_MISMATCH', 'NumericEquals aws:SourceIp', undefined],
    ['error', 'INVALID_GLOBAL_CONDITION_KEY', 'Null aws:Nothing', undefined],
  ])
  await scene.iam().createPolicy({ PolicyName: 'advised', PolicyDocument: text })
})

test('[item 3] files are told with line and column; the exit code is 1 for errors and 2 when there is nothing to read', async () => {
  const folder = freshFolder()
  const good = join(folder, 'good.json')
  const bad = join(folder, 'bad.json')
  writeFileSync(good, policy(allow('s3:GetObject')))
  writeFileSync(
    bad,
    '{\n  "Version": "2012-10-17",\n  "Statement": {\n    "Effect": "allow",\n    "Action": "s3:*",\n    "Resource": "*"\n  }\n}\n',
  )
  assert.deepEqual(await validate([good]), { code: 0, stdout: `${good}: nothing is wrong\n`, stderr: '' })
  const { code, stdout } = await validate([good, bad])
  assert.equal(code, 1)
  assert.equal(
    stdout,
    `${good}: nothing is wrong
${bad}:4:15  error  EFFECT_LETTER_CASE  \`allow\` is written \`Allow\` or \`Deny\`
    at Statement.Effect
    AWS: The policy failed legacy parsing
`,
  )
  assert.equal((await validate(['-', '--type', 'trust'], trust(account))).code, 0)
  assert.equal((await validate(['-', '--type', 'identity'], trust(account))).code, 1)
  assert.equal((await validate([])).code, 2)
  assert.equal((await validate([join(folder, 'none.json')])).code, 2)
  assert.match((await validate(['-', '--type', 'identty'])).stderr, /unknown type `identty`; did you mean `identity`\?/)
  assert.equal((await validate(['-'])).code, 1)
  removeFolder(folder)
})
