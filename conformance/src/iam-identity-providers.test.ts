import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { account, allow, allPages, deny, refused, useServer } from './iam-scene.js'
import { certificate, samlMetadata } from './saml-metadata.support.js'

const scene = useServer()
const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`
const thumbprint = (letter: string): string => letter.repeat(40)

test('an OIDC provider is made, read and listed, and is still there after a restart', async () => {
  const root = scene.iam()
  const OpenIDConnectProviderArn = arn('oidc-provider/issuer.example.com/tenant')
  const given = ['key', 'Key'].map((Key) => ({ Key, Value: Key }))
  assert.deepEqual(
    await root
      .createOpenIDConnectProvider({
        Url: 'https://issuer.example.com/tenant',
        ClientIDList: ['one', 'one', 'two'],
        ThumbprintList: [thumbprint('a'), thumbprint('B')],
        Tags: given,
      })
      .then(({ $metadata: _, ...answer }) => answer),
    { OpenIDConnectProviderArn, Tags: given },
  )
  await root.createOpenIDConnectProvider({ Url: 'https://plain.example.com' })
  const { $metadata: _, CreateDate, ...shown } = await root.getOpenIDConnectProvider({ OpenIDConnectProviderArn })
  assert.ok(CreateDate instanceof Date)
  const expected = {
    Url: 'issuer.example.com/tenant',
    ClientIDList: ['one', 'two'],
    ThumbprintList: [thumbprint('a'), thumbprint('b')],
    Tags: given.toReversed(),
  }
  assert.deepEqual(shown, expected)
  const plain = await root.getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn('oidc-provider/plain.example.com') })
  assert.deepEqual([plain.ClientIDList, plain.ThumbprintList, plain.Tags], [[], [], []])
  await scene.restart()
  const again = scene.iam()
  const { $metadata: _again, ...after } = await again.getOpenIDConnectProvider({ OpenIDConnectProviderArn })
  assert.deepEqual(after, { ...expected, CreateDate })
  assert.deepEqual((await again.listOpenIDConnectProviders({})).OpenIDConnectProviderList, [
    { Arn: OpenIDConnectProviderArn },
    { Arn: arn('oidc-provider/plain.example.com') },
  ])
})

test('an issuer is https, a host and perhaps a path, exists once, and has bounded lists', async () => {
  const root = scene.iam()
  const make = (Url: string, more: object = {}) => refused(root.createOpenIDConnectProvider({ Url, ...more }))
  const sentence = 'Invalid Open ID Connect Provider URL'
  for (const [answer, ...urls] of [
    [`ValidationError 400 ${sentence}`, 'example.org', 'https://', 'https:///path', 'ftp://example.org'],
    [`InvalidInput 400 ${sentence}. The URL must begin with https://.`, 'http://example.org', 'http://example.org/?a=b'],
    [
      `InvalidInput 400 ${sentence}.`,
      'https://user@example.org',
      'https://example.org:8443',
      'https://exa mple.org',
      'HTTPS://example.org',
    ],
  ] as const) {
    for (const Url of urls) assert.equal(await make(Url), answer, Url)
  }
  for (const Url of ['https://example.org/?a=b', 'https://example.org/#part']) assert.match(await make(Url), /^InvalidInput 400 /, Url)
  const { OpenIDConnectProviderArn: withoutPort } = await root.createOpenIDConnectProvider({ Url: 'https://port.example.com:443/a' })
  assert.equal(withoutPort, arn('oidc-provider/port.example.com/a'), 'the port that https has anyway')
  await root.createOpenIDConnectProvider({ Url: 'https://once.example.com' })
  assert.equal(await make('https://once.example.com'), 'EntityAlreadyExists 409 Provider with url https://once.example.com already exists.')
  const many = Array.from({ length: 101 }, (_, at) => `${at}`)
  assert.equal(
    await make('https://many.example.com', { ClientIDList: many }),
    'LimitExceeded 409 Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
  )
  assert.equal(
    await make('https://many.example.com', { ThumbprintList: ['a', 'b', 'c', 'd', 'e', 'f'].map(thumbprint) }),
    'InvalidInput 400 Thumbprint list must contain fewer than 5 entries.',
  )
  await root.createOpenIDConnectProvider({ Url: 'https://slash.example.com/', ClientIDList: many.slice(1) })
  const OpenIDConnectProviderArn = arn('oidc-provider/slash.example.com/')
  assert.equal(
    await refused(root.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'x' })),
    'LimitExceeded 409 Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100',
  )
  await root.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: '1' })
})

