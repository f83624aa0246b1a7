import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificate, certificateOf, newKeys, privateKey } from './certificates.support.js'
import { account, allow, refused, useServer } from './iam-scene.js'

const scene = useServer()
const expired = certificate({ name: 'old.example.com', until: '210101000000Z' })
const notPem = 'MalformedCertificate 400 Unable to parse certificate. Please ensure the certificate is in PEM format.'
const arn = (name: string): string => `arn:aws:iam::${account}:server-certificate/${name}`

test('[item 5] a signing certificate is uploaded, listed, switched off and deleted, through a restart', async () => {
  let root = scene.iam()
  await root.createUser({ UserName: 'ada' })
  const CertificateBody = certificateOf('ada', 1)
  const made = (await root.uploadSigningCertificate({ UserName: 'ada', CertificateBody })).Certificate!
  assert.match(made.CertificateId!, /^[A-Z2-7]{32}$/)
  assert.deepEqual([made.UserName, made.Status, made.CertificateBody], ['ada', 'Active', CertificateBody])
  const own = { UserName: 'ada', CertificateId: made.CertificateId! }
  await scene.restart()
  root = scene.iam()
  assert.deepEqual((await root.listSigningCertificates({ UserName: 'ada' })).Certificates, [made])
  await root.updateSigningCertificate({ ...own, Status: 'Inactive' })
  assert.match(
    await refused(root.updateSigningCertificate({ ...own, Status: 'Expired' })),
    /^InvalidInput 400 Operation does not support status Expired$/,
    'nothing is made to expire',
  )
  await scene.restart()
  root = scene.iam()
  assert.deepEqual((await root.listSigningCertificates({ UserName: 'ada' })).Certificates, [{ ...made, Status: 'Inactive' }])
  await root.createUser({ UserName: 'bob' })
  const missing = `NoSuchEntity 404 The Certificate with id ${made.CertificateId} cannot be found.`
  assert.equal(await refused(root.updateSigningCertificate({ ...own, UserName: 'bob', Status: 'Active' })), missing)
  assert.equal(await refused(root.deleteSigningCertificate({ ...own, UserName: 'bob' })), missing)
  assert.equal(
    await refused(root.uploadSigningCertificate({ UserName: 'bob', CertificateBody })),
    'DuplicateCertificate 409 Duplicate certificate uploaded.',
  )
  const again = (await root.uploadSigningCertificate({ UserName: 'ada', CertificateBody })).Certificate
  assert.deepEqual(again, made, 'it is said to be active, and stays switched off')
  assert.deepEqual((await root.listSigningCertificates({ UserName: 'ada' })).Certificates, [{ ...made, Status: 'Inactive' }])
  assert.equal(
    await refused(root.deleteUser({ UserName: 'ada' })),
    'DeleteConflict 409 Cannot delete entity, must delete certificates first.',
  )
  await root.deleteSigningCertificate(own)
  assert.equal(await refused(root.deleteSigningCertificate(own)), missing)
  await root.uploadSigningCertificate({ UserName: 'bob', CertificateBody })
  await root.deleteUser({ UserName: 'ada' })
})

test('[item 5] a user has two signing certificates at most, and what is no good certificate is refused', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'two' })
  const upload = (CertificateBody: string) => root.uploadSigningCertificate({ UserName: 'two', CertificateBody })
  const good = certificateOf('two', 1)
  for (const bad of ['nothing', good.slice(100), good.replace('\n', '\n!'), `${good}${good}`, `text\n${good}`, privateKey()]) {
    assert.equal(await refused(upload(bad)), `MalformedCertificate 400 Certificate ${bad} is malformed.`, bad.slice(0, 40))
  }
  assert.equal(await refused(upload(expired)), `MalformedCertificate 400 Certificate ${expired} is malformed.`)
  assert.match(await refused(upload(certificate({ name: 'early', from: '480101000000Z' }))), /^InvalidCertificate 400 /)
  await upload(good)
  await upload(certificateOf('two', 2))
  assert.equal(await refused(upload(certificateOf('two', 3))), 'LimitExceeded 409 Cannot exceed quota for CertificatesPerUser: 2')
  assert.equal((await root.listSigningCertificates({ UserName: 'two', MaxItems: 1 })).IsTruncated, true)
})

