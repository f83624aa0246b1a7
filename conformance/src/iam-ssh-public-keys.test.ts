import assert from 'node:assert/strict'
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { newKeys, privateKey, sshPublicKey } from './certificates.support.js'
import { refused, useServer } from './iam-scene.js'

const scene = useServer()
const keys = newKeys()
const line = sshPublicKey(keys)
const pem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const fingerprint = createHash('md5')
  .update(Buffer.from(line.split(' ')[1]!, 'base64'))
  .digest('hex')
  .match(/../g)!
  .join(':')

test('[item 5] a key is uploaded, shown in both encodings, switched off and deleted, through a restart', async () => {
  let root = scene.iam()
  await root.createUser({ UserName: 'ada' })
  const SSHPublicKeyBody = `${line} ada@example.com`
  const made = (await root.uploadSSHPublicKey({ UserName: 'ada', SSHPublicKeyBody })).SSHPublicKey!
  assert.match(made.SSHPublicKeyId!, /^APKA[A-Z2-7]{16}$/)
  assert.deepEqual([made.UserName, made.Status, made.Fingerprint, made.SSHPublicKeyBody], ['ada', 'Active', fingerprint, SSHPublicKeyBody])
  await scene.restart()
  root = scene.iam()
  const own = { UserName: 'ada', SSHPublicKeyId: made.SSHPublicKeyId! }
  const asLine = (await root.getSSHPublicKey({ ...own, Encoding: 'SSH' })).SSHPublicKey
  assert.deepEqual(asLine, { ...made, SSHPublicKeyBody: line }, 'without its comment')
  const asPem = (await root.getSSHPublicKey({ ...own, Encoding: 'PEM' })).SSHPublicKey!
  assert.equal(asPem.Fingerprint, fingerprint)
  assert.ok(createPublicKey(asPem.SSHPublicKeyBody!).equals(keys.publicKey))
  await root.updateSSHPublicKey({ ...own, Status: 'Inactive' })
  assert.equal(
    await refused(root.updateSSHPublicKey({ ...own, Status: 'Expired' })),
    'InvalidInput 400 Operation does not support status Expired',
  )
  await scene.restart()
  root = scene.iam()
  const { SSHPublicKeyBody: _, Fingerprint: __, ...listed } = made
  assert.deepEqual((await root.listSSHPublicKeys({ UserName: 'ada' })).SSHPublicKeys, [{ ...listed, Status: 'Inactive' }])
  assert.equal(
    await refused(root.deleteUser({ UserName: 'ada' })),
    'DeleteConflict 409 Cannot delete entity, must remove referenced objects first.',
  )
  await root.createUser({ UserName: 'bob' })
  const missing = `NoSuchEntity 404 The Public Key with id ${made.SSHPublicKeyId} cannot be found.`
  for (const call of [
    () => root.getSSHPublicKey({ ...own, UserName: 'bob', Encoding: 'SSH' }),
    () => root.updateSSHPublicKey({ ...own, UserName: 'bob', Status: 'Active' }),
    () => root.deleteSSHPublicKey({ ...own, UserName: 'bob' }),
  ]) {
    assert.equal(await refused(call()), `NoSuchEntity 404 User has no Public Key with id ${made.SSHPublicKeyId}.`)
  }
  await root.deleteSSHPublicKey(own)
  assert.equal(await refused(root.deleteSSHPublicKey(own)), missing)
  await root.deleteUser({ UserName: 'ada' })
})

test('[item 5] a key in PEM is the same key, and a user has a key once', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'pem' })
  const made = (await root.uploadSSHPublicKey({ UserName: 'pem', SSHPublicKeyBody: pem })).SSHPublicKey!
  assert.equal(made.Fingerprint, fingerprint)
  const own = { UserName: 'pem', SSHPublicKeyId: made.SSHPublicKeyId! }
  assert.equal((await root.getSSHPublicKey({ ...own, Encoding: 'SSH' })).SSHPublicKey!.SSHPublicKeyBody, line)
  for (const SSHPublicKeyBody of [line, pem, `${line} other comment`]) {
    assert.equal(
      await refused(root.uploadSSHPublicKey({ UserName: 'pem', SSHPublicKeyBody })),
      'DuplicateSSHPublicKey 400 Duplicate SSH public key uploaded.',
    )
  }
  await root.createUser({ UserName: 'pem-too' })
  await root.uploadSSHPublicKey({ UserName: 'pem-too', SSHPublicKeyBody: line })
})

test('[item 5] what is no key, no RSA key or too short a key is refused', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'wrong' })
  const blob = line.split(' ')[1]!
  const bent = Buffer.from(blob, 'base64')
  bent[3] = 8
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString()
  for (const [SSHPublicKeyBody, code] of [
    ['nothing', 'UnrecognizedPublicKeyEncoding'],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUkn0vZ2fEhx3eUK0wT1gq7ZC1L6eI0q4b0dVbJm1xw', 'UnrecognizedPublicKeyEncoding'],
    [blob, 'UnrecognizedPublicKeyEncoding'],
    ['ssh-rsa', 'InvalidPublicKey'],
    ['ssh-rsa !!!!', 'InvalidPublicKey'],
    [`ssh-rsa ${blob.slice(0, -40)}`, 'InvalidPublicKey'],
    [`ssh-rsa ${blob}AAAA`, 'InvalidPublicKey'],
    [`ssh-rsa ${bent.toString('base64')}`, 'InvalidPublicKey'],
    [sshPublicKey(newKeys(1024)), 'InvalidPublicKey'],
    [elliptic, 'InvalidPublicKey'],
    [privateKey(keys), 'InvalidPublicKey'],
    ['-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', 'InvalidPublicKey'],
  ] as const) {
    assert.match(
      await refused(root.uploadSSHPublicKey({ UserName: 'wrong', SSHPublicKeyBody })),
      code === 'UnrecognizedPublicKeyEncoding'
        ? /^UnrecognizedPublicKeyEncoding 400 Invalid public key uploaded\.$/
        : /^InvalidPublicKey 400 /,
      SSHPublicKeyBody.slice(0, 60),
    )
  }
  assert.deepEqual((await root.listSSHPublicKeys({ UserName: 'wrong' })).SSHPublicKeys, [])
  assert.match(await refused(root.uploadSSHPublicKey({ UserName: 'absent', SSHPublicKeyBody: line })), /^NoSuchEntity 404 The user/)
})

test('[item 5] a user has five keys at most, and they come in pages', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'many' })
  const upload = () => root.uploadSSHPublicKey({ UserName: 'many', SSHPublicKeyBody: sshPublicKey(newKeys()) })
  for (let n = 1; n <= 5; n++) await upload()
  assert.equal(await refused(upload()), 'LimitExceeded 409 Cannot exceed quota for SSHPublicKeysPerUser: 5')
  const page = await root.listSSHPublicKeys({ UserName: 'many', MaxItems: 3 })
  const rest = await root.listSSHPublicKeys({ UserName: 'many', Marker: page.Marker })
  assert.deepEqual([page.IsTruncated, rest.IsTruncated], [true, false])
  assert.equal(new Set([...page.SSHPublicKeys!, ...rest.SSHPublicKeys!].map(({ SSHPublicKeyId }) => SSHPublicKeyId)).size, 5)
})