test('client ids come and go, thumbprints are replaced, and both survive a restart', async () => {
  const root = scene.iam()
  const OpenIDConnectProviderArn = arn('oidc-provider/changing.example.com')
  await root.createOpenIDConnectProvider({ Url: 'https://changing.example.com', ClientIDList: ['a'], ThumbprintList: [thumbprint('b')] })
  await root.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'b' })
  await root.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'b' })
  await root.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'a' })
  await root.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'never there' })
  const ThumbprintList = [thumbprint('c'), thumbprint('d')]
  await root.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList })
  assert.equal(
    await refused(
      root.updateOpenIDConnectProviderThumbprint({
        OpenIDConnectProviderArn,
        ThumbprintList: ['a', 'b', 'c', 'd', 'e', 'f'].map(thumbprint),
      }),
    ),
    'InvalidInput 400 Thumbprint list must contain fewer than 5 entries.',
  )
  assert.equal(
    await refused(root.updateOpenIDConnectProviderThumbprint({ OpenIDConnectProviderArn, ThumbprintList: [] })),
    'InvalidInput 400 Thumbprint list must contain at least one entry.',
  )
  await scene.restart()
  const shown = await scene.iam().getOpenIDConnectProvider({ OpenIDConnectProviderArn })
  assert.deepEqual([shown.ClientIDList, shown.ThumbprintList], [['b'], ThumbprintList])
})

test('every operation on a provider that is not there says so, and deleting twice does not succeed', async () => {
  const root = scene.iam()
  const OpenIDConnectProviderArn = arn('oidc-provider/nowhere.example.com')
  const missing = `NoSuchEntity 404 OpenIDConnect Provider not found for arn ${OpenIDConnectProviderArn}`
  assert.equal(await refused(root.getOpenIDConnectProvider({ OpenIDConnectProviderArn })), missing)
  assert.equal(await refused(root.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'a' })), missing)
  assert.equal(await refused(root.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID: 'a' })), missing)
  assert.equal(await refused(root.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: [{ Key: 'a', Value: 'b' }] })), missing)
  assert.equal(await refused(root.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ['a'] })), missing)
  assert.equal(await refused(root.listOpenIDConnectProviderTags({ OpenIDConnectProviderArn })), missing)
  await root.createOpenIDConnectProvider({ Url: 'https://gone.example.com' })
  const gone = arn('oidc-provider/gone.example.com')
  await root.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: gone })
  assert.equal(
    await refused(root.getOpenIDConnectProvider({ OpenIDConnectProviderArn: gone })),
    `NoSuchEntity 404 OpenIDConnect Provider not found for arn ${gone}`,
  )
  assert.equal(
    await refused(root.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: gone })),
    `NoSuchEntity 404 OpenId connect Provider ${gone} cannot be found.`,
  )
  assert.equal(
    await refused(root.getOpenIDConnectProvider({ OpenIDConnectProviderArn: 'nothing that is an ARN' })),
    'ValidationError 400 Invalid ARN:  Could not be parsed!',
  )
})