test('[item 5] the root user’s signing certificates are its own', async () => {
  const root = scene.iam()
  const present = async () => (await root.getAccountSummary({})).SummaryMap!.AccountSigningCertificatesPresent
  assert.equal(await present(), 0)
  const { Certificate } = await root.uploadSigningCertificate({ CertificateBody: certificateOf('root', 1) })
  assert.equal(Certificate!.UserName, undefined)
  assert.equal(await present(), 1)
  assert.equal((await root.listSigningCertificates({})).Certificates!.length, 1)
  await root.deleteSigningCertificate({ CertificateId: Certificate!.CertificateId! })
  assert.equal(await present(), 0)
})

test('[item 5] a server certificate is uploaded with its chain, shown without its key, renamed and deleted, through a restart', async () => {
  let root = scene.iam()
  const [authority, middle, leaf] = [newKeys(), newKeys(), newKeys()]
  const top = certificate({ name: 'Example CA', keys: authority })
  const between = certificate({ name: 'Example CA 1', keys: middle, by: { name: 'Example CA', keys: authority } })
  const CertificateBody = certificate({
    name: 'www.example.com',
    keys: leaf,
    by: { name: 'Example CA 1', keys: middle },
    until: '401231235959Z',
  })
  const CertificateChain = `${between}${top}`
  const name = { ServerCertificateName: 'www' }
  const upload = (more: object) =>
    root.uploadServerCertificate({ ...name, Path: '/cloudfront/', CertificateBody, PrivateKey: privateKey(leaf), ...more })
  const badChain = (index: number) =>
    `MalformedCertificate 400 Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${index}`
  assert.equal(await refused(upload({ CertificateChain: `${top}${between}` })), badChain(-1))
  assert.equal(
    await refused(upload({ CertificateChain: `${between}${certificateOf('Example CA', 9)}` })),
    badChain(0),
    'the name alone does not make the issuer',
  )
  assert.match(await refused(upload({ CertificateChain: 'nothing' })), /^MalformedCertificate 400 /)
  const { ServerCertificateMetadata: made, Tags } = await upload({ CertificateChain, Tags: [{ Key: 'a', Value: 'b' }] })
  assert.match(made!.ServerCertificateId!, /^ASCA[A-Z2-7]{17}$/)
  assert.deepEqual(Tags, [{ Key: 'a', Value: 'b' }])
  assert.equal(made!.Arn, arn('cloudfront/www'))
  assert.equal(made!.Expiration!.toISOString(), '2040-12-31T23:59:59.000Z')
  assert.equal(await refused(upload({ Path: '/' })), 'EntityAlreadyExists 409 The Server Certificate with name www already exists.')
  await scene.restart()
  root = scene.iam()
  assert.deepEqual((await root.getServerCertificate(name)).ServerCertificate, {
    ServerCertificateMetadata: made,
    CertificateBody: CertificateBody.trimEnd(),
    CertificateChain,
    Tags,
  })
  assert.deepEqual((await root.listServerCertificates({ PathPrefix: '/cloudfront/' })).ServerCertificateMetadataList, [made])
  assert.deepEqual((await root.listServerCertificates({ PathPrefix: '/other/' })).ServerCertificateMetadataList, [])
  assert.equal((await root.getAccountSummary({})).SummaryMap!.ServerCertificates, 1)

  await root.uploadServerCertificate({
    ServerCertificateName: 'taken',
    CertificateBody: certificateOf('taken', 1),
    PrivateKey: privateKey(),
  })
  assert.deepEqual((await root.getServerCertificate({ ServerCertificateName: 'taken' })).ServerCertificate!.Tags, [], 'none are shown too')
  assert.match(
    await refused(root.updateServerCertificate({ ...name, NewServerCertificateName: 'taken' })),
    /^EntityAlreadyExists 409 The Server Certificate with name taken already exists\.$/,
  )
  await root.updateServerCertificate({ ...name, NewServerCertificateName: 'web', NewPath: '/' })
  await scene.restart()
  root = scene.iam()
  const renamed = (await root.getServerCertificate({ ServerCertificateName: 'web' })).ServerCertificate!
  assert.deepEqual(renamed.ServerCertificateMetadata, { ...made, ServerCertificateName: 'web', Path: '/', Arn: arn('web') })
  const missing = 'NoSuchEntity 404 The Server Certificate with name www cannot be found.'
  assert.equal(await refused(root.getServerCertificate(name)), missing)
  await root.deleteServerCertificate({ ServerCertificateName: 'web' })
  assert.equal(await refused(root.deleteServerCertificate(name)), missing)
  assert.equal((await root.getAccountSummary({})).SummaryMap!.ServerCertificates, 1)
})

