/**
 * Programs that talk to IAM and STS lean on more than the documentation promises: each test is named for such a program, and does what it does
 * with the answers.
 */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import { SignatureV4 } from '@smithy/signature-v4'
import { plainRequest } from '../cli.support.js'
import type { Key } from '../clients.js'
import { account, trust, useServer } from '../iam-scene.js'

const scene = useServer()

class Sha256 {
  readonly #hash
  constructor(secret?: Uint8Array | string) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret)
  }
  update(data: Uint8Array | string): void {
    this.#hash.update(data)
  }
  digest = async (): Promise<Uint8Array> => this.#hash.digest()
}

const signerOf = (credentials: Key): SignatureV4 =>
  new SignatureV4({ credentials, region: 'us-east-1', service: 'sts', sha256: Sha256 as never })

/** The path and query of a GetCallerIdentity that is good for whoever has it, with a header of its own among those that are signed. */
async function presignedIdentity(key: Key, header: readonly [name: string, value: string], signingDate = new Date()): Promise<string> {
  const { hostname, port, host } = new URL(scene.server().endpoint)
  const { query = {} } = await signerOf(key).presign(
    {
      method: 'GET',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host, [header[0]]: header[1] },
    },
    { expiresIn: 60, signingDate, unhoistableHeaders: new Set([header[0]]) },
  )
  return `/?${new URLSearchParams(query as Record<string, string>)}`
}

const asked = async (path: string, headers: Readonly<Record<string, string>>) => {
  const { status, body } = await plainRequest(scene.server().endpoint, 'GET', path, headers)
  return { status, told: JSON.parse(body) }
}

test('aws-iam-authenticator: a session is known by a presigned GetCallerIdentity, answered in JSON, for the cluster that was signed', async () => {
  const { Arn, RoleId } = (await scene.iam().createRole({ RoleName: 'deployer', Path: '/team/', AssumeRolePolicyDocument: trust(account) }))
    .Role!
  const session = await scene.assume(await scene.newUser('dana', { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }), Arn!)
  const path = await presignedIdentity(session, ['x-k8s-aws-id', 'production'])
  const accept = 'application/json'
  const { status, told } = await asked(path, { accept, 'x-k8s-aws-id': 'production' })
  assert.equal(status, 200)
  assert.deepEqual(told.GetCallerIdentityResponse.GetCallerIdentityResult, {
    Account: account,
    Arn: `arn:aws:sts::${account}:assumed-role/deployer/visit`,
    UserId: `${RoleId}:visit`,
  })
  for (const headers of [{ accept }, { accept, 'x-k8s-aws-id': 'staging' }]) {
    const refusal = await asked(path, headers as Readonly<Record<string, string>>)
    assert.deepEqual([refusal.status, refusal.told.Error.Code, refusal.told.Error.Type], [403, 'SignatureDoesNotMatch', 'Sender'])
  }
})

test('aws-iam-authenticator: a token is kept for fourteen minutes though it is signed for one, and is good for fifteen', async () => {
  const header = ['x-k8s-aws-id', 'production'] as const
  const of = async (minutes: number) => {
    const path = await presignedIdentity(scene.server().rootKey, header, new Date(Date.now() - minutes * 60_000))
    return asked(path, { accept: 'application/json', [header[0]]: header[1] })
  }
  assert.equal((await of(14)).status, 200)
  const { status, told } = await of(16)
  assert.deepEqual([status, told.Error.Code], [403, 'SignatureDoesNotMatch'])
  assert.match(told.Error.Message, /^Signature expired: .* - 15 min\.\)$/)
})

test('Vault: a GetCallerIdentity that a client has signed is sent on to `//`, and tells by its ARN and id who that was', async () => {
  const vera = await scene.newUser('vera')
  const { UserId } = (await scene.iam().getUser({ UserName: 'vera' })).User!
  const { hostname, port, host } = new URL(scene.server().endpoint)
  const body = 'Action=GetCallerIdentity&Version=2011-06-15'
  const { headers } = await signerOf(vera).sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: { host, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'x-vault-aws-iam-server-id': 'vault.example.com' },
    body,
  })
  const { status, body: told } = await plainRequest(scene.server().endpoint, 'POST', '//', headers, body)
  assert.equal(status, 200, told)
  assert.ok(told.includes(`<UserId>${UserId}</UserId>`) && told.includes(`<Arn>arn:aws:iam::${account}:user/vera</Arn>`), told)
  const other = { ...headers, 'x-vault-aws-iam-server-id': 'vault.example.org' }
  assert.equal((await plainRequest(scene.server().endpoint, 'POST', '//', other, body)).status, 403)
})