test('tags of a provider come in pages, are bounded, and are seen by conditions', async () => {
  const root = scene.iam()
  const OpenIDConnectProviderArn = arn('oidc-provider/tagged.example.com')
  const Tags = Array.from({ length: 49 }, (_, at) => ({ Key: `k${String(at).padStart(2, '0')}`, Value: `v${at}` }))
  await root.createOpenIDConnectProvider({ Url: 'https://tagged.example.com', Tags })
  await root.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: [{ Key: 'team', Value: 'red' }] })
  assert.equal(
    await refused(root.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: [{ Key: 'one more', Value: '' }] })),
    'LimitExceeded 409 The number of tags has reached the maximum limit.',
  )
  const listed = await allPages(async (Marker) => {
    const { Tags: items, ...rest } = await root.listOpenIDConnectProviderTags({ OpenIDConnectProviderArn, MaxItems: 20, Marker })
    return { items, ...rest }
  })
  assert.deepEqual(listed, [...Tags, { Key: 'team', Value: 'red' }])
  const own = scene.iam(
    await scene.newUser('by-tag', allow('iam:Get*', '*', { Condition: { StringEquals: { 'aws:ResourceTag/team': 'red' } } })),
  )
  await root.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ['TEAM'] })
  await own.getOpenIDConnectProvider({ OpenIDConnectProviderArn })
  const none = 'InvalidInput 400 The provided tag map must not be null/empty.'
  assert.equal(await refused(root.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: [] })), none)
  const noKeys = 'InvalidInput 400 The provided tag keys must not be null/empty.'
  assert.equal(await refused(root.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: [] })), noKeys)
  await root.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ['TEAM'] })
  await own.getOpenIDConnectProvider({ OpenIDConnectProviderArn })
  await root.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys: ['team'] })
  assert.match(await refused(own.getOpenIDConnectProvider({ OpenIDConnectProviderArn })), /^AccessDenied 403 /)
})

test('a SAML provider is made, read and listed, and is still there after a restart', async () => {
  const root = scene.iam()
  const SAMLMetadataDocument = samlMetadata({ validUntil: '2099-01-02T03:04:05Z' })
  const SAMLProviderArn = arn('saml-provider/Corporate')
  const given = ['z', 'A'].map((Key) => ({ Key, Value: Key }))
  const made = await root.createSAMLProvider({ Name: 'Corporate', SAMLMetadataDocument, Tags: given })
  assert.equal(made.SAMLProviderArn, SAMLProviderArn)
  assert.deepEqual(made.Tags, given)
  const { $metadata: _, CreateDate, SAMLProviderUUID, ...shown } = await root.getSAMLProvider({ SAMLProviderArn })
  assert.match(SAMLProviderUUID!, /^[A-Z0-9]{22,64}$/)
  assert.deepEqual(shown, {
    SAMLMetadataDocument,
    ValidUntil: new Date(new Date(CreateDate!).setUTCFullYear(CreateDate!.getUTCFullYear() + 100)),
    Tags: given.toReversed(),
    AssertionEncryptionMode: 'Allowed',
    PrivateKeyList: [],
  })
  await root.createSAMLProvider({ Name: 'endless', SAMLMetadataDocument: samlMetadata() })
  const endless = await root.getSAMLProvider({ SAMLProviderArn: arn('saml-provider/endless') })
  assert.equal(endless.ValidUntil!.getUTCFullYear(), endless.CreateDate!.getUTCFullYear() + 100)
  assert.equal(
    await refused(root.createSAMLProvider({ Name: 'CORPORATE', SAMLMetadataDocument })),
    'EntityAlreadyExists 409 Provider with name CORPORATE already exists.',
  )
  await scene.restart()
  const again = scene.iam()
  const { $metadata: _again, ...after } = await again.getSAMLProvider({ SAMLProviderArn })
  assert.deepEqual(after, { ...shown, CreateDate, SAMLProviderUUID })
  assert.deepEqual((await again.listSAMLProviders({})).SAMLProviderList, [
    { Arn: SAMLProviderArn, ValidUntil: shown.ValidUntil, CreateDate },
    { Arn: arn('saml-provider/endless'), ValidUntil: endless.ValidUntil, CreateDate: endless.CreateDate },
  ])
})

