import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose'
import { accountId, InProcess, type Key, keyOf, refused } from '../in-process.test.support.js'
import { openPath } from '../open-paths/open-paths.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const policy = (...statements: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement: statements })
const allow = (Action: string | readonly string[], Resource = '*', more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})

async function newUser(UserName: string, ...statements: readonly object[]): Promise<Key> {
  await world.iam().createUser({ UserName })
  if (statements.length > 0) await world.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: policy(...statements) })
  return keyOf((await world.iam().createAccessKey({ UserName })).AccessKey)
}

test('[item 3] a failing signature is throttled by source and key, and a valid one passes whatever failed before it', async () => {
  const key = await newUser('bothered')
  const other = await newUser('calm')
  const wrong = { ...key, secretAccessKey: 'wrong' }
  const told = new Map<string, number>()
  const call = async (as: Key): Promise<void> => {
    const code = (await refused(world.sts(as).getCallerIdentity({}))).split(' ')[0]!
    told.set(code, (told.get(code) ?? 0) + 1)
  }
  for (let times = 0; times < 1005; times++) await call(wrong)
  assert.deepEqual(
    [...told],
    [
      ['SignatureDoesNotMatch', 1000],
      ['Throttling', 5],
    ],
  )
  assert.match((await world.sts(key).getCallerIdentity({})).Arn!, /user\/bothered$/)
  assert.match(await refused(world.sts({ ...other, secretAccessKey: 'wrong' }).getCallerIdentity({})), /^SignatureDoesNotMatch /)
  world.pass(60_000)
  assert.match(await refused(world.sts(wrong).getCallerIdentity({})), /^SignatureDoesNotMatch /)
})

test('[item 3] GetFederationToken: the rights of who made it within its session policies, and without one none', async () => {
  const key = await newUser(
    'broker',
    allow('sts:GetFederationToken'),
    allow('iam:ListUsers'),
    allow('bailiwick:*'),
    allow('sts:TagSession'),
  )
  const bare = await world.sts(key).getFederationToken({ Name: 'guest' })
  assert.deepEqual(bare.FederatedUser, { FederatedUserId: `${accountId}:guest`, Arn: `arn:aws:sts::${accountId}:federated-user/guest` })
  assert.equal(bare.PackedPolicySize, 0)
  assert.equal(bare.Credentials!.Expiration!.getTime(), world.now + 43_200_000)
  const guest = keyOf(bare.Credentials)
  const { Arn, UserId, Account } = await world.sts(guest).getCallerIdentity({})
  assert.deepEqual([Arn, UserId, Account], [bare.FederatedUser!.Arn, `${accountId}:guest`, accountId])
  // Of IAM and STS it may call nothing but GetCallerIdentity, whatever its policies say.
  const wide = await world.sts(key).getFederationToken({ Name: 'wide', Policy: policy(allow('*')), Tags: [{ Key: 'team', Value: 'blue' }] })
  assert.equal(wide.PackedPolicySize, 6)
  for (const session of [guest, keyOf(wide.Credentials)]) {
    assert.match(
      await refused(world.iam(session).listUsers({})),
      /^AccessDenied User: arn:aws:sts::\d+:federated-user\/\w+ is not authorized/,
    )
    assert.match(await refused(world.sts(session).getSessionToken({})), /^AccessDenied /)
    assert.match(await refused(world.sts(session).getFederationToken({ Name: 'next' })), /^AccessDenied /)
    assert.match(
      await refused(world.sts(session).assumeRole({ RoleArn: `arn:aws:iam::${accountId}:role/x`, RoleSessionName: 'xx' })),
      /^AccessDenied /,
    )
  }
})

