import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Key, keyOf } from './clients.js'
import { account, allow, deny, policy, refused, trust, useServer } from './iam-scene.js'
import { bailiwick, type Ran } from './running-server.js'

const dana = `arn:aws:iam::${account}:user/dana`
const bucket = 'arn:aws:s3:::depot'
let danaKey: Key

const scene = useServer(async () => {
  danaKey = await scene.newUser(
    'dana',
    allow('iam:GetUser', dana),
    allow('s3:ListBucket', bucket),
    deny(['s3:DeleteBucket', 's3:PutObject']),
  )
})

const environment = (key: Key = scene.server().rootKey) => ({
  AWS_ENDPOINT_URL: scene.server().endpoint,
  AWS_ACCESS_KEY_ID: key.accessKeyId,
  AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
})
const run = (args: readonly string[], key?: Key): Promise<Ran> => bailiwick(['explain', ...args], environment(key))
const asking = (action: string, resource: string, principal = dana): string[] => [
  '--principal',
  principal,
  '--action',
  action,
  '--resource',
  resource,
]

interface Explained {
  readonly Decision: string
  readonly Message?: string
  readonly EventId?: string
  readonly EventDecision?: string
  readonly Policies: readonly {
    readonly PolicyType: string
    readonly PolicyName?: string
    readonly Hidden?: string
    readonly Statements?: readonly { readonly Applies: boolean; readonly Mismatch?: { readonly Element: string } }[]
  }[]
  readonly Change?: { readonly Edits: readonly { readonly Kind: string; readonly Statement?: string }[]; readonly Impossible?: string }
  readonly EncodedMessage?: string
  readonly Context: Readonly<Record<string, readonly string[]>>
  readonly Notes?: readonly string[]
}

async function explained(args: readonly string[], key?: Key): Promise<Explained> {
  const { stdout, stderr } = await run([...args, '--json'], key)
  assert.equal(stderr, '')
  return JSON.parse(stdout)
}

test('[item 4] the exit code is the answer, and a denial names the statement and the change', async () => {
  const allowed = await run(asking('s3:ListBucket', bucket))
  assert.equal(allowed.code, 0, allowed.stderr)
  assert.match(allowed.stdout, /^ALLOWED\n/)
  const denied = await run(asking('s3:PutObject', `${bucket}/k`))
  assert.equal(denied.code, 1, denied.stderr)
  assert.equal(
    denied.stdout,
    `DENIED (explicitly)
  who   ${dana}
  what  s3:PutObject
  on    ${bucket}/k

  User: ${dana} is not authorized to perform: s3:PutObject on resource: "${bucket}/k" with an explicit deny in an identity-based policy

identity  own  of ${dana}
  2  Deny    applies
  2 for other actions

Smallest change that allows it: all of these 2
  1. in statement 2 of identity  own  of ${dana}: take \`s3:PutObject\` out of its \`Action\`
     no longer denies: s3:PutObject on *
  2. add a statement to the policies of ${dana}
     {"Effect":"Allow","Action":"s3:PutObject","Resource":"${bucket}/k"}
     allows: s3:PutObject on ${bucket}/k
`,
  )
})

test('[item 4] the change that is told is the change that helps', async () => {
  const { Change } = await explained(asking('iam:GetGroup', `arn:aws:iam::${account}:group/staff`))
  const [edit, ...more] = Change!.Edits
  assert.deepEqual(more, [])
  await scene.iam().createGroup({ GroupName: 'staff' })
  await assert.rejects(scene.iam(danaKey).getGroup({ GroupName: 'staff' }))
  await scene.iam().putUserPolicy({ UserName: 'dana', PolicyName: 'change', PolicyDocument: policy(JSON.parse(edit!.Statement!)) })
  assert.equal((await scene.iam(danaKey).getGroup({ GroupName: 'staff' })).Group!.GroupName, 'staff')
  assert.equal((await explained(asking('iam:GetGroup', `arn:aws:iam::${account}:group/staff`))).Decision, 'allowed')
  await scene.iam().deleteUserPolicy({ UserName: 'dana', PolicyName: 'change' })
})

test('[item 4] a denial of the audit trail is explained by its request id, with the context and on the state of its time', async () => {
  let requestId = ''
  await scene
    .iam(danaKey)
    .deleteUser({ UserName: 'erin' })
    .catch((error: { $metadata: { requestId: string } }) => {
      requestId = error.$metadata.requestId
    })
  await scene.iam().putUserPolicy({ UserName: 'dana', PolicyName: 'since', PolicyDocument: policy(allow('iam:DeleteUser')) })
  const found = await explained([requestId])
  assert.equal(found.Decision, 'implicitDeny')
  assert.equal(found.EventDecision, 'implicitDeny')
  assert.deepEqual(found.Context['aws:username'], ['dana'])
  assert.ok(found.Context['aws:SourceIp'] !== undefined)
  assert.deepEqual(
    found.Policies.map(({ PolicyName }) => PolicyName),
    ['own'],
  )
  // Each encoding of a message is another one.
  assert.deepEqual({ ...(await explained([found.EventId!])), EncodedMessage: '' }, { ...found, EncodedMessage: '' })
  await scene.iam().deleteUserPolicy({ UserName: 'dana', PolicyName: 'since' })
  const stranger = await run(['00000000-0000-4000-8000-000000000000'])
  assert.equal(stranger.code, 2)
  assert.match(stranger.stderr, /EventNotFoundException/)
})