test('metadata is really read: what is no identity provider, or could define an entity, is refused', async () => {
  const root = scene.iam()
  const text = samlMetadata()
  const refusals: Readonly<Record<string, string>> = {
    'no XML': 'x'.repeat(1000),
    'cut off': text.slice(0, -20),
    'another root': text.replaceAll('EntityDescriptor', 'Something'),
    'another namespace': text.replaceAll('urn:oasis:names:tc:SAML:2.0:metadata', 'urn:example'),
    'no entity id': text.replace(/ entityID="[^"]*"/, ''),
    'another protocol': text.replace('SAML:2.0:protocol', 'SAML:1.1:protocol'),
    'no certificate': samlMetadata({ certificates: ['bm90IGEgY2VydGlmaWNhdGU='] }).padEnd(1000),
    'no certificate beside one': samlMetadata({ certificates: [certificate, 'bm90IGEgY2VydGlmaWNhdGU='] }),
    'a date that is none': samlMetadata({ validUntil: 'soon' }),
    'a document type': samlMetadata({ before: '<!DOCTYPE md:EntityDescriptor [<!ENTITY e "x">]>\n' }),
    'a document type in small letters': samlMetadata({ before: '<!doctype html>\n' }),
    'an id twice': text.replace('</md:EntityDescriptor>', '<x ID="_1"/><y ID="_1"/></md:EntityDescriptor>'),
    'an id twice in another letter case': text.replace('</md:EntityDescriptor>', '<x ID="_1"/><y Id="_1"/></md:EntityDescriptor>'),
    'a very deep tree': text.replace('</md:EntityDescriptor>', `${'<x>'.repeat(20_000)}${'</x>'.repeat(20_000)}</md:EntityDescriptor>`),
  }
  for (const [what, SAMLMetadataDocument] of Object.entries(refusals)) {
    assert.equal(
      await refused(root.createSAMLProvider({ Name: 'refused', SAMLMetadataDocument })),
      'InvalidInput 400 Could not parse metadata',
      what,
    )
  }
  assert.equal(
    await refused(
      root.createSAMLProvider({ Name: 'refused', SAMLMetadataDocument: text.replaceAll('IDPSSODescriptor', 'SPSSODescriptor') }),
    ),
    'InvalidInput 400 SAML Provider must reference at least one SAML assertion issuer.',
  )
  assert.match(
    await refused(root.createSAMLProvider({ Name: 'refused', SAMLMetadataDocument: '<short/>' })),
    /^ValidationError 400 .*'sAMLMetadataDocument' failed to satisfy constraint: Member must have length greater than or equal to 1000/,
  )
  assert.match(
    await refused(root.getSAMLProvider({ SAMLProviderArn: arn('saml-provider/refused') })),
    /^NoSuchEntity 404 Manifest not found/,
  )
})

test('metadata needs neither a key to sign with nor an address to sign on at', async () => {
  const root = scene.iam()
  const text = samlMetadata()
  const taken: Readonly<Record<string, string>> = {
    'no-sign-on-address': text.replace(/<md:SingleSignOnService[^>]*>/, ''),
    'no-key': samlMetadata({ certificates: [] }).padEnd(1000),
    'key-for-encryption-only': text.replace('use="signing"', 'use="encryption"'),
    'past-its-end': samlMetadata({ validUntil: '2020-01-01T00:00:00Z' }),
    'among-entities': `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${text.replace(/^.*\n/, '')}</md:EntitiesDescriptor>`,
  }
  for (const [Name, SAMLMetadataDocument] of Object.entries(taken)) {
    await root.createSAMLProvider({ Name, SAMLMetadataDocument })
    const SAMLProviderArn = arn(`saml-provider/${Name}`)
    assert.equal((await root.getSAMLProvider({ SAMLProviderArn })).SAMLMetadataDocument, SAMLMetadataDocument)
    await root.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: text })
    await root.deleteSAMLProvider({ SAMLProviderArn })
  }
})

test('metadata of a large federation is taken, as long as the model lets it be', async () => {
  const root = scene.iam()
  const SAMLMetadataDocument = samlMetadata({ before: `<!--${'x'.repeat(2_000_000)}-->\n` })
  await root.createSAMLProvider({ Name: 'large', SAMLMetadataDocument })
  const { SAMLMetadataDocument: kept } = await root.getSAMLProvider({ SAMLProviderArn: arn('saml-provider/large') })
  assert.ok(kept === SAMLMetadataDocument)
  assert.match(
    await refused(root.createSAMLProvider({ Name: 'too-large', SAMLMetadataDocument: samlMetadata().padEnd(10_000_001) })),
    /^ValidationError 400 .*Member must have length less than or equal to 10000000/,
  )
})

