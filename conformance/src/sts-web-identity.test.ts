import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { STS } from '@aws-sdk/client-sts'
import { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
import { type Event, eventsIn } from './audit.support.js'
import { certificate, privateKey } from './certificates.support.js'
import { keyOf } from './clients.js'
import { account, allow, deny, policy, refused, useServer } from './iam-scene.js'
import { startIssuer } from './oidc-issuer.js'

const issuer = await startIssuer()
const audience = 'https://sts.example.com'
const issuerName = issuer.url.slice('http://'.length)
const providerArn = `arn:aws:iam::${account}:oidc-provider/${issuerName}`
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`

/** One whose certificate nobody vouches for. */
const secure = createSecureServer({ key: privateKey(), cert: certificate({ name: 'localhost' }) }, (_, response) => response.end('{}'))
await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
const secureIssuer = `https://localhost:${(secure.address() as AddressInfo).port}`

const scene = useServer(async () => {
  await scene.iam().createOpenIDConnectProvider({ Url: issuer.url, ClientIDList: [audience] })
}, ['--federation-allow', `${issuer.url},${secureIssuer}`])
after(() => issuer.close())
after(() => secure.close())

/** A client without credentials: nothing is signed. */
const stranger = (): STS =>
  new STS({
    endpoint: scene.server().endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: () => Promise.reject(new Error('there are no credentials')),
  })

const trusting = (more: object = {}, actions: readonly string[] = ['sts:AssumeRoleWithWebIdentity'], federated = providerArn): string =>
  policy({ Effect: 'Allow', Principal: { Federated: federated }, Action: actions, ...more })

const newRole = async (RoleName: string, trust: string, ...statements: readonly object[]): Promise<string> => {
  await scene.iam().createRole({ RoleName, AssumeRolePolicyDocument: trust })
  if (statements.length > 0) await scene.iam().putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument: policy(...statements) })
  return roleArn(RoleName)
}

const assume = (RoleArn: string, WebIdentityToken: string, more: object = {}) =>
  stranger().assumeRoleWithWebIdentity({ RoleArn, RoleSessionName: 'visit', WebIdentityToken, ...more })

const nobody = 'AccessDenied 403 Not authorized to perform sts:AssumeRoleWithWebIdentity'
const notValidated =
  'InvalidIdentityToken 400 The web identity token provided could not be validated. See the AssumeRoleWithWebIdentity documentation for requirements.'

test('[item 3] a token of a registered issuer makes a session of a role that trusts it, through the SDK as workloads use it', async () => {
  const RoleArn = await newRole('deployer', trusting(), allow('iam:GetUser'), allow('iam:CreateUser', `arn:aws:iam::${account}:user/made`))
  const credentials = fromWebToken({
    roleArn: RoleArn,
    webIdentityToken: await issuer.token(audience),
    roleSessionName: 'pipeline-7',
    clientConfig: { endpoint: scene.server().endpoint, region: 'us-east-1' },
  })
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials()
  const key = { accessKeyId, secretAccessKey, sessionToken: sessionToken! }
  const { Arn, UserId } = await scene.sts(key).getCallerIdentity({})
  assert.equal(Arn, `arn:aws:sts::${account}:assumed-role/deployer/pipeline-7`)
  assert.match(UserId!, /^AROA\w+:pipeline-7$/)
  await scene.iam(key).createUser({ UserName: 'made' })
  assert.match(await refused(scene.iam(key).createUser({ UserName: 'other' })), /^AccessDenied 403 .*iam:CreateUser/)
})

test('[item 3] the answer tells whom the token is about, by whom and for whom', async () => {
  const RoleArn = await newRole('told', trusting())
  const { $metadata: _, Credentials, PackedPolicySize, ...answer } = await assume(RoleArn, await issuer.token(audience))
  const { RoleId } = (await scene.iam().getRole({ RoleName: 'told' })).Role!
  assert.deepEqual(answer, {
    SubjectFromWebIdentityToken: 'robot',
    AssumedRoleUser: { AssumedRoleId: `${RoleId}:visit`, Arn: `arn:aws:sts::${account}:assumed-role/told/visit` },
    Provider: providerArn,
    Audience: audience,
  })
  assert.match(Credentials!.AccessKeyId!, /^ASIA/)
  assert.ok(PackedPolicySize! > 0, 'what the token says takes room in the session')
})