test('[item 4] an encoded message is read by who has the right, in the account only', async () => {
  const { EncodedMessage } = await explained(asking('s3:PutObject', `${bucket}/k`))
  const { DecodedMessage } = await scene.sts().decodeAuthorizationMessage({ EncodedMessage })
  const decoded = JSON.parse(DecodedMessage!)
  assert.equal(decoded.explicitDeny, true)
  assert.equal(decoded.context.action, 's3:PutObject')
  assert.match(await refused(scene.sts(danaKey).decodeAuthorizationMessage({ EncodedMessage })), /^AccessDenied 403 /)
  const other = await scene.newAccount('elsewhere')
  assert.equal(
    await refused(scene.sts(other.root).decodeAuthorizationMessage({ EncodedMessage })),
    'InvalidAuthorizationMessageException 400 Message is not valid',
  )
})

test('[item 4] nobody explains without the right to, about others than those it may ask about, or in another account', async () => {
  const key = await scene.newUser('auditor', allow('bailiwick:Explain', dana))
  const denied = await run(asking('s3:PutObject', bucket), danaKey)
  assert.equal(denied.code, 2)
  assert.match(denied.stderr, /AccessDenied.*bailiwick:Explain on resource: arn:aws:iam::000000000000:user\/dana/)
  assert.equal((await run(asking('s3:PutObject', bucket), key)).code, 1)
  assert.match((await run(asking('s3:PutObject', bucket, `arn:aws:iam::${account}:user/auditor`), key)).stderr, /AccessDenied/)
  assert.match((await run(['some-event'], key)).stderr, /AccessDenied/)
  const warded = await scene.newUser('warded', allow('bailiwick:Explain'), deny('bailiwick:Explain', dana))
  for (const arn of [dana, dana.replace('arn:aws:', 'arn:aws-cn:')])
    assert.match((await run(asking('s3:PutObject', bucket, arn), warded)).stderr, /AccessDenied|PrincipalNotFound/)
  const other = await scene.newAccount('beyond')
  assert.match((await run(asking('s3:PutObject', bucket), other.root)).stderr, /AccessDenied/)
  const unsigned = await fetch(`${scene.server().endpoint}/_bailiwick/v1/explain`, { method: 'POST', body: '{}' })
  assert.match(`${unsigned.status} ${await unsigned.text()}`, /^400 .*missing Authentication Token/)
})

test('[item 4] policies that the caller may not read are not shown, nor used in what is suggested', async () => {
  await scene.iam().createPolicy({ PolicyName: 'secret', PolicyDocument: policy(deny('s3:Get*', `${bucket}/secret*`)) })
  await scene.iam().attachUserPolicy({ UserName: 'dana', PolicyArn: `arn:aws:iam::${account}:policy/secret` })
  const key = await scene.newUser('half', allow('bailiwick:Explain'), allow('iam:GetUserPolicy', dana))
  const { stdout } = await run([...asking('s3:GetObject', `${bucket}/secret-1`), '--json'], key)
  const found: Explained = JSON.parse(stdout)
  assert.equal(found.Decision, 'explicitDeny')
  assert.match(found.Message!, /with an explicit deny in an identity-based policy$/)
  assert.deepEqual(
    found.Policies.map(({ PolicyName, Hidden, Statements }) => [PolicyName, Hidden, Statements?.length]),
    [
      ['own', undefined, 3],
      [undefined, `iam:GetPolicyVersion on arn:aws:iam::${account}:policy/secret`, undefined],
    ],
  )
  assert.ok(!stdout.includes('secret*'))
  assert.equal(found.Change!.Edits[0]!.Kind, 'narrow')
  const whole = await explained(asking('s3:GetObject', `${bucket}/secret-1`))
  assert.match(whole.Message!, /: arn:aws:iam::000000000000:policy\/secret$/)
  assert.equal(whole.Policies.filter(({ Hidden }) => Hidden !== undefined).length, 0)
  await scene.iam().detachUserPolicy({ UserName: 'dana', PolicyArn: `arn:aws:iam::${account}:policy/secret` })
})

