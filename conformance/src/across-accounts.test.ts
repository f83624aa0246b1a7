import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  ListEntitiesForPolicyCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { iamClient, type Key, keyOf, refusal, stsClient } from './clients.js'
import { bailiwick, type RunningServer, removeFolder, startServer } from './running-server.js'

/** Whom a role trusts. */
type Trust = 'nobody' | 'its account' | 'the next account' | 'the next admin'

interface Account {
  readonly id: string
  readonly admin: Key
  readonly adminKeyId: string
  readonly policyArn: string
  readonly roles: ReadonlyMap<Trust, string>
}

const allowAll = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
const trusts: readonly Trust[] = ['nobody', 'its account', 'the next account', 'the next admin']

let server: RunningServer
const accounts: Account[] = []

before(async () => {
  server = await startServer()
  const roots: { id: string; root: Key }[] = [{ id: '000000000000', root: server.rootKey }]
  for (const name of ['two', 'three']) {
    const { stdout } = await bailiwick([
      'accounts',
      'create',
      '--name',
      name,
      '--email',
      `${name}@example.com`,
      '--json',
      '--data-dir',
      server.dataDir,
    ])
    const { Account: made, RootCredentials: root } = JSON.parse(stdout)
    roots.push({ id: made.AccountId, root: { accessKeyId: root.AccessKeyId, secretAccessKey: root.SecretAccessKey } })
  }
  // Principals must exist when a trust policy is saved: first every admin, then the roles.
  for (const { root } of roots) await iamClient(server.endpoint, root).send(new CreateUserCommand({ UserName: 'admin' }))
  for (const [at, { id, root }] of roots.entries()) {
    const iam = iamClient(server.endpoint, root)
    const next = roots[(at + 1) % roots.length]!.id
    const principals: Readonly<Record<Trust, object>> = {
      nobody: { Service: 'ec2.amazonaws.com' },
      'its account': { AWS: id },
      'the next account': { AWS: next },
      'the next admin': { AWS: `arn:aws:iam::${next}:user/admin` },
    }
    const roles = new Map<Trust, string>()
    for (const trust of trusts) {
      const document = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: principals[trust], Action: 'sts:AssumeRole' }],
      })
      const { Role } = await iam.send(new CreateRoleCommand({ RoleName: trust.replaceAll(' ', '-'), AssumeRolePolicyDocument: document }))
      roles.set(trust, Role!.Arn!)
    }
    await iam.send(new PutUserPolicyCommand({ UserName: 'admin', PolicyName: 'all', PolicyDocument: allowAll }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'admin' }))
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'own', PolicyDocument: allowAll }))
    accounts.push({ id, admin: keyOf(AccessKey), adminKeyId: AccessKey!.AccessKeyId!, policyArn: Policy!.Arn!, roles })
  }
})
after(async () => {
  await server.stop()
  removeFolder(server.dataDir)
})

/** A linear congruential generator: the same calls in every run. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

test('[item 6] seeded calls across accounts: a role is assumed where both sides allow, and nowhere else', async () => {
  const seed = 20261124
  const below = random(seed)
  let allowed = 0
  for (let call = 0; call < 150; call++) {
    const from = below(accounts.length)
    const to = below(accounts.length)
    const trust = trusts[below(trusts.length)]!
    // policy-semantics §6.5: the admin's own policy allows everything, so the trust policy decides.
    const isNext = from === (to + 1) % accounts.length
    const expected = trust === 'its account' ? from === to : trust !== 'nobody' && isNext
    const sts = stsClient(server.endpoint, accounts[from]!.admin)
    const asked = sts.send(new AssumeRoleCommand({ RoleArn: accounts[to]!.roles.get(trust)!, RoleSessionName: 'visit' }))
    const where = `seed ${seed}, call ${call}: ${from} → ${to}, ${trust}`
    if (expected) {
      allowed++
      assert.ok((await asked).AssumedRoleUser!.Arn!.includes(accounts[to]!.id), where)
    } else assert.match(await refusal(asked), /^AccessDenied 403 .*sts:AssumeRole/, where)
  }
  assert.ok(allowed > 20 && allowed < 130)
})

test('[item 6] nothing of another account is read or changed by ARN, even by an administrator with *', async () => {
  const [one, two] = accounts as [Account, Account]
  const iam = iamClient(server.endpoint, one.admin)
  const PolicyArn = two.policyArn
  for (const command of [
    new GetPolicyCommand({ PolicyArn }),
    new DeletePolicyCommand({ PolicyArn }),
    new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allowAll }),
    new ListEntitiesForPolicyCommand({ PolicyArn }),
    new GetAccessKeyLastUsedCommand({ AccessKeyId: two.adminKeyId }),
  ]) {
    assert.match(await refusal(iam.send(command as GetPolicyCommand)), /^AccessDenied 403/, command.constructor.name)
  }
  assert.match(await refusal(iam.send(new AttachUserPolicyCommand({ UserName: 'admin', PolicyArn }))), /^NoSuchEntityException 404/)
})

test('[item 6] names mean the own account only', async () => {
  for (const { id, admin } of accounts) {
    const iam = iamClient(server.endpoint, admin)
    assert.deepEqual(
      (await iam.send(new ListUsersCommand({}))).Users!.map(({ Arn }) => Arn),
      [`arn:aws:iam::${id}:user/admin`],
    )
    assert.equal((await iam.send(new GetUserCommand({ UserName: 'admin' }))).User!.Arn, `arn:aws:iam::${id}:user/admin`)
    assert.equal((await iam.send(new GetRoleCommand({ RoleName: 'nobody' }))).Role!.Arn, `arn:aws:iam::${id}:role/nobody`)
  }
})