test('[item 3] the trust policy decides on the claims, and whoever it does not name is told nothing', async () => {
  const condition = (Condition: object) => trusting({ Condition })
  const token = await issuer.token(audience)
  const bySubject = await newRole('by-subject', condition({ StringEquals: { [`${issuerName}:sub`]: 'robot' } }))
  const byOther = await newRole('by-other', condition({ StringEquals: { [`${issuerName}:sub`]: 'human' } }))
  const byAudience = await newRole('by-audience', condition({ StringEquals: { [`${issuerName}:aud`]: audience } }))
  const byName = await newRole('by-name', condition({ StringLike: { 'sts:RoleSessionName': 'pipeline-*' } }))
  const byProvider = await newRole('by-provider', condition({ ArnEquals: { 'aws:FederatedProvider': providerArn } }))
  const other = await newRole('other-issuer', trusting({}, undefined, `arn:aws:iam::${account}:oidc-provider/other.example.com`))
  const users = await newRole('for-users', policy({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }))
  for (const arn of [bySubject, byAudience, byProvider]) await assume(arn, token)
  await assume(byName, token, { RoleSessionName: 'pipeline-1' })
  for (const arn of [byOther, byName, other, users, roleArn('nowhere')]) assert.equal(await refused(assume(arn, token)), nobody, arn)
  const barred = await newRole(
    'barred',
    policy(JSON.parse(trusting()).Statement[0], {
      ...deny('sts:AssumeRoleWithWebIdentity'),
      Resource: undefined,
      Principal: { Federated: providerArn },
    }),
  )
  assert.equal(await refused(assume(barred, token)), nobody)
})

