import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { after, before, test } from 'node:test'
import { IAM } from '@aws-sdk/client-iam'
import { STS } from '@aws-sdk/client-sts'
import { presign } from '@bailiwick/wire'
import { nodeHashes } from '@bailiwick/wire/node'
import { eventsIn } from './audit.support.js'
import { signedRequest } from './bad-input.support.js'
import { certificateOf, privateKey } from './certificates.support.js'
import { plainRequest } from './cli.support.js'
import type { Key } from './clients.js'
import { bailiwick, freshFolder, type RunningServer, removeFolder, startServer } from './running-server.js'

const masterKey = 'c5'.repeat(32)
const rootSecret = 'canaryRootSecretAccessKey/0123456789+abc'
const rootPassword = 'canary-root-password-9f4b1c'
const dataDir = freshFolder()
/** By what they are. */
const secrets = new Map([
  ['root secret', rootSecret],
  ['root password', rootPassword],
])
let server: RunningServer
/** All that anybody could read besides the answers to those whose secrets they are. */
let told = ''

async function byHand(key: Key, body: string, target = '/'): Promise<string> {
  const { endpoint } = server
  const { headers } = await signedRequest({ key, endpoint, body, target })
  const sent = headers.filter(([name]) => name !== 'host') as [string, string][]
  return (await fetch(endpoint + target, { method: 'POST', headers: sent, body })).text()
}

async function health(): Promise<string> {
  const paths = ['/_bailiwick/metrics', '/_bailiwick/health', '/_localstack/health']
  return (await Promise.all(paths.map((path) => plainRequest(server.endpoint, 'GET', path)))).map(({ body }) => body).join('\n')
}

/** A life of a server with secrets in every place where a client can put one, right or wrong, killed without warning and ended in order. */
before(async () => {
  const rootKey = { accessKeyId: 'AKIACANARYROOTACCESS', secretAccessKey: rootSecret }
  const environment = {
    BAILIWICK_ROOT_ACCESS_KEY_ID: rootKey.accessKeyId,
    BAILIWICK_ROOT_SECRET_ACCESS_KEY: rootSecret,
    BAILIWICK_ROOT_PASSWORD: rootPassword,
    BAILIWICK_MASTER_KEY: masterKey,
  }
  const begin = () => startServer({ dataDir, environment, rootKey, flags: ['--root-email', 'root@example.com'] })
  server = await begin()
  const settings = (key: Key) => ({ endpoint: server.endpoint, region: 'us-east-1', credentials: key, maxAttempts: 1 })
  const root = new IAM(settings(rootKey))
  await root.createUser({ UserName: 'ada' })
  const { AccessKey } = await root.createAccessKey({ UserName: 'ada' })
  const ada = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const { Credentials } = await new STS(settings(ada)).getSessionToken({})
  const session = {
    accessKeyId: Credentials!.AccessKeyId!,
    secretAccessKey: Credentials!.SecretAccessKey!,
    sessionToken: Credentials!.SessionToken!,
  }
  secrets.set('user secret', ada.secretAccessKey).set('session secret', session.secretAccessKey).set('session token', session.sessionToken)

  const Tag = 'canary'
  const { VirtualMFADevice } = await root.createVirtualMFADevice({ VirtualMFADeviceName: Tag })
  const seed = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString()
  const { ServiceSpecificCredential } = await root.createServiceSpecificCredential({
    UserName: 'ada',
    ServiceName: 'codecommit.amazonaws.com',
  })
  const key = privateKey()
  const certificate = { ServerCertificateName: Tag, CertificateBody: certificateOf(Tag, 1) }
  await root.uploadServerCertificate({ ...certificate, PrivateKey: key })
  told += String(await root.uploadServerCertificate({ ...certificate, PrivateKey: key }).catch(String))
  await root.createUser({ UserName: 'grace' })
  await root.createLoginProfile({ UserName: 'grace', Password: 'Canary-login-password-88b2' })
  secrets
    .set('MFA seed', seed)
    .set('service password', ServiceSpecificCredential!.ServicePassword!)
    .set('private key', key.split('\n')[5]!)
    .set('login password', 'Canary-login-password-88b2')

  const form = 'Version=2010-05-08'
  for (const [name, at] of [
    ['CreateLoginProfile', 'UserName=ada&Password='],
    ['UpdateLoginProfile', 'UserName=ada&Password='],
    ['ChangePassword', 'OldPassword=canary-old-password-77aa&NewPassword='],
    // Not where it belongs: these fail, or pass over what they do not know.
    ['GetUser', 'UserName=ada&Password='],
    ['Nope', 'Password='],
    ['CreateUser', 'UserName=ada&Password='],
  ] as const) {
    const secret = `canary-parameter-${name}-31c9`
    secrets.set(`parameter of ${name}`, secret)
    told += await byHand(rootKey, `Action=${name}&${form}&${at}${secret}`)
    told += await byHand(rootKey, '', `/?Action=${name}&${form}&${at}${secret}-in-url`)
    told += (await plainRequest(server.endpoint, 'GET', `/?Action=${name}&${form}&${at}${secret}-unsigned`)).body
    told += (await plainRequest(server.endpoint, 'GET', `/console/${secret}?password=${secret}`)).body
  }
  secrets.set('old password', 'canary-old-password-77aa')

  const host = new URL(server.endpoint).host
  const request = {
    method: 'GET',
    path: '/',
    query: `Action=GetUser&${form}`,
    headers: new Map([['host', [host]]]),
    body: new Uint8Array(),
  }
  const options = { region: 'us-east-1', service: 'iam', at: Date.now(), hashes: nodeHashes, expiresSeconds: 60 }
  for (const credentials of [session, { ...session, secretAccessKey: 'wrong' }]) {
    told += (await plainRequest(server.endpoint, 'GET', `/?${await presign(request, { ...options, credentials })}`)).body
  }
  const wrongToken = { ...session, sessionToken: `${session.sessionToken}canary-bent-token-51de` }
  secrets.set('bent token', 'canary-bent-token-51de')
  told += await byHand(wrongToken, `Action=GetUser&${form}`)
  secrets.set('basic password', 'Y2FuYXJ5OnNlY3JldC1pbi1iYXNpYw')
  const basic = { authorization: 'Basic Y2FuYXJ5OnNlY3JldC1pbi1iYXNpYw==' }
  told += (await plainRequest(server.endpoint, 'GET', '/', basic)).body.replace(/Authorization=[^<]*/g, '')

  const environmentOfRoot = { AWS_ENDPOINT_URL: server.endpoint, AWS_ACCESS_KEY_ID: rootKey.accessKeyId, AWS_SECRET_ACCESS_KEY: rootSecret }
  const made = await bailiwick(['accounts', 'create', '--name', 'two', '--email', 'two@example.com', '--json'], environmentOfRoot)
  const { RootCredentials } = JSON.parse(made.stdout)
  secrets.set('new root secret', RootCredentials.SecretAccessKey).set('new root password', RootCredentials.Password)
  told += await health()
  told += server.output()
  await server.kill()
  found(dataDir, 'after a kill')
  server = await begin()
  told += await health()
  await server.stop()
  told += server.output()
})
after(() => removeFolder(dataDir))

