import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { GetUserCommand } from '@aws-sdk/client-iam'
import { signedRequest } from './bad-input.support.js'
import { plainRequest } from './cli.support.js'
import { iamClient, type Key } from './clients.js'
import { bailiwick, type RunningServer, removeFolder, startServer } from './running-server.js'

let server: RunningServer
/** The root of an account of its own, so that the first one cannot be closed by accident. */
let key: Key

before(async () => {
  server = await startServer()
  const made = await bailiwick(['accounts', 'create', '--name', 'f', '--email', 'f@example.com', '--json', '--data-dir', server.dataDir])
  const { RootCredentials: root } = JSON.parse(made.stdout)
  key = { accessKeyId: root.AccessKeyId, secretAccessKey: root.SecretAccessKey }
})
after(async () => {
  await server.stop()
  removeFolder(server.dataDir)
})

const policy = encodeURIComponent('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Get*","Resource":"*"}]}')
const trust = encodeURIComponent(
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}',
)
const arn = encodeURIComponent('arn:aws:iam::aws:policy/ReadOnlyAccess')

const calls: readonly string[] = [
  'CreateUser&UserName=fuzz&Path=%2Fa%2F&Tags.member.1.Key=k&Tags.member.1.Value=v',
  'GetUser&UserName=fuzz',
  'ListUsers&MaxItems=10&PathPrefix=%2Fa%2F',
  'UpdateUser&UserName=fuzz&NewUserName=fuzzed&NewPath=%2Fb%2F',
  'DeleteUser&UserName=fuzz',
  `PutUserPolicy&UserName=fuzz&PolicyName=p&PolicyDocument=${policy}`,
  'GetUserPolicy&UserName=fuzz&PolicyName=p',
  `AttachUserPolicy&UserName=fuzz&PolicyArn=${arn}`,
  'CreateGroup&GroupName=g',
  'AddUserToGroup&GroupName=g&UserName=fuzz',
  `CreateRole&RoleName=r&AssumeRolePolicyDocument=${trust}&MaxSessionDuration=3600`,
  `UpdateAssumeRolePolicy&RoleName=r&PolicyDocument=${trust}`,
  'TagRole&RoleName=r&Tags.member.1.Key=a&Tags.member.1.Value=b&Tags.member.2.Key=c&Tags.member.2.Value=d',
  'UntagRole&RoleName=r&TagKeys.member.1=a&TagKeys.member.2=c',
  `CreatePolicy&PolicyName=m&PolicyDocument=${policy}&Description=some`,
  `CreatePolicyVersion&PolicyArn=${arn}&PolicyDocument=${policy}&SetAsDefault=true`,
  'ListPolicies&Scope=Local&OnlyAttached=false&MaxItems=5',
  'CreateInstanceProfile&InstanceProfileName=i',
  'AddRoleToInstanceProfile&InstanceProfileName=i&RoleName=r',
  'GetAccountAuthorizationDetails&Filter.member.1=User&Filter.member.2=Role&MaxItems=3',
  'CreateAccessKey&UserName=fuzz',
  'GetAccountSummary',
]
const stsCalls: readonly string[] = [
  'GetCallerIdentity',
  'GetSessionToken&DurationSeconds=900',
  `AssumeRole&RoleArn=${encodeURIComponent('arn:aws:iam::123456789012:role/r')}&RoleSessionName=s&Policy=${policy}&Tags.member.1.Key=k&Tags.member.1.Value=v`,
]

const spices =
  '%00|%FF|%C3%A9|%F0%9F%98%80|%|&|=|+|.member.1|.member.0|.member.-1|.member.99999999|.entry.1.key|9007199254740993|1e400|-1|NaN|null|true|*|%2F%2F|arn%3Aaws%3A|%22|%5C|%7B|%5B|%E2%80%A8|__proto__|..|$%7Baws%3Ausername%7D'.split(
    '|',
  )

/** mulberry32 */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Mutation = (text: string, below: (most: number) => number) => string
const mutations: readonly Mutation[] = [
  (text, below) => text.slice(0, below(text.length)),
  (text, below) => insert(text, below(text.length), spices[below(spices.length)]!),
  (text, below) => {
    const at = below(text.length)
    return text.slice(0, at) + text.slice(at + 1 + below(5))
  },
  (text, below) => {
    const at = below(text.length)
    return text.slice(0, at) + String.fromCharCode(33 + below(94)) + text.slice(at + 1)
  },
  (text, below) => {
    const parts = text.split('&')
    return [...parts, parts[below(parts.length)]!].join('&')
  },
  (text, below) => {
    const parts = text.split('&')
    parts.splice(below(parts.length), 1)
    return parts.join('&')
  },
  (text, below) => {
    const parts = text.split('&')
    const at = below(parts.length)
    parts[at] = `${parts[at]!.split('=')[0]}=${spices[below(spices.length)]}`
    return parts.join('&')
  },
  (text, below) => insert(text, below(text.length), 'A'.repeat(1 + below(5000))),
  (text, below) => insert(text, below(text.length), text.slice(below(text.length)).repeat(1 + below(3))),
]
const insert = (text: string, at: number, piece: string): string => text.slice(0, at) + piece + text.slice(at)

const seed = Number(process.env.BAILIWICK_TEST_SEED ?? 20261124)
const requests = 900

test(`[bad input] signed bodies bent at random are answered as they are or as the caller's mistake (seed ${seed})`, async () => {
  const below = numbers(seed)
  const answered = new Map<number, number>()
  for (let count = 0; count < requests; count++) {
    const [service, version, list] = below(6) === 0 ? (['sts', '2011-06-15', stsCalls] as const) : (['iam', '2010-05-08', calls] as const)
    let parameters = list[below(list.length)]!
    for (let times = below(4); times > 0 && parameters.length > 0; times--)
      parameters = mutations[below(mutations.length)]!(parameters, below)
    const body = `Version=${version}&Action=${parameters}`
    const { headers } = await signedRequest({ key, endpoint: server.endpoint, body, service })
    const response = await fetch(server.endpoint, {
      method: 'POST',
      headers: headers.filter(([name]) => name !== 'host') as [string, string][],
      body,
    })
    const text = await response.text()
    const told = `seed ${seed}, request ${count}: ${response.status} for ${body.slice(0, 2000)}\n${text.slice(0, 500)}`
    // 501 is an answer too: a bent name may be that of an operation that is known and not carried out.
    assert.ok(response.status < 500 || response.status === 501, told)
    assert.match(text, response.ok ? /<RequestId>/ : /<Code>[A-Za-z]+<\/Code>/, told)
    answered.set(response.status, (answered.get(response.status) ?? 0) + 1)
  }
  assert.ok((answered.get(200) ?? 0) > requests / 10 && (answered.get(400) ?? 0) > requests / 10, JSON.stringify([...answered]))
  assert.doesNotMatch(server.output(), /FAILURE/)
  assert.doesNotMatch(
    (await plainRequest(server.endpoint, 'GET', '/_bailiwick/metrics')).body,
    /outcome="(?:ServiceFailure|InternalFailure)"/,
  )
  assert.ok((await iamClient(server.endpoint, server.rootKey).send(new GetUserCommand({}))).User)
})