test('[item 3] what is wrong with a token is told in the words of STS', async () => {
  const RoleArn = await newRole('picky', trusting())
  const good = await issuer.token(audience)
  const [head, body, signature] = good.split('.') as [string, string, string]
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
  const told = (token: string) => refused(assume(RoleArn, token))
  assert.equal(
    await told('not-a-token'),
    'InvalidIdentityToken 400 The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
  )
  assert.equal(await told(await issuer.token('https://other.example.com')), notValidated)
  const with_ = (change: object, own = head) =>
    `${own}.${Buffer.from(JSON.stringify({ ...payload, ...change })).toString('base64url')}.${signature}`
  assert.match(await told(with_({ sub: 'human' })), /^InvalidIdentityToken 400 The web identity token provided could not be validated/)
  assert.equal(await told(with_({ iss: 'https://nowhere.example.com' })), notValidated)
  // The same name under https is another issuer, which nobody registered and nobody asks.
  assert.equal(await told(with_({ iss: `https://${issuerName}` })), notValidated)
  const none = Buffer.from('{"alg":"none"}').toString('base64url')
  assert.match(await told(`${none}.${body}.AA`), /^InvalidIdentityToken 400 /)
  const unknown = Buffer.from('{"alg":"RS256","kid":"nobody"}').toString('base64url')
  assert.equal(
    await told(`${unknown}.${body}.AA`),
    "InvalidIdentityToken 400 Couldn't retrieve verification key from your identity provider,  please reference AssumeRoleWithWebIdentity documentation for requirements",
  )
  assert.equal(
    await refused(assume('arn:aws:iam::no', good)),
    "ValidationError 400 1 validation error detected: Value 'arn:aws:iam::no' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
  )
  assert.equal(await refused(assume('not-an-arn-but-long-enough', good)), 'ValidationError 400 not-an-arn-but-long-enough is invalid')
  assert.equal(await refused(assume(`arn:aws:iam::999999999999:role/x`, good)), notValidated)
  assert.equal(
    await refused(assume(RoleArn, good, { DurationSeconds: 3601 })),
    'ValidationError 400 The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  )
  assert.match(await refused(assume(RoleArn, good, { Policy: 'no json' })), /^MalformedPolicyDocument 400 /)
})

test('[item 3] claims of a signed token are refused as AWS was recorded refusing them in 2026', async () => {
  const RoleArn = await newRole('strict', trusting({}, ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']))
  const later = Math.floor(Date.now() / 1000) + 3600
  for (const [claims, sentence] of [
    [{ aud: [audience, 'other'] }, 'Token audience contains more than one audience while authorized party is not present'],
    [{ aud: [] }, 'Claim is not allowed to be empty: aud'],
    [{ iat: null }, 'Invalid timestamp in token claims.'],
    [{ iat: later }, `Token issued in the future: ${later}`],
    [
      { 'https://aws.amazon.com/tags': { principal_tags: { Team: 'engineering' } } },
      'principal_tags passed in claim is not in correct format.',
    ],
    [{ 'https://aws.amazon.com/roles': true }, 'The roles claim is not in a supported format'],
  ] as const) {
    assert.equal(await refused(assume(RoleArn, await issuer.token(audience, claims))), `InvalidIdentityToken 400 ${sentence}`)
  }
  assert.match(
    await refused(assume(RoleArn, await issuer.token(audience, { nbf: later }))),
    new RegExp(
      `^InvalidIdentityToken 400 Token not yet valid: current date/time \\d+ must be after or equal to the not-before date/time ${later}$`,
    ),
  )
  const answer = await assume(RoleArn, await issuer.token(audience, { azp: audience, aud: 'other', sub: 123 }))
  assert.deepEqual([answer.Audience, answer.SubjectFromWebIdentityToken], [audience, '123'])
})

test('[item 3] a token that names roles is good for those only, and a trust policy can ask for it', async () => {
  const open = await newRole('named-open', trusting())
  const asking = await newRole('named-asking', trusting({ Condition: { Bool: { 'sts:RoleAuthorizedByIdp': 'true' } } }))
  const free = await newRole('named-free', trusting({ Condition: { Bool: { 'sts:RoleAuthorizedByIdp': 'false' } } }))
  const naming = (roles: unknown) => issuer.token(audience, { 'https://aws.amazon.com/roles': roles })
  const absent = 'InvalidIdentityToken 400 The target role ARN is not present in the roles claim of the identity token'
  const named = await naming([asking])
  await assume(asking, named)
  assert.equal(await refused(assume(open, named)), absent)
  await assume(asking, await naming(`${open}; ${asking}`))
  // Recorded on the wire in 2026.
  const none = 'InvalidIdentityToken 400 The roles claim contains no valid role ARNs'
  const every = open.replace(/[^/]*$/, '*')
  const rows: readonly (readonly [roles: unknown, answer: string | undefined])[] = [
    [[`${open}x`], absent],
    ...[[], '', [[open]], every, open.toUpperCase(), `${asking},${open}`, 'named-open', [7, null]].map((roles) => [roles, none] as const),
    ...[open, `${asking};${open}`, ` ${open} `, [open, open], `${open};`, `;${open}`, ['not-an-arn', open], [7, open], [null, open]].map(
      (roles) => [roles, undefined] as const,
    ),
  ]
  for (const [roles, answer] of rows) {
    const asked = naming(roles).then((token) => assume(open, token))
    if (answer === undefined) await asked
    else assert.equal(await refused(asked), answer, JSON.stringify(roles))
  }
  assert.equal(await refused(assume(asking, await issuer.token(audience))), nobody)
  assert.equal(await refused(assume(asking, await naming(null))), nobody)
  await assume(free, await issuer.token(audience))
  assert.equal(await refused(assume(free, await naming([free]))), nobody)
})

test('[item 3] the trust policy sees a user of the account, known by the provider and without an ARN of its own', async () => {
  const token = await issuer.token(audience)
  const asked = async (name: string, Condition: object): Promise<string> =>
    refused(assume(await newRole(name, trusting({ Condition })), token)).catch(() => 'allowed')
  for (const [name, Condition, allowed] of [
    ['type-user', { StringEquals: { 'aws:PrincipalType': 'User' } }, true],
    ['type-federated', { StringEquals: { 'aws:PrincipalType': 'FederatedUser' } }, false],
    ['account', { StringEquals: { 'aws:PrincipalAccount': account } }, true],
    ['userid', { StringEquals: { 'aws:userid': providerArn } }, true],
    ['userid-subject', { StringEquals: { 'aws:userid': `${providerArn}:robot` } }, false],
    ['no-arn', { Null: { 'aws:PrincipalArn': 'true' } }, true],
    ['an-arn', { Null: { 'aws:PrincipalArn': 'false' } }, false],
  ] as const) {
    assert.equal(await asked(name, Condition), allowed ? 'allowed' : nobody, name)
  }
  const everybody = await newRole('aws-star', policy({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRoleWithWebIdentity' }))
  assert.equal(await refused(assume(everybody, token)), nobody)
})

test('[item 3] a provider of access tokens is not asked, and others are not known', async () => {
  const RoleArn = await newRole('social', trusting())
  const token = await issuer.token(audience)
  const told = (ProviderId: string) => refused(assume(RoleArn, token, { ProviderId }))
  assert.equal(await told('www.amazon.com'), 'InvalidIdentityToken 400 Provided Token is not a Login With Amazon token')
  assert.match(await told('graph.facebook.com'), /^IDPRejectedClaim 403 graph\.facebook\.com rejected OAuth token/)
  for (const unknown of ['accounts.google.com', 'https://www.amazon.com', 'custom.example.test']) {
    assert.equal(
      await told(unknown),
      'AccessDenied 403 Unrecognized OAuth provider. Do not include a provider parameter when submitting OpenIDConnect ID tokens',
    )
  }
})

test('[item 3] a claim that every token has is asked for first, before the issuer is looked up', async () => {
  const RoleArn = await newRole('asking', trusting())
  const [head, body, signature] = (await issuer.token(audience)).split('.') as [string, string, string]
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as object
  const without = (...names: string[]): string => {
    const left = Object.entries({ ...payload, iss: 'kubernetes/serviceaccount' }).filter(([name]) => !names.includes(name))
    return `${head}.${Buffer.from(JSON.stringify(Object.fromEntries(left))).toString('base64url')}.${signature}`
  }
  for (const name of ['iss', 'aud', 'sub', 'exp', 'iat']) {
    assert.equal(await refused(assume(RoleArn, without(name))), `InvalidIdentityToken 400 Missing a required claim: ${name}`)
  }
  // As Kubernetes made them before they were for an audience.
  assert.equal(await refused(assume(RoleArn, without('aud', 'exp', 'iat'))), 'InvalidIdentityToken 400 Missing a required claim: aud')
  assert.equal(await refused(assume(RoleArn, without())), notValidated)
})

test('[item 3] an ARN of anything but a role is not valid in this request', async () => {
  const good = await issuer.token(audience)
  for (const arn of [
    providerArn,
    `arn:aws:sts::${account}:assumed-role/deployer/pipeline`,
    'arn:aws:iam::${AWS_ACCOUNT_ID}:role/deployer',
    `arn:aws:iam::${account}\\:role/deployer`,
    `arn:aws:acm:us-east-1:${account}:certificate/deployer`,
    `arn:aws:iam::${account}:role/`,
  ]) {
    assert.equal(await refused(assume(arn, good)), 'ValidationError 400 Request ARN is invalid', arn)
  }
})

test('[item 3] the certificate of an issuer must fit a thumbprint that is configured for it', async () => {
  const RoleArn = await newRole('pinned', trusting())
  await scene.iam().createOpenIDConnectProvider({ Url: secureIssuer, ClientIDList: [audience], ThumbprintList: ['0'.repeat(40)] })
  const [head, body, signature] = (await issuer.token(audience)).split('.') as [string, string, string]
  const payload = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), iss: secureIssuer }
  assert.equal(
    await refused(assume(RoleArn, `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signature}`)),
    "InvalidIdentityToken 400 OpenIDConnect provider's HTTPS certificate doesn't match configured thumbprint",
  )
})

test('[item 3] a token that has ended makes no session, and the refusal tells both times in seconds', async () => {
  const RoleArn = await newRole('punctual', trusting(), allow('iam:ListUsers'))
  const now = Math.floor(Date.now() / 1000)
  const [iat, exp] = [now - 7200, now - 3600]
  const told = await refused(assume(RoleArn, await issuer.token(audience, { iat, exp })))
  const [, asked] = /^ExpiredTokenException 400 Token expired: current date\/time (\d+) must be before the expiration date\/time \d+$/.exec(
    told,
  )!
  assert.ok(Number(asked) >= now - 300 && Number(asked) < now, 'the time that would just do')
  assert.ok(told.endsWith(` ${exp}`))
  const Credentials = (await assume(RoleArn, await issuer.token(audience, { iat, exp: now + 3600 }))).Credentials
  await scene.iam(keyOf(Credentials)).listUsers({})
})

test('[item 3] tags and source identity of a token need their own permission, and reach the session', async () => {
  const claims = {
    'https://aws.amazon.com/tags': { principal_tags: { team: ['blue'] }, transitive_tag_keys: ['team'] },
    'https://aws.amazon.com/source_identity': 'dana',
  }
  const token = await issuer.token(audience, claims)
  const plain = await newRole('plain', trusting())
  assert.equal(await refused(assume(plain, token)), 'AccessDenied 403 Not authorized to perform sts:TagSession')
  const half = await newRole('half', trusting({}, ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession']))
  assert.equal(await refused(assume(half, token)), 'AccessDenied 403 Not authorized to perform sts:SetSourceIdentity')
  const tagged = await newRole(
    'tagged',
    trusting({}, ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession', 'sts:SetSourceIdentity']),
    allow('iam:CreateUser', `arn:aws:iam::${account}:user/\${aws:PrincipalTag/team}-*`, {
      Condition: { StringEquals: { 'aws:SourceIdentity': 'dana', [`${issuerName}:sub`]: 'robot' } },
    }),
  )
  const answer = await assume(tagged, token)
  assert.equal(answer.SourceIdentity, 'dana')
  assert.ok(answer.PackedPolicySize! > 0)
  const iam = scene.iam(keyOf(answer.Credentials))
  await iam.createUser({ UserName: 'blue-1' })
  assert.match(await refused(iam.createUser({ UserName: 'red-1' })), /^AccessDenied /)
})

test('[item 3] keys of the issuer are fetched once', async () => {
  const RoleArn = await newRole('rotating', trusting())
  await assume(RoleArn, await issuer.token(audience))
  const before = issuer.asked('/jwks')
  await assume(RoleArn, await issuer.token(audience))
  assert.equal(issuer.asked('/jwks'), before, 'kept')
})

test('[item 3] an issuer leads the server nowhere: neither its key address nor a redirect is followed to what the operator has not opened', async () => {
  const RoleArn = await newRole('led-astray', trusting())
  let visits = 0
  const inside = createServer((_, response) => {
    visits++
    response.end('{"keys":[]}')
  })
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
  const { port } = inside.address() as AddressInfo
  const elsewhere = [
    'http://127.0.0.1',
    'http://localhost',
    'http://2130706433',
    'http://0x7f.1',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'https://127.0.0.1',
  ]
  try {
    for (const place of elsewhere.map((origin) => `${origin}:${port}/jwks`)) {
      for (const astray of ['keys', 'redirect'] as const) {
        await scene.restart()
        issuer.instead = (request, response) => {
          if (!request.url!.endsWith('/openid-configuration')) return false
          if (astray === 'redirect') response.writeHead(302, { location: place }).end()
          else response.end(JSON.stringify({ issuer: issuer.url, jwks_uri: place }))
          return true
        }
        const answer = await refused(assume(RoleArn, await issuer.token(audience)))
        assert.match(answer, /^InvalidIdentityToken 400 Couldn't retrieve verification key/, `${astray} ${place}`)
      }
    }
    assert.equal(visits, 0)
  } finally {
    issuer.instead = undefined
    inside.close()
  }
  await scene.restart()
  await assume(RoleArn, await issuer.token(audience))
})

test('[item 3] a session from a token dies with its role, and a namesake does not raise it', async () => {
  const RoleArn = await newRole('mortal', trusting(), allow('iam:ListUsers'))
  const key = keyOf((await assume(RoleArn, await issuer.token(audience))).Credentials)
  await scene.iam(key).listUsers({})
  await scene.iam().deleteRolePolicy({ RoleName: 'mortal', PolicyName: 'own' })
  assert.match(await refused(scene.iam(key).listUsers({})), /^AccessDenied /)
  await scene.iam().deleteRole({ RoleName: 'mortal' })
  assert.match(await refused(scene.iam(key).listUsers({})), /^InvalidClientTokenId 403 /)
  await newRole('mortal', trusting(), allow('iam:ListUsers'))
  assert.match(await refused(scene.iam(key).listUsers({})), /^InvalidClientTokenId 403 /)
})

test('[item 3] who is proven is recorded in the role’s account, refused or not, and who is not proven leaves nothing there', async () => {
  const RoleArn = await newRole('watched', trusting())
  const closed = await newRole('closed', trusting({ Condition: { StringEquals: { [`${issuerName}:sub`]: 'human' } } }))
  await assume(RoleArn, await issuer.token(audience))
  assert.equal(await refused(assume(closed, await issuer.token(audience))), nobody)
  assert.match(await refused(assume(RoleArn, await issuer.token('https://other.example.com'))), /^InvalidIdentityToken /)
  assert.match(await refused(assume(RoleArn, 'x.y.z')), /^InvalidIdentityToken /)
  let events: Event[] = []
  await scene.restart(async () => {
    events = await eventsIn(scene.server().dataDir, account)
  })
  const of = (role: string) => events.filter(({ requestParameters }) => requestParameters?.roleArn === role)
  const told = (role: string) =>
    of(role).map(({ errorCode, userIdentity, bailiwick: { decisions, contexts } }) => ({
      errorCode,
      userIdentity,
      verdicts: decisions.map(({ verdict }) => verdict),
      subjects: decisions.map(({ context }) => contexts[context]?.[`${issuerName}:sub`]),
    }))
  const principalId = `${providerArn}:${audience}:robot`
  const userIdentity = { type: 'WebIdentityUser', principalId, userName: 'robot', identityProvider: providerArn }
  assert.deepEqual(told(RoleArn), [{ errorCode: undefined, userIdentity, verdicts: ['Allowed'], subjects: ['robot'] }])
  assert.deepEqual(told(closed), [{ errorCode: 'AccessDenied', userIdentity, verdicts: ['ImplicitDeny'], subjects: ['robot'] }])
  assert.ok(!JSON.stringify(of(RoleArn)).includes('eyJ'), 'the token is not shown')
})

test('[item 3] nothing else is answered without a signature', async () => {
  const body = (parameters: Record<string, string>) => new URLSearchParams({ Version: '2011-06-15', ...parameters })
  const post = async (parameters: Record<string, string>): Promise<string> => {
    const answer = await fetch(scene.server().endpoint, { method: 'POST', body: body(parameters) })
    return `${answer.status} ${/<Code>([^<]+)</.exec(await answer.text())?.[1]}`
  }
  for (const Action of [
    'GetCallerIdentity',
    'AssumeRole',
    'GetSessionToken',
    'GetFederationToken',
    'GetWebIdentityToken',
    'AssumeRoot',
    'assumeRoleWithSAML',
  ]) {
    assert.equal(
      await post({ Action, RoleArn: roleArn('deployer'), RoleSessionName: 'visit', WebIdentityToken: 'x.y.z' }),
      '403 MissingAuthenticationToken',
      Action,
    )
  }
  assert.equal(await post({ Action: 'AssumeRoleWithWebIdentity', Version: '2010-05-08' }), '403 MissingAuthenticationToken')
  assert.equal(await post({ Action: 'AssumeRoleWithWebIdentity' }), '400 ValidationError')
})
