/** What an SDK finds by itself, with nothing but the variables and files that AWS documents. Instances and containers: `workloads.test.ts`. */
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { account, allow, policy, trust, useServer } from './iam-scene.js'
import { startIssuer } from './oidc-issuer.js'
import { cleanEnvironment, freshFolder, removeFolder, run } from './running-server.js'

const command = fileURLToPath(new URL('../../packages/cli/bin/bailiwick.js', import.meta.url))
const issuer = await startIssuer()
const issuerName = issuer.url.slice('http://'.length)
const audience = 'https://sts.example.com'
const home = freshFolder()
const scene = useServer(async () => {
  await scene.iam().createOpenIDConnectProvider({ Url: issuer.url, ClientIDList: [audience] })
}, ['--federation-allow', issuer.url])
after(async () => {
  await issuer.close()
  removeFolder(home)
})

const program = `
import { STS } from '@aws-sdk/client-sts'
try {
  console.log(JSON.stringify({ arn: (await new STS({}).getCallerIdentity({})).Arn }))
} catch (error) {
  console.log(JSON.stringify({ error: error.name }))
}
`

/** Who the SDK says it is, with this configuration file and these variables beside the server's address. */
async function whoAmI(config: string, own: Readonly<Record<string, string>> = {}): Promise<{ arn?: string; error?: string }> {
  const file = join(home, 'config')
  writeFileSync(file, config)
  const ran = await run(process.execPath, ['--input-type=module', '-e', program], {
    ...cleanEnvironment(),
    AWS_ENDPOINT_URL: scene.server().endpoint,
    AWS_REGION: 'us-east-1',
    AWS_CONFIG_FILE: file,
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    ...own,
  })
  assert.equal(ran.code, 0, ran.stderr)
  return JSON.parse(ran.stdout)
}

const session = (role: string, name: string): string => `arn:aws:sts::${account}:assumed-role/${role}/${name}`
const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`

test('[item 7] the SDK assumes the role of a profile with the key of another, and with that of the environment', async () => {
  const key = await scene.newUser('robin', allow('sts:AssumeRole'))
  const trusting = trust(`arn:aws:iam::${account}:user/robin`)
  await scene.iam().createRole({ RoleName: 'reporter', AssumeRolePolicyDocument: trusting })
  await scene.iam().createRole({ RoleName: 'stranger', AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:role/reporter`) })
  const assuming = (role: string, from: string) =>
    `[profile work]\nrole_arn = ${roleArn(role)}\nrole_session_name = robin-at-work\n${from}\n`
  const source = `[profile robin]\naws_access_key_id = ${key.accessKeyId}\naws_secret_access_key = ${key.secretAccessKey}\n`
  const AWS_PROFILE = 'work'
  const byProfile = await whoAmI(source + assuming('reporter', 'source_profile = robin'), { AWS_PROFILE })
  assert.deepEqual(byProfile, { arn: session('reporter', 'robin-at-work') })
  const inEnvironment = { AWS_PROFILE, AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey }
  assert.deepEqual(await whoAmI(assuming('reporter', 'credential_source = Environment'), inEnvironment), byProfile)
  assert.deepEqual(await whoAmI(source + assuming('stranger', 'source_profile = robin'), { AWS_PROFILE }), { error: 'AccessDenied' })
})

test('[item 7] the SDK exchanges the token of a file for a role, and gets nothing for another audience’s', async () => {
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuerName}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
  })
  await scene.iam().createRole({ RoleName: 'pod', AssumeRolePolicyDocument })
  const AWS_WEB_IDENTITY_TOKEN_FILE = join(home, 'token')
  const own = { AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN: roleArn('pod'), AWS_ROLE_SESSION_NAME: 'pod-1' }
  writeFileSync(AWS_WEB_IDENTITY_TOKEN_FILE, await issuer.token(audience))
  assert.deepEqual(await whoAmI('', own), { arn: session('pod', 'pod-1') })
  writeFileSync(AWS_WEB_IDENTITY_TOKEN_FILE, await issuer.token('https://other.example.com'))
  assert.deepEqual(await whoAmI('', own), { error: 'InvalidIdentityTokenException' })
})

test('[item 7] the SDK asks `bailiwick env --credential-process`, for lasting keys and for those of a session', async () => {
  const asking = (more: string): string =>
    `[default]\ncredential_process = "${process.execPath}" "${command}" env --credential-process${more}\n`
  const { dataDir } = scene.server()
  assert.deepEqual(await whoAmI(asking(` --data-dir "${dataDir}"`)), { arn: `arn:aws:iam::${account}:root` })
  const user = await scene.newUser('dana', allow('sts:AssumeRole'))
  await scene.iam().createRole({ RoleName: 'visited', AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:user/dana`) })
  const { accessKeyId, secretAccessKey, sessionToken } = await scene.assume(user, roleArn('visited'))
  const lines = [`AWS_ACCESS_KEY_ID=${accessKeyId}`, `AWS_SECRET_ACCESS_KEY=${secretAccessKey}`, `AWS_SESSION_TOKEN=${sessionToken}`]
  const inShell = `[default]\ncredential_process = env ${lines.join(' ')} BAILIWICK_DATA_DIR=${home} "${process.execPath}" "${command}" env --credential-process\n`
  assert.deepEqual(await whoAmI(inShell), { arn: session('visited', 'visit') })
  assert.deepEqual(await whoAmI(asking(` --data-dir "${join(home, 'nothing')}"`)), { error: 'CredentialsProviderError' })
})