/** As bytes could stand somewhere. */
const forms = (secret: string): Buffer[] => [
  Buffer.from(secret),
  Buffer.from(secret, 'utf16le'),
  Buffer.from(encodeURIComponent(secret)),
  Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
  Buffer.from(Buffer.from(secret).toString('hex')),
]

function found(folder: string, when: string): string[] {
  const files = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
  for (const path of files) {
    const bytes = readFileSync(path)
    for (const [what, secret] of secrets) {
      assert.ok(!forms(secret).some((form) => bytes.includes(form)), `${what} stands in ${relative(folder, path)} ${when}`)
    }
  }
  return files.map((path) => relative(folder, path))
}

test('[bad input] no secret stands in any file of the data folder, as it is or encoded, after a kill or an orderly end', () => {
  const files = found(dataDir, 'after the end')
  assert.ok(files.includes('bailiwick.db') && !files.includes('credentials') && !files.includes('master.key'), files.join())
})

test('[bad input] no secret stands in the log, in health, in the metrics or in the answer to somebody else’s mistake', () => {
  for (const [what, secret] of secrets) {
    for (const form of forms(secret))
      assert.ok(!told.includes(form.toString('utf8')), `${what} is told: ${around(told, form.toString('utf8'))}`)
  }
  assert.match(told, /bailiwick_strangers_total/)
})

const around = (text: string, part: string): string => text.slice(Math.max(0, text.indexOf(part) - 120), text.indexOf(part) + 120)

test('[bad input] no secret stands in an audit event, also where the call failed', async () => {
  const events = await eventsIn(dataDir, '000000000000', masterKey)
  assert.ok(events.length >= 15, `${events.length} events`)
  const text = JSON.stringify(events)
  for (const [what, secret] of secrets) assert.ok(!text.includes(secret), `${what} stands in an event: ${around(text, secret)}`)
})