test('[item 4] tags and boundary of what is asked about are told to who may read it: not of another, and not of another account’s', async () => {
  const vault = `arn:aws:iam::${account}:role/vault`
  const Tags = [{ Key: 'code', Value: 'hush' }]
  await scene.iam().createRole({ RoleName: 'vault', AssumeRolePolicyDocument: trust(account), Tags })
  const frank = `arn:aws:iam::${account}:user/frank`
  const guess = { Condition: { StringEquals: { 'aws:ResourceTag/code': 'guess' } } }
  const key = await scene.newUser(
    'frank',
    allow('bailiwick:Explain'),
    allow('iam:GetUserPolicy', frank),
    allow('sts:AssumeRole', vault, guess),
  )
  const other = await scene.newAccount('peeping')
  const denied = async (by: Key): Promise<string> => {
    try {
      await scene.sts(by).assumeRole({ RoleArn: vault, RoleSessionName: 'visit' })
    } catch (error) {
      return (error as { readonly $metadata: { readonly requestId: string } }).$metadata.requestId
    }
    throw new Error('the role was assumed')
  }
  await scene.iam(other.root).createUser({ UserName: 'peeper' })
  const peeper = keyOf((await scene.iam(other.root).createAccessKey({ UserName: 'peeper' })).AccessKey)
  const told = [
    await run([...asking('sts:AssumeRole', vault, frank), '--json'], key),
    await run([await denied(key), '--json'], key),
    await run([await denied(peeper), '--json'], other.root),
  ]
  for (const [at, { stdout }] of told.entries()) {
    assert.ok(!stdout.includes('hush'), stdout)
    const lacks = at < 2 ? `it takes iam:GetRole on ${vault}` : 'it belongs to another account'
    assert.ok(
      (JSON.parse(stdout) as Explained).Notes!.includes(`the tags and the boundary of ${vault} were not looked at: ${lacks}`),
      stdout,
    )
  }
  await scene.iam().putUserPolicy({ UserName: 'frank', PolicyName: 'reads', PolicyDocument: policy(allow('iam:GetRole', vault)) })
  const whole = await explained(asking('sts:AssumeRole', vault, frank), key)
  assert.deepEqual([whole.Context['aws:ResourceTag/code'], whole.Notes], [['hush'], undefined])
})

test('[item 4] a role is asked about with its trust policy, its boundary and its tags', async () => {
  const root = scene.iam()
  await root.createRole({ RoleName: 'deploy', AssumeRolePolicyDocument: trust(dana), Tags: [{ Key: 'team', Value: 'red' }] })
  const role = `arn:aws:iam::${account}:role/deploy`
  assert.equal((await explained(asking('sts:AssumeRole', role))).Decision, 'allowed')
  await root.updateAssumeRolePolicy({
    RoleName: 'deploy',
    PolicyDocument: trust(dana, 'sts:AssumeRole', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  })
  const withoutMfa = await explained(asking('sts:AssumeRole', role))
  assert.equal(withoutMfa.Decision, 'implicitDeny')
  assert.deepEqual(
    withoutMfa.Change!.Edits.map(({ Kind }) => Kind),
    ['supply'],
  )
  assert.equal((await explained([...asking('sts:AssumeRole', role), '--context', 'aws:MultiFactorAuthPresent=true'])).Decision, 'allowed')
  await root.putRolePolicy({
    RoleName: 'deploy',
    PolicyName: 'own',
    PolicyDocument: policy(allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } })),
  })
  assert.equal((await explained(asking('s3:GetObject', `${bucket}/k`, role))).Decision, 'allowed')
  const session = `arn:aws:sts::${account}:assumed-role/deploy/visit`
  assert.equal((await explained(asking('s3:GetObject', `${bucket}/k`, session))).Decision, 'allowed')
  const other = `arn:aws:s3:::theirs/k`
  const file = join(scene.server().dataDir, 'bucket-policy.json')
  writeFileSync(file, policy({ Effect: 'Allow', Principal: { AWS: role }, Action: 's3:GetObject', Resource: other }))
  const across = [...asking('s3:GetObject', other, role), '--resource-account', '999999999999']
  assert.equal((await explained(across)).Decision, 'implicitDeny')
  assert.equal((await explained([...across, '--resource-policy', file])).Decision, 'allowed')
})

test('[item 4] what was not asked well is told, with exit code 2', async () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /say what to explain/],
    [['--principal', dana], /--action is needed/],
    [['a', 'b'], /unexpected argument `b`/],
    [['a', '--action', 's3:GetObject'], /either an event or --action/],
    [[...asking('s3:GetObject', '*'), '--context', 'x'], /--context takes KEY=VALUE/],
    [asking('GetObject', '*'), /ValidationException/],
    [asking('s3:GetObject', '*', `arn:aws:iam::${account}:user/nobody`), /PrincipalNotFoundException/],
    [[...asking('s3:GetObject', '*'), '--conext', 'x=y'], /did you mean `--context`/],
  ]
  for (const [args, message] of wrong) {
    const { code, stderr, stdout } = await run(args)
    assert.equal(code, 2, args.join(' '))
    assert.match(stderr, message)
    assert.equal(stdout, '')
  }
  assert.match((await bailiwick(['explain', '--help'])).stdout, /exit code is 0 for allowed, 1 for denied/)
})
