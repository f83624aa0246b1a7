import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { mfaCode } from './certificates.support.js'
import { type Key, keyOf } from './clients.js'
import { account, allow, trust, useServer } from './iam-scene.js'
import { bailiwick } from './running-server.js'

type Context = Readonly<Record<string, readonly string[]>>

const page = readFileSync(new URL('../../docs/request-context.md', import.meta.url), 'utf8')
const keysIn = (text: string): string[] => [...text.matchAll(/`([a-z]+:[A-Za-z/]+)`/g)].map(([, key]) => key!)
const everybody = keysIn(/Every request has [\s\S]*?Further keys/.exec(page)![0])
/** The rows of the page. */
const kinds = new Map([...page.matchAll(/^\| ([a-z].*?) \| (.*)\|$/gm)].map(([, who, keys]) => [who!, keysIn(keys!)]))

const ids = { user: '', role: '' }
const keys = new Map<string, Key>()

const scene = useServer(async () => {
  const root = scene.iam()
  const Tags = [{ Key: 'team', Value: 'red' }]
  const assuming = allow(['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:GetFederationToken'])
  const dana = await scene.newUser('dana', assuming)
  await root.tagUser({ UserName: 'dana', Tags })
  ids.user = (await root.getUser({ UserName: 'dana' })).User!.UserId!
  const role = await root.createRole({
    RoleName: 'deploy',
    Path: '/ops/',
    Tags,
    AssumeRolePolicyDocument: trust(account, ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity']),
  })
  ids.role = role.Role!.RoleId!
  const { VirtualMFADevice } = await root.createVirtualMFADevice({ VirtualMFADeviceName: 'phone' })
  const SerialNumber = VirtualMFADevice!.SerialNumber!
  const seed = Buffer.from(VirtualMFADevice!.Base32StringSeed!).toString('latin1')
  await root.enableMFADevice({ UserName: 'dana', SerialNumber, AuthenticationCode1: mfaCode(seed, -1), AuthenticationCode2: mfaCode(seed) })
  const sts = scene.sts(dana)
  const arn = role.Role!.Arn!
  const project = [{ Key: 'project', Value: 'x' }]
  keys.set('root, access key', scene.server().rootKey)
  keys.set('root, GetSessionToken', keyOf((await scene.sts().getSessionToken({})).Credentials))
  keys.set('user, access key', dana)
  keys.set('user, GetSessionToken', keyOf((await sts.getSessionToken({})).Credentials))
  keys.set('user, GetSessionToken with MFA', keyOf((await sts.getSessionToken({ SerialNumber, TokenCode: mfaCode(seed, 1) })).Credentials))
  keys.set('user, GetFederationToken', keyOf((await sts.getFederationToken({ Name: 'guest', Tags: project })).Credentials))
  keys.set('role session, AssumeRole', await scene.assume(dana, arn))
  keys.set('role session, with tags and a source identity', await scene.assume(dana, arn, { Tags: project, SourceIdentity: 'dana' }))
})

async function contextOf(key: Key): Promise<Context> {
  const { $metadata } = await scene.sts(key).getCallerIdentity({})
  const { stdout, stderr } = await bailiwick(['explain', $metadata.requestId!, '--json', '--data-dir', scene.server().dataDir])
  assert.equal(stderr, '')
  return JSON.parse(stdout).Context
}

kinds.delete('who')

test('[item 4] the context that reaches the decision is the one that the page tells, for each kind of principal', async () => {
  assert.deepEqual([...kinds.keys()], [...keys.keys()])
  for (const [who, key] of keys) {
    const context = await contextOf(key)
    assert.deepEqual(Object.keys(context).sort(), [...everybody, ...kinds.get(who)!].sort(), who)
  }
})

test('[item 4] who asked is told by ARN, type and id as AWS tells it', async () => {
  const told = async (who: string): Promise<readonly (string | undefined)[]> => {
    const context = await contextOf(keys.get(who)!)
    return ['aws:PrincipalArn', 'aws:PrincipalType', 'aws:userid', 'aws:MultiFactorAuthPresent'].map((key) => context[key]?.[0])
  }
  const iam = `arn:aws:iam::${account}`
  assert.deepEqual(await told('root, access key'), [`${iam}:root`, 'Account', account, undefined])
  assert.deepEqual(await told('root, GetSessionToken'), [`${iam}:root`, 'Account', account, 'false'])
  assert.deepEqual(await told('user, access key'), [`${iam}:user/dana`, 'User', ids.user, undefined])
  assert.deepEqual(await told('user, GetSessionToken'), [`${iam}:user/dana`, 'User', ids.user, 'false'])
  assert.deepEqual(await told('user, GetSessionToken with MFA'), [`${iam}:user/dana`, 'User', ids.user, 'true'])
  const guest = `arn:aws:sts::${account}:federated-user/guest`
  assert.deepEqual(await told('user, GetFederationToken'), [guest, 'FederatedUser', `${account}:guest`, undefined])
  assert.deepEqual(await told('role session, AssumeRole'), [`${iam}:role/ops/deploy`, 'AssumedRole', `${ids.role}:visit`, undefined])
})