test('[item 3] GetFederationToken is asked for by name, with a permission for its tags, by long-term keys only', async () => {
  const named = `arn:aws:sts::${accountId}:federated-user/good-*`
  const key = await newUser('limited', allow('sts:GetFederationToken', named))
  await world.sts(key).getFederationToken({ Name: 'good-one' })
  assert.equal(
    await refused(world.sts(key).getFederationToken({ Name: 'evil' })),
    `AccessDenied User: arn:aws:iam::${accountId}:user/limited is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::${accountId}:federated-user/evil`,
  )
  assert.match(
    await refused(world.sts(key).getFederationToken({ Name: 'good-two', Tags: [{ Key: 'a', Value: 'b' }] })),
    /^AccessDenied .*sts:TagSession on resource: arn:aws:sts::\d+:federated-user\/good-two$/,
  )
  assert.match(await refused(world.sts(key).getFederationToken({ Name: 'x' })), /^ValidationError .*length greater than or equal to 2/)
  assert.match(await refused(world.sts(key).getFederationToken({ Name: 'good-3', Policy: '{' })), /^MalformedPolicyDocument /)
  assert.match(await refused(world.sts(key).getFederationToken({ Name: 'good-3', DurationSeconds: 899 })), /^ValidationError /)
  const RoleArn = `arn:aws:iam::${accountId}:role/broker`
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${accountId}:user/limited` },
    Action: 'sts:AssumeRole',
  })
  await world.iam().createRole({ RoleName: 'broker', AssumeRolePolicyDocument })
  await world.iam().putRolePolicy({ RoleName: 'broker', PolicyName: 'own', PolicyDocument: policy(allow('*')) })
  const role = keyOf((await world.sts(key).assumeRole({ RoleArn, RoleSessionName: 'visit' })).Credentials)
  assert.equal(
    await refused(world.sts(role).getFederationToken({ Name: 'good-4' })),
    'AccessDenied Cannot call GetFederationToken with session credentials',
  )
  // The root user has an hour at most.
  const root = await world.sts().getFederationToken({ Name: 'of-root', DurationSeconds: 43_200 })
  assert.equal(root.Credentials!.Expiration!.getTime(), world.now + 3_600_000)
})

test('[item 3] a federated session dies with who made it, and a namesake does not raise it', async () => {
  const key = await newUser('mortal', allow('sts:GetFederationToken'))
  const session = keyOf((await world.sts(key).getFederationToken({ Name: 'ghost', Policy: policy(allow('*')) })).Credentials)
  await world.sts(session).getCallerIdentity({})
  for (const { AccessKeyId } of (await world.iam().listAccessKeys({ UserName: 'mortal' })).AccessKeyMetadata!)
    await world.iam().deleteAccessKey({ UserName: 'mortal', AccessKeyId: AccessKeyId! })
  await world.iam().deleteUserPolicy({ UserName: 'mortal', PolicyName: 'own' })
  await world.iam().deleteUser({ UserName: 'mortal' })
  assert.match(await refused(world.sts(session).getCallerIdentity({})), /^InvalidClientTokenId /)
  await newUser('mortal', allow('*'))
  assert.match(await refused(world.sts(session).getCallerIdentity({})), /^InvalidClientTokenId /)
  world.pass(43_200_000)
  assert.match(await refused(world.sts(session).getCallerIdentity({})), /^ExpiredToken /)
})

test('[item 3] AssumeRoot is denied in an account outside an organization, whoever asks', async () => {
  const key = await newUser('chief', allow('*'))
  const TaskPolicyArn = { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' }
  for (const as of [key, undefined]) {
    for (const TargetPrincipal of ['111122223333', accountId, `arn:aws:iam::${accountId}:root`]) {
      const arn = `arn:aws:iam::${/\d{12}/.exec(TargetPrincipal)![0]}:root`
      const who = as === undefined ? 'root' : 'user/chief'
      assert.equal(
        await refused(world.sts(as).assumeRoot({ TargetPrincipal, TaskPolicyArn })),
        `AccessDenied User: arn:aws:iam::${accountId}:${who} is not authorized to perform: sts:AssumeRoot on resource: ${arn}`,
      )
    }
  }
})

const issuer = `http://localhost:4566/issuer/${accountId}`

/** What a relying party reads at an open path. */
async function open(path: string, method = 'GET'): Promise<{ readonly status: number; readonly body: string } | undefined> {
  const request = { method, path, query: '', headers: new Map(), body: new Uint8Array() }
  const options = { server: world.server, version: '0', ownHosts: () => new Set<string>() }
  const answer = await openPath(request, { sourceIp: '127.0.0.1', secure: false }, options)
  return answer && { status: answer.status, body: answer.body as string }
}

test('[item 3] GetWebIdentityToken: a token that others can check with the documents of the account alone', async () => {
  const key = await newUser('caller', allow('sts:GetWebIdentityToken'), allow('sts:TagGetWebIdentityToken'))
  const ask = (more: object = {}, as: Key = key) =>
    world.sts(as).getWebIdentityToken({ Audience: ['https://api.example.com'], SigningAlgorithm: 'ES384', ...more })
  assert.match(await refused(ask()), /^OutboundWebIdentityFederationDisabledException /)
  assert.equal((await open(`/issuer/${accountId}/.well-known/openid-configuration`))!.status, 404)
  assert.match(await refused(world.iam().getOutboundWebIdentityFederationInfo({})), /^FeatureDisabled /)
  assert.match(await refused(world.iam().disableOutboundWebIdentityFederation({})), /^FeatureDisabled /)
  assert.equal((await world.iam().enableOutboundWebIdentityFederation({})).IssuerIdentifier, issuer)
  assert.match(await refused(world.iam().enableOutboundWebIdentityFederation({})), /^FeatureEnabled /)

  const discovery = JSON.parse((await open(`/issuer/${accountId}/.well-known/openid-configuration`))!.body)
  assert.deepEqual([discovery.issuer, discovery.jwks_uri], [issuer, `${issuer}/.well-known/jwks.json`])
  const fetcher = async (url: string): Promise<Response> => new Response((await open(new URL(url).pathname))!.body)
  const check = async (token: string) =>
    jwtVerify(token, createRemoteJWKSet(new URL(discovery.jwks_uri), { [customFetch]: fetcher as never }), {
      issuer,
      audience: 'https://api.example.com',
      currentDate: new Date(world.now),
    })
  for (const SigningAlgorithm of ['ES384', 'RS256']) {
    const { WebIdentityToken, Expiration } = await ask({ SigningAlgorithm, Tags: [{ Key: 'job', Value: '7' }] })
    const { payload, protectedHeader } = await check(WebIdentityToken!)
    assert.equal(protectedHeader.alg, SigningAlgorithm)
    assert.equal(payload.sub, `arn:aws:iam::${accountId}:user/caller`)
    assert.deepEqual(
      [payload.iat! * 1000, payload.exp! * 1000, Expiration!.getTime()],
      [world.now, world.now + 300_000, world.now + 300_000],
    )
    assert.deepEqual(payload['https://sts.amazonaws.com/'], {
      aws_account: accountId,
      source_region: 'us-east-1',
      principal_id: `arn:aws:iam::${accountId}:user/caller`,
      request_tags: { job: '7' },
    })
  }
  assert.equal(/"(?:d|p|q|dp|dq|qi)":/.test((await open(`/issuer/${accountId}/.well-known/jwks.json`))!.body), false, 'nothing private')
  assert.equal(await open(`/issuer/${accountId}/.well-known/jwks.json`, 'POST'), undefined)
  assert.equal((await open('/issuer/999999999999/.well-known/jwks.json'))!.status, 404)

  // Keys change; tokens made before are good to their end.
  world.pass(90 * 86_400_000 - 1000)
  const last = (await ask()).WebIdentityToken!
  world.pass(2000)
  const next = (await ask()).WebIdentityToken!
  const [before, after_] = [await check(last), await check(next)]
  assert.notEqual(before.protectedHeader.kid, after_.protectedHeader.kid)
  world.pass(86_400_000)
  assert.equal((await open(`/issuer/${accountId}/.well-known/jwks.json`))!.body.includes(before.protectedHeader.kid!), false)

  await world.iam().disableOutboundWebIdentityFederation({})
  assert.match(await refused(ask()), /^OutboundWebIdentityFederationDisabledException /)
  assert.match(await refused(world.iam().getOutboundWebIdentityFederationInfo({})), /^FeatureDisabled /)
  assert.equal((await open(`/issuer/${accountId}/.well-known/jwks.json`))!.status, 200, 'old tokens are still to be checked')
  await world.iam().enableOutboundWebIdentityFederation({})
})

test('[item 3] GetWebIdentityToken is asked for on oneself, also with a session token, and not by federated users', async () => {
  const self = `arn:aws:sts::${accountId}:self`
  const key = await newUser('selfish', allow('sts:GetWebIdentityToken'), allow('sts:GetFederationToken'))
  const narrow = await newUser('self-only', allow('sts:GetWebIdentityToken', self))
  const elsewhere = await newUser('elsewhere', allow('sts:GetWebIdentityToken', `arn:aws:iam::${accountId}:user/elsewhere`))
  const ask = (as: Key) => world.sts(as).getWebIdentityToken({ Audience: ['good'], SigningAlgorithm: 'ES384' })
  await ask(narrow)
  assert.match(
    await refused(ask(elsewhere)),
    new RegExp(`sts:GetWebIdentityToken on resource: ${self} because no identity-based policy allows the sts:GetWebIdentityToken action`),
  )
  await ask(keyOf((await world.sts(narrow).getSessionToken({})).Credentials))
  const Policy = policy(allow('sts:*'))
  const federated = keyOf((await world.sts(key).getFederationToken({ Name: 'visitor', Policy })).Credentials)
  assert.match(await refused(ask(federated)), /^AccessDenied .*GetWebIdentityToken does not support federated user sessions$/)
})

test('[item 3] GetWebIdentityToken is bounded by permission, by the session that asks, and in size', async () => {
  const audience = {
    StringEquals: { 'sts:SigningAlgorithm': 'ES384' },
    'ForAllValues:StringEquals': { 'sts:IdentityTokenAudience': ['good'] },
  }
  const key = await newUser('narrow', allow('sts:GetWebIdentityToken', '*', { Condition: audience }), allow('sts:AssumeRole'))
  const ask = (more: object = {}, as: Key = key) =>
    world.sts(as).getWebIdentityToken({ Audience: ['good'], SigningAlgorithm: 'ES384', ...more })
  await ask()
  assert.match(await refused(ask({ Audience: ['good', 'evil'] })), /^AccessDenied .*sts:GetWebIdentityToken/)
  assert.match(await refused(ask({ SigningAlgorithm: 'RS256' })), /^AccessDenied /)
  assert.match(await refused(ask({ Tags: [{ Key: 'a', Value: 'b' }] })), /^AccessDenied .*sts:TagGetWebIdentityToken/)
  const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Principal: { AWS: accountId }, Action: ['sts:AssumeRole', 'sts:TagSession'] })
  const { Role } = await world.iam().createRole({ RoleName: 'worker', AssumeRolePolicyDocument })
  await world.iam().putRolePolicy({ RoleName: 'worker', PolicyName: 'own', PolicyDocument: policy(allow('sts:*')) })
  const session = keyOf(
    (await world.sts(key).assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: 'job-1', DurationSeconds: 900 })).Credentials,
  )
  const { WebIdentityToken } = await ask({ DurationSeconds: 900 }, session)
  const claims = JSON.parse(Buffer.from(WebIdentityToken!.split('.')[1]!, 'base64url').toString())
  assert.equal(claims.sub, Role!.Arn, 'the role, not the session')
  const said = claims['https://sts.amazonaws.com/']
  assert.equal(said.principal_id, Role!.Arn)
  assert.equal(said.original_session_exp, new Date(world.now + 900_000).toISOString().replace(/\.\d+Z$/, 'Z'))
  world.pass(1000)
  assert.match(
    await refused(ask({ DurationSeconds: 900 }, session)),
    /^SessionDurationEscalationException .*Requested token expiry time must be before the original session's expiry time\.$/,
  )
  const sized = (bytes: number) => {
    const Tags = Array.from({ length: 50 }, (_, at) => ({ Key: `key-${String(at).padStart(2, '0')}`, Value: 'x'.repeat(256) }))
    const Audience = ['good', 'b'.repeat(900), 'a'.repeat(bytes)]
    return ask({ Tags, Audience }, session)
  }
  const payloadOf = (token: string) => Buffer.from(token.split('.')[1]!, 'base64url').length
  const least = payloadOf((await sized(1)).WebIdentityToken!)
  const most = 14_984 - least + 1
  assert.equal(payloadOf((await sized(most)).WebIdentityToken!), 14_984)
  assert.match(await refused(sized(most + 1)), /^JWTPayloadSizeExceededException .*JWT payload exceeds maximum allowed size$/)
  assert.match(
    await refused(ask({ SigningAlgorithm: 'HS256' }, session)),
    /^ValidationError .*Requested SigningAlgorithm is not supported\./,
  )
  const reserved = { Tags: [{ Key: 'aws:test', Value: 'reserved' }] }
  const token = (await ask(reserved, session)).WebIdentityToken!
  assert.deepEqual(JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())['https://sts.amazonaws.com/'].request_tags, {
    'aws:test': 'reserved',
  })
  const twins = [
    { Key: 'team', Value: 'one' },
    { Key: 'Team', Value: 'two' },
  ]
  assert.match(await refused(ask({ Tags: twins }, session)), /^InvalidParameterValue .*Duplicate tag keys found\./)
  assert.match(await refused(ask({ Audience: [] }, session)), /^ValidationError /)
  assert.match(await refused(world.sts(session).getDelegatedAccessToken({ TradeInToken: 'made-up' })), /^ExpiredTradeInTokenException /)
  assert.match(
    await refused(world.sts(key).getDelegatedAccessToken({ TradeInToken: 'made-up' })),
    /^AccessDenied .*sts:GetDelegatedAccessToken/,
  )
})
