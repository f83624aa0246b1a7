import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Credentials, STS } from '@aws-sdk/client-sts'
import { account, policy, useServer } from './iam-scene.js'
import { entityId, login, metadata } from './saml-identity-provider.js'
import { ownCertificate, ownPrivateKey } from './saml-keys.js'

const PrincipalArn = `arn:aws:iam::${account}:saml-provider/corp`
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`
const aws = (name: string): string => `https://aws.amazon.com/SAML/Attributes/${name}`

const scene = useServer(async () => {
  await scene.iam().createSAMLProvider({ Name: 'corp', SAMLMetadataDocument: metadata() })
  const trust = (value: string) =>
    policy({
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithSAML',
      Principal: { Federated: PrincipalArn },
      Condition: { StringEquals: { 'SAML:sub': value } },
    })
  for (const [RoleName, subject] of [
    ['reader', 'dana'],
    ['writer', 'dana'],
    ['closed', 'somebody-else'],
  ] as const) {
    await scene.iam().createRole({ RoleName, AssumeRolePolicyDocument: trust(subject) })
  }
})

const post = (fields: Readonly<Record<string, string>>, path = '/saml'): Promise<Response> =>
  fetch(`${scene.server().endpoint}${path}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
    headers: { origin: entityId },
  })

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .filter((line) => !line.includes('Max-Age=0'))
    .map((line) => line.split(';')[0])
    .join('; ')

async function arnBehind(cookie: string): Promise<string> {
  const { endpoint } = scene.server()
  const session = await fetch(`${endpoint}/signin/session`, { headers: { cookie } })
  const { csrfToken } = (await session.json()) as { readonly csrfToken: string }
  const headers = { cookie, 'x-csrf-token': csrfToken }
  const given = (await (await fetch(`${endpoint}/signin/credentials`, { method: 'POST', headers })).json()) as Credentials
  const credentials = {
    accessKeyId: given.AccessKeyId!,
    secretAccessKey: given.SecretAccessKey!,
    sessionToken: given.SessionToken!,
  }
  return (await new STS({ endpoint, region: 'us-east-1', credentials }).getCallerIdentity({})).Arn!
}

const attributes = (...roles: readonly string[]) => ({
  [aws('Role')]: roles.map((name) => `${roleArn(name)},${PrincipalArn}`),
  [aws('RoleSessionName')]: ['dana@example.com'],
})

test('[item 5] a SAML response with one role leads in; with several, to a page where one is chosen', async () => {
  const one = await post({ SAMLResponse: await login({ attributes: attributes('reader') }), RelayState: '/console/' })
  assert.deepEqual([one.status, one.headers.get('location')], [303, '/console/'])
  assert.equal(await arnBehind(cookieOf(one)), `arn:aws:sts::${account}:assumed-role/reader/dana@example.com`)

  const SAMLResponse = await login({ attributes: attributes('reader', 'writer') })
  const choice = await post({ SAMLResponse })
  const text = await choice.text()
  assert.equal(choice.status, 200)
  assert.match(text, /Choose a role[\s\S]*role\/reader[\s\S]*role\/writer/)
  // What saml2aws and its like read: the names of the accounts, and each role with its ARN.
  assert.match(
    text,
    new RegExp(`<fieldset>\\s*<div class="saml-account"[^>]*>\\s*<div class="saml-account-name">Account: ${account}</div>`),
  )
  const read = [...text.matchAll(/<label for="([^"]+)" class="saml-role-description">([^<]+)</g)].map(([, arn, name]) => [name, arn])
  assert.deepEqual(
    read,
    ['reader', 'writer'].map((name) => [name, roleArn(name)]),
  )
  assert.ok(!cookieOf(choice).includes('bailiwick-session'))
  const chosen = await post({ SAMLResponse, roleIndex: roleArn('writer') })
  assert.equal(await arnBehind(cookieOf(chosen)), `arn:aws:sts::${account}:assumed-role/writer/dana@example.com`)
})

test('[item 5] a SAML response leads nowhere when it is changed, old, of another issuer, or offers what is not trusted', async () => {
  const good = Buffer.from(await login({ attributes: attributes('reader') }), 'base64').toString()
  const refusals = [
    Buffer.from(good.replace('role/reader', 'role/writer')).toString('base64'),
    await login({ attributes: attributes('reader'), issued: -900_000, expires: -600_000 }),
    await login({ attributes: attributes('closed') }),
    await login({ attributes: attributes('reader'), recipient: 'https://elsewhere.example.com/saml' }),
    await login({ attributes: attributes() }),
    'AAAA',
    '',
  ]
  for (const SAMLResponse of refusals) {
    const answer = await post({ SAMLResponse })
    assert.deepEqual([answer.status, cookieOf(answer).includes('bailiwick-session')], [400, false])
  }
  const several = await login({ attributes: attributes('reader', 'writer') })
  const notOffered = await post({ SAMLResponse: several, roleIndex: roleArn('closed') })
  assert.deepEqual([notOffered.status, cookieOf(notOffered).includes('bailiwick-session')], [200, false])
  const away = await post({ SAMLResponse: await login({ attributes: attributes('reader') }), RelayState: 'https://evil.example.com/' })
  assert.equal(away.headers.get('location'), '/signin/home')
})

test('[item 5] who goes on sending bad responses is told to wait, and a good one leads in whatever was refused before it', async () => {
  // Wrong tries, of which the test before this one made some, are counted in memory.
  await scene.restart()
  const bad = await login({ attributes: attributes() })
  const told: number[] = []
  for (let turn = 0; turn < 12; turn++) told.push((await post({ SAMLResponse: bad })).status)
  assert.deepEqual(told, [...Array.from({ length: 10 }, () => 400), 429, 429])
  const one = await post({ SAMLResponse: await login({ attributes: attributes('reader') }) })
  assert.equal(await arnBehind(cookieOf(one)), `arn:aws:sts::${account}:assumed-role/reader/dana@example.com`)
})

test('[item 5] an encrypted response leads in at the place of its own provider, whose keys open it, and nowhere else', async () => {
  // As before.
  await scene.restart()
  const Name = 'sealed'
  const SAMLProviderArn = `arn:aws:iam::${account}:saml-provider/${Name}`
  await scene
    .iam()
    .createSAMLProvider({ Name, SAMLMetadataDocument: metadata(), AssertionEncryptionMode: 'Required', AddPrivateKey: ownPrivateKey })
  const placeOf = async (arn: string) => `/saml/acs/${(await scene.iam().getSAMLProvider({ SAMLProviderArn: arn })).SAMLProviderUUID}`
  const [own, others] = [await placeOf(SAMLProviderArn), await placeOf(PrincipalArn)]
  const AssumeRolePolicyDocument = policy({ Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: SAMLProviderArn } })
  for (const RoleName of ['sealed-reader', 'sealed-writer']) await scene.iam().createRole({ RoleName, AssumeRolePolicyDocument })
  const offer = (...roles: readonly string[]) => ({
    ...attributes(),
    [aws('Role')]: roles.map((name) => `${roleArn(name)},${SAMLProviderArn}`),
  })
  const encrypted = (roles: readonly string[], recipient = `https://signin.aws.amazon.com${own}`) =>
    login({ attributes: offer(...roles), recipient, encryptFor: ownCertificate })

  const one = await post({ SAMLResponse: await encrypted(['sealed-reader']) }, own)
  assert.equal(one.status, 303)
  assert.equal(await arnBehind(cookieOf(one)), `arn:aws:sts::${account}:assumed-role/sealed-reader/dana@example.com`)
  const SAMLResponse = await encrypted(['sealed-reader', 'sealed-writer'])
  assert.match(await (await post({ SAMLResponse }, own)).text(), new RegExp(`Choose a role[\\s\\S]*action="${own}"`))
  const chosen = await post({ SAMLResponse, roleIndex: roleArn('sealed-writer') }, own)
  assert.equal(await arnBehind(cookieOf(chosen)), `arn:aws:sts::${account}:assumed-role/sealed-writer/dana@example.com`)

  const plain = await login({ attributes: offer('sealed-reader'), recipient: `https://signin.aws.amazon.com${own}` })
  const misled = await encrypted(['sealed-reader'], 'https://signin.aws.amazon.com/saml')
  const refusals: readonly (readonly [response: string, path: string])[] = [
    [plain, own],
    [plain, '/saml'],
    [misled, own],
    [SAMLResponse, others],
    [SAMLResponse, '/saml/acs/SAMLSPAAAAAAAAAAAAAAAA'],
    [await login({ attributes: attributes('reader') }), own],
  ]
  for (const [response, path] of refusals) {
    const answer = await post({ SAMLResponse: response }, path)
    assert.deepEqual([answer.status, cookieOf(answer).includes('bailiwick-session')], [400, false])
  }
  const astray = await post({ SAMLResponse }, '/saml')
  assert.deepEqual([astray.status, cookieOf(astray).includes('bailiwick-session')], [400, false])
  assert.match(await astray.text(), /The SAML response is encrypted/)
})