test('a SAML provider takes two private keys, shows their ids only, and keeps them sealed', async () => {
  const root = scene.iam()
  const SAMLProviderArn = arn('saml-provider/encrypting')
  const pem = (): string =>
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const [first, second] = [pem(), pem()]
  const SAMLMetadataDocument = samlMetadata()
  const of = (AddPrivateKey: string) => refused(root.createSAMLProvider({ Name: 'unkeyed', SAMLMetadataDocument, AddPrivateKey }))
  assert.match(await of('no key'), /^InvalidInput 400 /)
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  assert.match(await of(elliptic.slice(100)), /^InvalidInput 400 /)
  await root.createSAMLProvider({ Name: 'elliptic', SAMLMetadataDocument, AddPrivateKey: elliptic })
  await root.createSAMLProvider({ Name: 'encrypting', SAMLMetadataDocument, AddPrivateKey: first, AssertionEncryptionMode: 'Required' })
  await root.updateSAMLProvider({ SAMLProviderArn, AddPrivateKey: second })
  assert.equal(
    await refused(root.updateSAMLProvider({ SAMLProviderArn, AddPrivateKey: pem() })),
    'LimitExceeded 409 Private key limit of 2 is reached.',
  )
  const { PrivateKeyList, AssertionEncryptionMode } = await root.getSAMLProvider({ SAMLProviderArn })
  assert.equal(AssertionEncryptionMode, 'Required')
  assert.equal(PrivateKeyList!.length, 2)
  for (const { KeyId } of PrivateKeyList!) assert.match(KeyId!, /^SAMLPK[A-Z0-9]{16}$/)
  const [gone, kept] = PrivateKeyList!.map(({ KeyId }) => KeyId!) as [string, string]
  await root.updateSAMLProvider({ SAMLProviderArn, RemovePrivateKey: gone, AssertionEncryptionMode: 'Allowed' })
  assert.match(await refused(root.updateSAMLProvider({ SAMLProviderArn, RemovePrivateKey: gone })), /^NoSuchEntity 404 /)
  await scene.restart()
  const after = await scene.iam().getSAMLProvider({ SAMLProviderArn })
  assert.deepEqual(
    after.PrivateKeyList!.map(({ KeyId }) => KeyId),
    [kept],
  )
  assert.equal(after.AssertionEncryptionMode, 'Allowed')
  for (const file of ['bailiwick.db', 'bailiwick.db-wal']) {
    const bytes = readFileSync(join(scene.server().dataDir, file)).toString('latin1')
    for (const key of [first, second]) assert.equal(bytes.includes(key.split('\n')[5]!), false, file)
  }
})

test('encryption is required only with a key to decrypt with, and an update must change something', async () => {
  const root = scene.iam()
  const SAMLProviderArn = arn('saml-provider/requiring')
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const SAMLMetadataDocument = samlMetadata()
  const made = { Name: 'requiring', SAMLMetadataDocument }
  assert.equal(
    await refused(root.createSAMLProvider({ ...made, AssertionEncryptionMode: 'Required' })),
    'ValidationError 400 Unable to set assertion encryption mode to Required because no private key is provided.',
  )
  await root.createSAMLProvider(made)
  const update = (input: object) => root.updateSAMLProvider({ SAMLProviderArn, ...input })
  for (const [input, answer] of [
    [{}, 'ValidationError 400 Unable to update identity provider. No updates are defined for metadata or encryption assertion.'],
    [
      { AddPrivateKey: key, RemovePrivateKey: 'SAMLPKAAAAAAAAAAAAAAAA' },
      'ValidationError 400 Unable to add and remove private keys in the same request. Set a value for only one of the two parameters.',
    ],
    [
      { AssertionEncryptionMode: 'Required' },
      'InvalidInput 400 Failed to set assertion encryption mode to Required because no private key is present.',
    ],
  ] as const) {
    assert.equal(await refused(update(input)), answer)
  }
  assert.equal((await root.getSAMLProvider({ SAMLProviderArn })).AssertionEncryptionMode, 'Allowed')
  await update({ AddPrivateKey: key, AssertionEncryptionMode: 'Required' })
  const [{ KeyId: RemovePrivateKey } = {}] = (await root.getSAMLProvider({ SAMLProviderArn })).PrivateKeyList!
  assert.equal(await refused(update({ RemovePrivateKey })), 'InvalidInput 400 Failed to remove private key.')
  assert.equal((await root.getSAMLProvider({ SAMLProviderArn })).PrivateKeyList!.length, 1)
  await update({ RemovePrivateKey, AssertionEncryptionMode: 'Allowed' })
  assert.deepEqual((await root.getSAMLProvider({ SAMLProviderArn })).PrivateKeyList ?? [], [])
})

