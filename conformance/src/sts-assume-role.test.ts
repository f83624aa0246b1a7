import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { type Key, keyOf } from './clients.js'
import { account, allow, deny, policy, refused, trust, useServer } from './iam-scene.js'
import { accountsPath, callOwnApi } from './own-api.js'

const scene = useServer()
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`
const userArn = (name: string): string => `arn:aws:iam::${account}:user/${name}`
const newRole = async (RoleName: string, AssumeRolePolicyDocument: string, ...statements: object[]): Promise<string> => {
  const { Role } = await scene.iam().createRole({ RoleName, AssumeRolePolicyDocument })
  if (statements.length > 0) await scene.iam().putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) })
  return Role!.Arn!
}
const denied = (user: string, arn: string, action = 'sts:AssumeRole') =>
  `AccessDenied 403 User: ${user} is not authorized to perform: ${action} on resource: ${arn}`

test('[item 5] AssumeRole answers credentials, who one is now, and sizes only when something was passed', async () => {
  const key = await scene.newUser('ada')
  const RoleArn = await newRole('plain', trust(userArn('ada')))
  const answer = await scene.sts(key).assumeRole({ RoleArn, RoleSessionName: 'S1@x=y,z.-_+' })
  assert.deepEqual(
    Object.keys(answer)
      .filter((name) => name !== '$metadata')
      .sort(),
    ['AssumedRoleUser', 'Credentials'],
  )
  assert.deepEqual(Object.keys(answer.Credentials!).sort(), ['AccessKeyId', 'Expiration', 'SecretAccessKey', 'SessionToken'])
  assert.match(answer.Credentials!.AccessKeyId!, /^ASIA[A-Z2-7]{16}$/)
  const { RoleId } = (await scene.iam().getRole({ RoleName: 'plain' })).Role!
  const Arn = `arn:aws:sts::${account}:assumed-role/plain/S1@x=y,z.-_+`
  assert.deepEqual(answer.AssumedRoleUser, { AssumedRoleId: `${RoleId}:S1@x=y,z.-_+`, Arn })
  const { $metadata: _, ...who } = await scene.sts(keyOf(answer.Credentials)).getCallerIdentity({})
  assert.deepEqual(who, { Account: account, Arn, UserId: `${RoleId}:S1@x=y,z.-_+` })
  const sized = await scene.sts(key).assumeRole({ RoleArn, RoleSessionName: 'visit', Policy: policy(allow('*')) })
  assert.equal(sized.PackedPolicySize, 4)
})

test('[item 5] who may assume a role: the trust policy alone for a user it names, both sides for an account it names', async () => {
  const named = await scene.newUser('named')
  const barred = await scene.newUser('barred', deny('sts:AssumeRole'))
  const able = await scene.newUser('able', allow('sts:AssumeRole', roleArn('by-account')))
  const byName = await newRole('by-name', trust([userArn('named'), userArn('barred')]))
  const byAccount = await newRole('by-account', trust(account))
  await scene.assume(named, byName)
  assert.equal(await refused(scene.assume(barred, byName)), denied(userArn('barred'), byName))
  assert.equal(await refused(scene.assume(able, byName)), denied(userArn('able'), byName))
  await scene.assume(able, byAccount)
  assert.equal(await refused(scene.assume(named, byAccount)), denied(userArn('named'), byAccount))
  const nowhere = roleArn('nowhere')
  assert.equal(await refused(scene.assume(able, nowhere)), denied(userArn('able'), nowhere), 'a missing role is denied in the same words')
})

test('[item 5] a role ARN is exact: another letter case, path or partition is another role, and a deny cannot be walked around', async () => {
  const arn = await newRole('Admin', trust(account))
  const key = await scene.newUser('walker', allow('sts:AssumeRole'), deny('sts:AssumeRole', arn))
  const elsewhere = ['aws-cn', 'aws-us-gov', 'x'].map((partition) => arn.replace('arn:aws:', `arn:${partition}:`))
  for (const other of [arn, roleArn('admin'), roleArn('ADMIN'), roleArn('path/Admin'), ...elsewhere]) {
    assert.equal(await refused(scene.assume(key, other)), denied(userArn('walker'), other))
  }
})

test('[item 5] the root user assumes no role', async () => {
  const RoleArn = await newRole('rootless', trust(`arn:aws:iam::${account}:root`))
  assert.equal(await refused(scene.assume(scene.server().rootKey, RoleArn)), 'AccessDenied 403 Roles may not be assumed by root accounts.')
})

test('[item 5] a role does not trust itself unless it says so', async () => {
  const key = await scene.newUser('selfish')
  const arn = await newRole('narcissus', trust(userArn('selfish')), allow('sts:AssumeRole'))
  const session = await scene.assume(key, arn)
  assert.equal(await refused(scene.assume(session, arn)), denied(`arn:aws:sts::${account}:assumed-role/narcissus/visit`, arn))
  await scene.iam().updateAssumeRolePolicy({ RoleName: 'narcissus', PolicyDocument: trust([userArn('selfish'), arn]) })
  await scene.assume(session, arn)
})

test('[item 5] what AssumeRole cannot take is refused in the words of STS', async () => {
  const key = await scene.newUser('sloppy')
  const RoleArn = await newRole('strict', trust(userArn('sloppy'), ['sts:AssumeRole', 'sts:TagSession']))
  const call = (more: object) => scene.sts(key).assumeRole({ RoleArn, RoleSessionName: 'visit', ...more })
  for (const wrong of [
    'not-an-arn-but-long-enough',
    'arn::iam::000000000000:role/x',
    'arn:aws::eu-west-1:000000000000:role/x',
    'arn:aws:iam:000000000000:role',
    'arn:aws:iam::000000000000:',
  ]) {
    assert.equal(await refused(call({ RoleArn: wrong })), `ValidationError 400 ${wrong} is invalid`)
  }
  const at = (value: string, path: string, rule: string) =>
    `ValidationError 400 1 validation error detected: Value '${value}' at '${path}' failed to satisfy constraint: Member must ${rule}`
  assert.equal(
    await refused(call({ RoleSessionName: 'Session1:2' })),
    at('Session1:2', 'roleSessionName', 'satisfy regular expression pattern: [\\w+=,.@-]*'),
  )
  assert.equal(await refused(call({ RoleSessionName: 'x' })), at('x', 'roleSessionName', 'have length greater than or equal to 2'))
  assert.equal(await refused(call({ DurationSeconds: 899 })), at('899', 'durationSeconds', 'have value greater than or equal to 900'))
  assert.equal(await refused(call({ DurationSeconds: 43_201 })), at('43201', 'durationSeconds', 'have value less than or equal to 43200'))
  assert.equal(
    await refused(call({ MinimumSessionTokenSize: 1000 })),
    'ValidationError 400 MinimumSessionTokenSize is not taken by this server.',
  )
  assert.equal(
    await refused(call({ DurationSeconds: 3601 })),
    'ValidationError 400 The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  )
  assert.match(await refused(call({ Policy: 'no json' })), /^MalformedPolicyDocument 400 /)
  assert.match(await refused(call({ PolicyArns: [{ arn: `arn:aws:iam::${account}:policy/none` }] })), /^MalformedPolicyDocument 400 /)
  assert.equal(
    await refused(call({ SerialNumber: `arn:aws:iam::${account}:mfa/sloppy`, TokenCode: '123456' })),
    'AccessDenied 403 MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
  )
  const parameter = 'InvalidParameterValue 400'
  assert.equal(
    await refused(call({ Tags: [{ Key: 'a', Value: '1' }], TransitiveTagKeys: ['a', 'b'] })),
    `${parameter} The specified transitive tag key must be included in the requested tags.`,
  )
  assert.equal(
    await refused(
      call({
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '1' },
        ],
      }),
    ),
    `${parameter} Duplicate tag keys found. Please note that Tag keys are case insensitive.`,
  )
  const noise = Array.from({ length: 40 }, (_, row) => ({
    Key: `key-${row}`,
    Value: createHash('sha512').update(String(row)).digest('base64'),
  }))
  assert.match(
    await refused(call({ Tags: noise })),
    /^PackedPolicyTooLarge 400 Packed size of session tags consumes \d{3,}% of allotted space\.$/,
  )
  assert.match(
    await refused(call({ Tags: noise, Policy: policy(allow('iam:GetUser')) })),
    /^PackedPolicyTooLarge 400 Packed policy consumes \d{3,}% of allotted space, please use smaller policy\.$/,
  )
  await call({ Tags: [{ Key: 'a', Value: '1' }], TransitiveTagKeys: ['A'] })
})

test("[item 5] a session lasts as long as asked, up to the role's own limit", async () => {
  const key = await scene.newUser('lasting')
  const RoleArn = await newRole('long', trust(userArn('lasting')))
  await scene.iam().updateRole({ RoleName: 'long', MaxSessionDuration: 43_200 })
  const lasts = async (DurationSeconds?: number) => {
    const { Credentials, $metadata } = await scene
      .sts(key)
      .assumeRole({ RoleArn, RoleSessionName: 'visit', ...(DurationSeconds && { DurationSeconds }) })
    assert.equal($metadata.httpStatusCode, 200)
    return Credentials!.Expiration!.getTime()
  }
  const [short, usual, long] = [await lasts(900), await lasts(), await lasts(43_200)]
  const near = (later: number, earlier: number, seconds: number) => Math.abs(later - earlier - seconds * 1000) < 120_000
  assert.ok(near(usual, short, 2700) && near(long, usual, 39_600))
})

test('[item 5] a chain of roles lasts an hour at most, and a session token begins one too', async () => {
  const key = await scene.newUser('chained')
  const first = await newRole('link-1', trust(userArn('chained')))
  const second = await newRole('link-2', trust([first, userArn('chained')]))
  await scene.iam().updateRole({ RoleName: 'link-2', MaxSessionDuration: 43_200 })
  await scene.assume(key, second, { DurationSeconds: 43_200 })
  const session = await scene.assume(key, first)
  const token = keyOf((await scene.sts(key).getSessionToken({})).Credentials)
  for (const caller of [session, token]) {
    assert.equal(
      await refused(scene.assume(caller, second, { DurationSeconds: 3601 })),
      'ValidationError 400 The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    )
    await scene.assume(caller, second, { DurationSeconds: 3600 })
  }
})

test('[item 5] conditions of a trust policy: external id, session name, and who asks', async () => {
  const key = await scene.newUser('partner')
  const condition = (tested: object) => ({ Condition: { StringEquals: tested } })
  const external = await newRole('external', trust(userArn('partner'), 'sts:AssumeRole', condition({ 'sts:ExternalId': 'secret/1' })))
  await scene.assume(key, external, { ExternalId: 'secret/1' })
  assert.equal(await refused(scene.assume(key, external, { ExternalId: 'Secret/1' })), denied(userArn('partner'), external))
  assert.equal(await refused(scene.assume(key, external)), denied(userArn('partner'), external))
  const named = await newRole(
    'session-named',
    trust(userArn('partner'), 'sts:AssumeRole', condition({ 'sts:RoleSessionName': '${aws:username}' })),
  )
  await scene.assume(key, named, { RoleSessionName: 'partner' })
  assert.equal(await refused(scene.assume(key, named)), denied(userArn('partner'), named))
})

test("[item 5] session tags need sts:TagSession, go over the role's own, and are seen by conditions", async () => {
  const key = await scene.newUser('tagger')
  const only = await newRole('untaggable', trust(userArn('tagger')))
  assert.equal(
    await refused(scene.assume(key, only, { Tags: [{ Key: 'a', Value: 'b' }] })),
    denied(userArn('tagger'), only, 'sts:TagSession'),
  )
  const taggable = await newRole(
    'taggable',
    trust(userArn('tagger'), ['sts:AssumeRole', 'sts:TagSession']),
    allow('iam:ListUsers', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
  )
  await scene.iam().tagRole({ RoleName: 'taggable', Tags: [{ Key: 'Team', Value: 'red' }] })
  const list = async (more: object) => scene.iam(await scene.assume(key, taggable, more)).listUsers({})
  await list({})
  assert.match(await refused(list({ Tags: [{ Key: 'TEAM', Value: 'blue' }] })), /^AccessDenied 403 /)
  await list({ Tags: [{ Key: 'other', Value: 'blue' }] })
})

test('[item 5] transitive tags go down the chain and cannot be set anew; others end with their session', async () => {
  const key = await scene.newUser('passer')
  const actions = ['sts:AssumeRole', 'sts:TagSession']
  const list = allow('iam:ListUsers', '*', {
    Condition: { StringEquals: { 'aws:PrincipalTag/Keep': 'yes' }, Null: { 'aws:PrincipalTag/Drop': 'true' } },
  })
  const first = await newRole('pass-1', trust(userArn('passer'), actions), allow('sts:*'))
  const second = await newRole('pass-2', trust(first, actions), allow('sts:*'), list)
  const third = await newRole('pass-3', trust(second, actions), list)
  const Tags = [
    { Key: 'Keep', Value: 'yes' },
    { Key: 'Drop', Value: 'now' },
  ]
  const one = await scene.assume(key, first, { Tags, TransitiveTagKeys: ['Keep'] })
  const two = await scene.assume(one, second)
  await scene.iam(two).listUsers({})
  assert.equal(
    await refused(scene.assume(two, third, { Tags: [{ Key: 'KEEP', Value: 'no' }] })),
    "InvalidParameterValue 400 One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  )
  await scene.iam(await scene.assume(two, third)).listUsers({})
  const deaf = await newRole('pass-4', trust(first))
  assert.equal(await refused(scene.assume(one, deaf)), denied(`arn:aws:sts::${account}:assumed-role/pass-1/visit`, deaf, 'sts:TagSession'))
  await scene.assume(await scene.assume(key, first, { Tags }), deaf)
  const without = await scene.assume(await scene.assume(key, first, { Tags }), second)
  assert.match(await refused(scene.iam(without).listUsers({})), /^AccessDenied 403 /)
})

test('[item 5] tags that a chain hands on take room beside those that are passed', async () => {
  const key = await scene.newUser('laden')
  const actions = ['sts:AssumeRole', 'sts:TagSession']
  const first = await newRole('laden-1', trust(userArn('laden'), actions), allow('sts:*'))
  const second = await newRole('laden-2', trust(first, actions))
  const tags = (...keys: readonly string[]) => keys.map((Key) => ({ Key, Value: 'x'.repeat(85) }))
  const size = async (as: Key, more: object = {}) =>
    (await scene.sts(as).assumeRole({ RoleArn: second, RoleSessionName: 'visit', ...more })).PackedPolicySize
  const handing = await scene.assume(key, first, { Tags: tags('one', 'two', 'six'), TransitiveTagKeys: ['one', 'two', 'six'] })
  assert.equal(await size(handing), 59)
  assert.equal(await size(handing, { Tags: tags('ten') }), 79)
  assert.equal(
    await refused(size(handing, { Tags: tags('ten', 'nine', 'four') })),
    'PackedPolicyTooLarge 400 Packed size of session tags consumes 119% of allotted space.',
  )
  const keeping = await scene.assume(key, first, { Tags: tags('one', 'two', 'six') })
  assert.equal(await size(keeping), undefined)
  assert.equal(await size(keeping, { Tags: tags('ten', 'nine', 'four') }), 59)
})

test('[item 5] a source identity needs its own right, stays through the chain and cannot change', async () => {
  const key = await scene.newUser('known')
  const actions = ['sts:AssumeRole', 'sts:SetSourceIdentity']
  const plain = await newRole('anonymous', trust(userArn('known')))
  assert.equal(await refused(scene.assume(key, plain, { SourceIdentity: 'ada' })), denied(userArn('known'), plain, 'sts:SetSourceIdentity'))
  const first = await newRole('source-1', trust(userArn('known'), actions))
  const second = await newRole(
    'source-2',
    trust(first, actions),
    allow('iam:ListUsers', '*', { Condition: { StringEquals: { 'aws:SourceIdentity': 'ada' } } }),
  )
  const deaf = await newRole('source-3', trust(first))
  const session = await scene.assume(key, first, { SourceIdentity: 'ada' })
  const answer = await scene.sts(session).assumeRole({ RoleArn: second, RoleSessionName: 'visit' })
  assert.equal(answer.SourceIdentity, 'ada')
  await scene.iam(keyOf(answer.Credentials)).listUsers({})
  assert.match(await refused(scene.assume(session, second, { SourceIdentity: 'bob' })), /^AccessDenied 403 /)
  assert.equal(
    await refused(scene.assume(session, deaf)),
    denied(`arn:aws:sts::${account}:assumed-role/source-1/visit`, deaf, 'sts:SetSourceIdentity'),
  )
})

test('[item 5] GetSessionToken takes a long-term key; its session calls IAM only with MFA, and of STS only what it may', async () => {
  const key = await scene.newUser('token', allow('*'))
  const { Credentials } = await scene.sts(key).getSessionToken({ DurationSeconds: 900 })
  const session = keyOf(Credentials)
  assert.equal((await scene.sts(session).getCallerIdentity({})).Arn, userArn('token'))
  assert.equal(
    await refused(scene.sts(session).getSessionToken({})),
    'AccessDenied 403 Cannot call GetSessionToken with session credentials',
  )
  assert.equal(
    await refused(scene.iam(session).listUsers({})),
    'InvalidClientTokenId 403 The security token included in the request is invalid',
  )
  assert.match(await refused(scene.sts(session).getAccessKeyInfo({ AccessKeyId: key.accessKeyId })), /^AccessDenied 403 /)
  const role = await scene.assume(key, await newRole('no-tokens', trust(userArn('token')), allow('*')))
  assert.equal(await refused(scene.sts(role).getSessionToken({})), 'AccessDenied 403 Cannot call GetSessionToken with session credentials')
  const at =
    "ValidationError 400 1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900"
  assert.equal(await refused(scene.sts(key).getSessionToken({ DurationSeconds: 899 })), at)
  const plain = await scene.newUser('nothing')
  await scene.sts(plain).getSessionToken({})
  const rootSession = (await scene.sts().getSessionToken({ DurationSeconds: 43_200 })).Credentials!
  const usual = (await scene.sts(plain).getSessionToken({ DurationSeconds: 43_200 })).Credentials!
  assert.ok(usual.Expiration!.getTime() - rootSession.Expiration!.getTime() > 10 * 3600_000, 'the root user has an hour at most')
  assert.equal(
    await refused(scene.sts(keyOf(rootSession)).getSessionToken({})),
    'AccessDenied 403 Cannot call GetSessionToken with session credentials',
  )
})

test('[item 5] a federated user calls another service with what its session policy and its maker both allow, and without a session policy with nothing', async () => {
  const maker = await scene.newUser('maker', allow('sts:GetFederationToken'), allow('bailiwick:*'))
  const powerless = await scene.newUser('powerless', allow('sts:GetFederationToken'))
  const list = async (by: Key, Policy?: string) => {
    const { Credentials } = await scene.sts(by).getFederationToken({ Name: 'guest', ...(Policy !== undefined && { Policy }) })
    const call = { endpoint: scene.server().endpoint, key: keyOf(Credentials), method: 'GET', target: accountsPath }
    const { status, error } = await callOwnApi(call)
    return status === 200 ? 'answered' : error
  }
  const listing = policy(allow('bailiwick:ListAccounts'))
  assert.equal(await list(maker, listing), 'answered')
  const denied = (reason: string) =>
    `AccessDeniedException: User: arn:aws:sts::${account}:federated-user/guest is not authorized to perform: bailiwick:ListAccounts on resource: arn:aws:bailiwick::${account}:account/* because no ${reason} allows the bailiwick:ListAccounts action`
  assert.equal(await list(maker), denied('session policy'))
  assert.equal(await list(maker, policy(allow('bailiwick:DescribeAccount'))), denied('session policy'))
  assert.equal(await list(powerless, listing), denied('identity-based policy'))
})

test('[item 5] GetCallerIdentity answers everybody who can sign, even where everything is denied', async () => {
  const key = await scene.newUser('shunned', deny('*'))
  const { $metadata: _, ...who } = await scene.sts(key).getCallerIdentity({})
  assert.deepEqual([who.Account, who.Arn], [account, userArn('shunned')])
  assert.match(who.UserId!, /^AIDA/)
  const root = await scene.sts().getCallerIdentity({})
  assert.deepEqual([root.Account, root.Arn, root.UserId], [account, `arn:aws:iam::${account}:root`, account])
})

test('[item 5] GetAccessKeyInfo tells the account from the id alone, to those who may ask', async () => {
  const key = await scene.newUser('asker', allow('sts:GetAccessKeyInfo'))
  assert.equal((await scene.sts(key).getAccessKeyInfo({ AccessKeyId: 'ASIAY34FZKBOKMUTVV7A' })).Account, '609629065308')
  const { AccessKeyId } = (await scene.sts(key).getSessionToken({})).Credentials!
  assert.equal((await scene.sts(key).getAccessKeyInfo({ AccessKeyId: AccessKeyId! })).Account, account)
  assert.match(await refused(scene.sts(key).getAccessKeyInfo({ AccessKeyId: 'not_a_key_of_any_kind' })), /^ValidationError 400 /)
  const mute = await scene.newUser('mute')
  assert.equal(
    await refused(scene.sts(mute).getAccessKeyInfo({ AccessKeyId: key.accessKeyId })),
    `AccessDenied 403 User: ${userArn('mute')} is not authorized to perform: sts:GetAccessKeyInfo because no identity-based policy allows the sts:GetAccessKeyInfo action`,
  )
})

test('[item 7] sessions that are revoked by the time of their issue stop at once', async () => {
  const key = await scene.newUser('revoked')
  const arn = await newRole('revocable', trust(userArn('revoked')), allow('iam:ListUsers'))
  const session = scene.iam(await scene.assume(key, arn))
  await session.listUsers({})
  const later = new Date(Date.now() + 3600_000).toISOString()
  await scene.iam().putRolePolicy({
    RoleName: 'revocable',
    PolicyName: 'AWSRevokeOlderSessions',
    PolicyDocument: policy(deny('*', '*', { Condition: { DateLessThan: { 'aws:TokenIssueTime': later } } })),
  })
  assert.match(await refused(session.listUsers({})), /^AccessDenied 403 .* with an explicit deny in an identity-based policy/)
})

test("[item 7] a session with a token that was tampered with, or another's, is refused", async () => {
  const key = await scene.newUser('forger')
  const arn = await newRole('forged', trust(userArn('forger')))
  const [one, two] = [await scene.assume(key, arn), await scene.assume(key, arn)]
  const invalid = 'InvalidClientTokenId 403 The security token included in the request is invalid'
  const token = one.sessionToken!
  const bent = `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`
  for (const sessionToken of [bent, two.sessionToken!, 'nonsense', token.slice(0, -4)]) {
    assert.ok((await refused(scene.sts({ ...one, sessionToken }).getCallerIdentity({}))).startsWith(invalid))
  }
  assert.ok(
    (await refused(scene.sts({ accessKeyId: one.accessKeyId, secretAccessKey: one.secretAccessKey }).getCallerIdentity({}))).startsWith(
      invalid,
    ),
  )
  assert.match(
    await refused(scene.sts({ ...one, secretAccessKey: two.secretAccessKey }).getCallerIdentity({})),
    /^SignatureDoesNotMatch 403 /,
  )
})

test("[item 10] across accounts both sides must agree, and the session belongs to the role's account", async () => {
  const other = await scene.newAccount('other')
  const theirs = scene.iam(other.root)
  const key = await scene.newUser('abroad')
  const { Role } = await theirs.createRole({ RoleName: 'host', AssumeRolePolicyDocument: trust(userArn('abroad')) })
  const arn = Role!.Arn!
  assert.equal(await refused(scene.assume(key, arn)), denied(userArn('abroad'), arn))
  await scene.iam().putUserPolicy({ UserName: 'abroad', PolicyName: 'go', PolicyDocument: policy(allow('sts:AssumeRole', arn)) })
  const session = await scene.assume(key, arn)
  assert.equal((await scene.sts(session).getCallerIdentity({})).Account, other.id)
  assert.match(await refused(scene.iam(session).listUsers({})), /^AccessDenied 403 /)
  await theirs.putRolePolicy({ RoleName: 'host', PolicyName: 'own', PolicyDocument: policy(allow('iam:*')) })
  assert.deepEqual((await scene.iam(session).listUsers({})).Users, [])
  await theirs.updateAssumeRolePolicy({ RoleName: 'host', PolicyDocument: trust(other.id) })
  assert.equal(await refused(scene.assume(key, arn)), denied(userArn('abroad'), arn))
  await scene.iam(session).listUsers({})
})
