import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accountId, InProcess, type Key, keyOf, refused } from '../in-process.test.support.js'

let world: InProcess
before(async () => {
  world = await InProcess.start()
})
after(() => world.server.close())

const iam = `arn:aws:iam::${accountId}`
const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement })
const allow = (Action: string | readonly string[], more: object = {}): object => ({ Effect: 'Allow', Action, Resource: '*', ...more })
const trust = (Action: string | readonly string[], more: object = {}): string =>
  policy({ Effect: 'Allow', Action, Principal: { AWS: accountId }, ...more })

async function newUser(UserName: string, ...statements: readonly object[]): Promise<Key> {
  await world.iam().createUser({ UserName })
  await world.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: policy(...statements) })
  return keyOf((await world.iam().createAccessKey({ UserName })).AccessKey)
}

async function newRole(RoleName: string, AssumeRolePolicyDocument: string, ...statements: readonly object[]): Promise<string> {
  const { Role } = await world.iam().createRole({ RoleName, AssumeRolePolicyDocument })
  if (statements.length > 0) await world.iam().putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) })
  return Role!.Arn!
}

const assume = async (as: Key, RoleArn: string, more: object = {}): Promise<Key> =>
  keyOf((await world.sts(as).assumeRole({ RoleArn, RoleSessionName: 'visit', ...more })).Credentials)

const identityCenter = 'arn:aws:iam::aws:contextProvider/IdentityCenter'
const provided = (ProviderArn = identityCenter) => ({ ProvidedContexts: [{ ProviderArn, ContextAssertion: 'an.assertion' }] })

test('[item 1] a context needs sts:SetContext for its provider, and none is taken', async () => {
  const key = await newUser('contextual', allow('sts:*'))
  const closed = await newRole('no-context', trust('sts:AssumeRole'))
  const denied = (arn: string) =>
    `AccessDenied User: ${iam}:user/contextual is not authorized to perform: sts:SetContext on resource: ${arn}`
  assert.equal(await refused(assume(key, closed, provided())), denied(closed))
  const condition = { 'ForAllValues:ArnEquals': { 'sts:RequestContextProviders': identityCenter } }
  const open = await newRole('context', trust(['sts:AssumeRole', 'sts:SetContext'], { Condition: condition }))
  const other = 'arn:aws:iam::aws:contextProvider/Other'
  assert.equal(await refused(assume(key, open, provided(other))), denied(open))
  assert.equal(
    await refused(assume(key, open, { ProvidedContexts: [...provided().ProvidedContexts, ...provided(other).ProvidedContexts] })),
    denied(open),
  )
  assert.equal(await refused(assume(key, open, provided())), 'ValidationError ProvidedContexts are not taken by this server.')
  assert.match(
    await refused(assume(key, open, { ProvidedContexts: Array.from({ length: 6 }, () => provided().ProvidedContexts[0]) })),
    /^ValidationError 1 validation error detected: .*'providedContexts' .*length less than or equal to 5$/,
  )
  await assume(key, open)
})

test('[item 1] keys of session tags cannot be AWS’s own, in any letter case, wherever tags are passed for a session', async () => {
  const key = await newUser('tagger', allow('sts:*'))
  const arn = await newRole('tagged', trust(['sts:AssumeRole', 'sts:TagSession']))
  const calls = (Key: string): readonly (() => Promise<unknown>)[] => {
    const Tags = [{ Key, Value: 'x' }]
    return [() => assume(key, arn, { Tags }), () => world.sts(key).getFederationToken({ Name: 'guest', Tags })]
  }
  for (const wrong of ['aws:team', 'AWS:team', 'aWs:']) {
    for (const call of calls(wrong)) {
      assert.equal(
        await refused(call()),
        'InvalidParameterValue Session tag keys cannot start with the reserved prefix aws: in any letter case.',
      )
    }
  }
  for (const call of calls('aws')) await call()
})

test('[item 1] ten managed session policies are taken and no more, and what a deleted one allowed or denied nobody has', async () => {
  const key = await newUser('scoped', allow('sts:*'), allow('iam:ListRoles'))
  const arn = await newRole('scopable', trust('sts:AssumeRole'), allow('iam:*'))
  const made: { arn: string }[] = []
  for (let at = 0; at < 11; at++) {
    const PolicyDocument = policy(allow(at === 0 ? 'iam:ListUsers' : 'iam:ListRoles'))
    made.push({ arn: (await world.iam().createPolicy({ PolicyName: `session-${at}`, PolicyDocument })).Policy!.Arn! })
  }
  const tooMany =
    "ValidationError 1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to 10"
  assert.equal(await refused(assume(key, arn, { PolicyArns: made })), tooMany)
  assert.equal(await refused(world.sts(key).getFederationToken({ Name: 'guest', PolicyArns: made })), tooMany)
  await world.sts(key).getFederationToken({ Name: 'guest', PolicyArns: made.slice(1) })
  const session = await assume(key, arn, { PolicyArns: made.slice(0, 10) })
  await world.iam(session).listUsers({})
  await world.iam(session).listRoles({})
  assert.match(await refused(world.iam(session).listGroups({})), /^AccessDenied .* because no session policy allows /)
  await world.iam().deletePolicy({ PolicyArn: made[0]!.arn })
  for (const call of [() => world.iam(session).listUsers({}), () => world.iam(session).listRoles({})]) {
    assert.match(await refused(call()), /^AccessDenied .* because no session policy allows /)
  }
  await world.sts(session).getCallerIdentity({})
})

test('[item 1] a session of GetSessionToken passes tags and a source identity where the trust policy lets it, and calls nothing else of STS', async () => {
  const key = await newUser('mobile', allow('sts:*'))
  const token = keyOf((await world.sts(key).getSessionToken({})).Credentials)
  const more = { Tags: [{ Key: 'team', Value: 'blue' }], SourceIdentity: 'mobile' }
  const list = allow('iam:ListUsers', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'blue', 'aws:SourceIdentity': 'mobile' } } })
  const actions = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']
  const open = await newRole('open', trust(actions), list)
  await world.iam(await assume(token, open, more)).listUsers({})
  for (const missing of ['sts:TagSession', 'sts:SetSourceIdentity']) {
    const closed = await newRole(`without-${missing.slice(4)}`, trust(actions.filter((action) => action !== missing)))
    assert.equal(
      await refused(assume(token, closed, more)),
      `AccessDenied User: ${iam}:user/mobile is not authorized to perform: ${missing} on resource: ${closed}`,
    )
  }
  assert.match(await refused(world.sts(token).getFederationToken({ Name: 'guest' })), /^AccessDenied /)
  assert.match(await refused(world.sts(token).getAccessKeyInfo({ AccessKeyId: key.accessKeyId })), /^AccessDenied /)
})

test('[item 3] a token of OAuth 2.0, which ProviderId announces, is not taken; one without it is read as what it is', async () => {
  const call = (more: object) =>
    world
      .sts()
      .assumeRoleWithWebIdentity({ RoleArn: `${iam}:role/open`, RoleSessionName: 'visit', WebIdentityToken: 'an-access-token', ...more })
  for (const [ProviderId, told] of [
    ['www.amazon.com', 'InvalidIdentityToken Provided Token is not a Login With Amazon token'],
    ['graph.facebook.com', 'IDPRejectedClaim graph.facebook.com rejected OAuth token'],
    [
      'https://issuer.example.com',
      'AccessDenied Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens',
    ],
  ] as const)
    assert.equal(await refused(call({ ProviderId })), told)
  assert.match(await refused(call({})), /^InvalidIdentityToken The ID Token provided is not a valid JWT\./)
})