test('metadata is replaced whole, a refused update changes nothing, and a deleted provider is gone', async () => {
  const root = scene.iam()
  const SAMLProviderArn = arn('saml-provider/changing')
  await root.createSAMLProvider({ Name: 'changing', SAMLMetadataDocument: samlMetadata() })
  const before = await root.getSAMLProvider({ SAMLProviderArn })
  assert.equal(
    await refused(
      root.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: 'x'.repeat(1000), AssertionEncryptionMode: 'Required' }),
    ),
    'InvalidInput 400 Could not parse metadata',
  )
  assert.deepEqual({ ...(await root.getSAMLProvider({ SAMLProviderArn })), $metadata: 0 }, { ...before, $metadata: 0 })
  const other = samlMetadata({ entityId: 'https://other.example.com', validUntil: '2050-01-01T00:00:00Z', certificates: [certificate] })
  assert.equal((await root.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: other })).SAMLProviderArn, SAMLProviderArn)
  const after = await root.getSAMLProvider({ SAMLProviderArn })
  assert.equal(after.SAMLMetadataDocument, other)
  assert.ok(after.ValidUntil!.getUTCFullYear() >= after.CreateDate!.getUTCFullYear() + 100, 'whatever the metadata says')
  assert.equal(after.SAMLProviderUUID, before.SAMLProviderUUID)
  await root.deleteSAMLProvider({ SAMLProviderArn })
  const missing = `NoSuchEntity 404 Manifest not found for arn ${SAMLProviderArn}`
  assert.equal(await refused(root.getSAMLProvider({ SAMLProviderArn })), missing)
  assert.equal(await refused(root.deleteSAMLProvider({ SAMLProviderArn })), missing)
  assert.equal(await refused(root.updateSAMLProvider({ SAMLProviderArn, SAMLMetadataDocument: other })), missing)
  assert.equal(await refused(root.tagSAMLProvider({ SAMLProviderArn, Tags: [{ Key: 'a', Value: 'b' }] })), missing)
})

test('who may manage some providers gets no further, and no account reaches into another', async () => {
  const root = scene.iam()
  const own = scene.iam(
    await scene.newUser(
      'manager',
      allow(['iam:*OpenIDConnectProvider*', 'iam:*SAMLProvider*'], [arn('oidc-provider/mine.example.com*'), arn('saml-provider/mine*')]),
      deny('iam:DeleteSAMLProvider'),
    ),
  )
  await own.createOpenIDConnectProvider({ Url: 'https://mine.example.com/a' })
  assert.equal(
    await refused(own.createOpenIDConnectProvider({ Url: 'https://theirs.example.com' })),
    `AccessDenied 403 User: ${arn('user/manager')} is not authorized to perform: iam:CreateOpenIDConnectProvider on resource: ${arn('oidc-provider/theirs.example.com')} because no identity-based policy allows the iam:CreateOpenIDConnectProvider action`,
  )
  await own.createSAMLProvider({ Name: 'mine', SAMLMetadataDocument: samlMetadata() })
  assert.match(await refused(own.createSAMLProvider({ Name: 'other', SAMLMetadataDocument: samlMetadata() })), /^AccessDenied 403 /)
  assert.match(await refused(own.deleteSAMLProvider({ SAMLProviderArn: arn('saml-provider/mine') })), /with an explicit deny/)
  const neighbour = await scene.newAccount('providers-neighbour')
  const theirs = scene.iam(neighbour.root)
  await theirs.createOpenIDConnectProvider({ Url: 'https://mine.example.com/a' })
  const foreign = `arn:aws:iam::${neighbour.id}:oidc-provider/mine.example.com/a`
  assert.match(await refused(root.getOpenIDConnectProvider({ OpenIDConnectProviderArn: foreign })), /^AccessDenied 403 /)
  await theirs.getOpenIDConnectProvider({ OpenIDConnectProviderArn: foreign })
  assert.equal((await root.getAccountSummary({})).SummaryMap!.Providers, await providers())

  async function providers(): Promise<number> {
    const oidc = (await root.listOpenIDConnectProviders({})).OpenIDConnectProviderList!
    return oidc.length + (await root.listSAMLProviders({})).SAMLProviderList!.length
  }
})