test('[item 5] a certificate that does not parse, has expired or is not its key’s is refused', async () => {
  const root = scene.iam()
  const body = certificateOf('bad', 1)
  const encrypted = newKeys().privateKey
  const upload = (CertificateBody: string, PrivateKey = privateKey()) =>
    root.uploadServerCertificate({ ServerCertificateName: 'bad', CertificateBody, PrivateKey })
  assert.equal(await refused(upload('nothing')), notPem)
  assert.equal(await refused(upload(`${body}${body}`)), notPem)
  assert.equal(
    await refused(upload(expired)),
    "MalformedCertificate 400 Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed.",
  )
  assert.match(await refused(upload(certificate({ name: 'early', from: '480101000000Z' }))), /^MalformedCertificate 400 /)
  assert.match(await refused(upload(body, 'nothing')), /^MalformedCertificate 400 Unable to parse private key/)
  assert.equal(
    await refused(upload(body, privateKey(newKeys()))),
    'KeyPairMismatch 400 The private key did not match the public key provided. Please verify the key material and try again.',
  )
  for (const type of ['pkcs8', 'pkcs1'] as const) {
    const pem = encrypted.export({ type, format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' } as never).toString()
    assert.equal(await refused(upload(body, pem)), 'MalformedCertificate 400 Unable to parse key; the body is encrypted.')
  }
  assert.match(await refused(root.getServerCertificate({ ServerCertificateName: 'bad' })), /^NoSuchEntity 404 /)
})

test('[item 5] renaming needs the right on the new ARN too, and conditions see tags', async () => {
  const root = scene.iam()
  const PrivateKey = privateKey()
  for (const [ServerCertificateName, team] of [
    ['red', 'red'],
    ['blue', 'blue'],
  ] as const) {
    await root.uploadServerCertificate({
      ServerCertificateName,
      CertificateBody: certificateOf(ServerCertificateName, 1),
      PrivateKey,
      Tags: [{ Key: 'Team', Value: team }],
    })
  }
  const red = { Condition: { StringEquals: { 'aws:ResourceTag/Team': 'red' } } }
  const own = scene.iam(
    await scene.newUser(
      'renamer',
      allow('iam:UpdateServerCertificate', [arn('red'), arn('scarlet')]),
      allow('iam:DeleteServerCertificate', '*', red),
    ),
  )
  assert.match(
    await refused(own.updateServerCertificate({ ServerCertificateName: 'red', NewServerCertificateName: 'crimson' })),
    /on resource: arn:aws:iam::000000000000:server-certificate\/crimson because/,
  )
  assert.match(await refused(own.deleteServerCertificate({ ServerCertificateName: 'blue' })), /^AccessDenied 403 /)
  await own.updateServerCertificate({ ServerCertificateName: 'red', NewServerCertificateName: 'scarlet' })
  await own.deleteServerCertificate({ ServerCertificateName: 'scarlet' })
})
