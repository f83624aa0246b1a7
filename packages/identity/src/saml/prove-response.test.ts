import assert from 'node:assert/strict'
import { constants, createCipheriv, createHash, createPrivateKey, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { SAML } from '@node-saml/node-saml'
import { proveResponse, type ResponseRules } from './prove-response.js'
import {
  assertion,
  audience,
  awsAttributes,
  ec,
  encoded,
  entityId,
  enveloped,
  idp,
  iso,
  issuerWith,
  now,
  recipient,
  response,
  rogue,
  type Said,
  type Signing,
  signed,
} from './provider.test.support.js'

const ciphers = {
  'aes128-gcm': { name: 'aes-128-gcm', keyBytes: 16, ivBytes: 12, uri: 'http://www.w3.org/2009/xmlenc11#aes128-gcm' },
  'aes256-gcm': { name: 'aes-256-gcm', keyBytes: 32, ivBytes: 12, uri: 'http://www.w3.org/2009/xmlenc11#aes256-gcm' },
  'aes128-cbc': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16, uri: 'http://www.w3.org/2001/04/xmlenc#aes128-cbc' },
  'aes256-cbc': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16, uri: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc' },
} as const

interface Wrapping {
  readonly transport?: string
  /** As the method names it; SHA-1 where it names none. */
  readonly digest?: string
  /** As the method names it. */
  readonly mgf?: string
  /** What the key is wrapped with, if not as the method says. */
  readonly wrap?: (key: Buffer) => Buffer
}

const publicKey = createPublicKey(idp.certificate)
const oaep = (oaepHash: string) => (key: Buffer) =>
  publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, key)

/** With a hash for the label and another for the mask, which Node cannot do by itself (RFC 8017 §7.1.1). */
const mixedOaep = (hash: string, maskHash: string) => (key: Buffer) => {
  const label = createHash(hash).digest()
  const masked = (bytes: Buffer, seed: Buffer) =>
    bytes.map((byte, index) => {
      const counter = Buffer.alloc(4)
      const size = createHash(maskHash).digest().length
      counter.writeUInt32BE(Math.floor(index / size))
      return byte ^ createHash(maskHash).update(seed).update(counter).digest()[index % size]!
    }) as Buffer
  const seed = randomBytes(label.length)
  const block = masked(Buffer.concat([label, Buffer.alloc(256 - 2 * label.length - 2 - key.length), Buffer.of(1), key]), seed)
  return publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, Buffer.concat([Buffer.of(0), masked(seed, block), block]))
}

const rules: ResponseRules = {
  issuers: [issuerWith(idp)],
  validUntil: now + 1,
  audiences: [audience, 'urn:amazon:webservices'],
  isRecipient: (url) => url === recipient,
  decryptionKeys: [createPrivateKey(idp.privateKey)],
  now,
}

const outcome = (xml: string, changed: Partial<ResponseRules> = {}): string => {
  const { proven, refused } = proveResponse(encoded(xml), { ...rules, ...changed })
  return proven === undefined ? `${refused!.reason}: ${refused!.detail}` : `proven ${proven.subject}`
}

const signedAssertion = (said: Said = {}, signing: Signing = {}): string =>
  response(signed(assertion(said), said.assertionId ?? '_a1', signing))
const signedResponse = (said: Said = {}, signing: Signing = {}): string => signed(response(assertion(said)), '_r1', signing)

test('[item 1] a signed assertion is proven, and in a signed response it says the same', () => {
  const both = signed(response(signed(assertion(), '_a1')), '_r1')
  const proofs = [signedAssertion(), both].map((xml) => proveResponse(encoded(xml), rules))
  for (const { proven } of proofs) assert.deepEqual(proven, proofs[0]!.proven)
  const { attributes, ...others } = proofs[0]!.proven!
  assert.deepEqual(others, {
    issuer: entityId,
    subject: 'dana',
    subjectType: 'persistent',
    recipient,
    sessionNotOnOrAfter: now + 7_200_000,
  })
  assert.deepEqual(attributes.get('https://aws.amazon.com/SAML/Attributes/RoleSessionName'), ['dana'])
})

test('[item 1] what is not signed, or signed by somebody else, proves nothing', () => {
  assert.equal(outcome(response(assertion())), 'unsigned: the assertion is not signed')
  assert.equal(outcome(signedResponse()), 'unsigned: the assertion is not signed', 'a signature around it does not do')
  assert.equal(outcome(signedAssertion({}, { key: rogue })), 'signature: the signature is not right')
  assert.equal(outcome(signedResponse({}, { key: rogue })), 'signature: the signature is not right')
  // One right signature does not make up for a wrong one.
  assert.equal(outcome(signed(response(signed(assertion(), '_a1', { key: rogue })), '_r1')), 'signature: the signature is not right')
  assert.equal(outcome(signed(response(signed(assertion(), '_a1')), '_r1', { key: rogue })), 'signature: the signature is not right')
  for (const xml of [signedAssertion(), signedResponse()]) {
    assert.match(outcome(xml.replace('>dana</saml:NameID>', '>root</saml:NameID>')), /^signature: /)
    assert.match(
      outcome(xml.replace(/(<ds:SignatureValue>.{20})./, (_, start: string) => `${start}A`).replace('role/dev', 'role/adm')),
      /^signature: /,
    )
    assert.match(outcome(xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '')), /^unsigned: /)
  }
})

/** The eight forms of signature wrapping (Somorovsky and others, "On Breaking SAML", 2012), with an evil assertion beside the signed one. */
const evil = assertion({ assertionId: '_evil', subject: 'root' })
const evilResponse = (content: string): string => response(content, { id: '_evilr' })
const bare = (xml: string): string => xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '')
const signatureIn = (xml: string): string => /<ds:Signature .*<\/ds:Signature>/s.exec(xml)![0]
const into = (xml: string, place: string, more: string): string => xml.replace(place, () => `${more}${place}`)
const goodAssertion = signed(assertion(), '_a1')
const goodResponse = signedResponse()

const wrappings: readonly (readonly [name: string, xml: string])[] = [
  // 1, 2: the whole signed response moved into, or beside, the signature of an evil one.
  [
    'the signed response inside the signature of an evil response',
    into(
      evilResponse(evil),
      '<samlp:Status>',
      signatureIn(goodResponse).replace('</ds:Signature>', `${bare(goodResponse)}</ds:Signature>`),
    ),
  ],
  [
    'the signed response beside its signature in an evil response',
    into(evilResponse(evil), '<samlp:Status>', `${signatureIn(goodResponse)}${bare(goodResponse)}`),
  ],
  // 3: an evil assertion before the signed one.
  ['an evil assertion before the signed one', response(`${evil}${goodAssertion}`)],
  ['an evil assertion after the signed one', response(`${goodAssertion}${evil}`)],
  // 4: the signed assertion inside the evil one.
  ['the signed assertion inside the evil one', response(into(evil, '</saml:Assertion>', goodAssertion))],
  // 5: the evil assertion takes the signature, the signed one stands at the end.
  [
    'the signature moved to the evil assertion',
    response(`${into(evil, '<saml:Subject>', signatureIn(goodAssertion))}${bare(goodAssertion)}`),
  ],
  // 6: the signed assertion inside the signature of the evil one.
  [
    'the signed assertion inside the signature of the evil one',
    response(into(evil, '<saml:Subject>', signatureIn(goodAssertion).replace('</ds:Signature>', `${bare(goodAssertion)}</ds:Signature>`))),
  ],
  // 7: the signed assertion in an extension, which schemas leave open.
  ['the signed assertion in an extension', response(`<samlp:Extensions>${goodAssertion}</samlp:Extensions>${evil}`)],
  // 8: the signed assertion in an object of the signature.
  [
    'the signed assertion in an object of the signature',
    response(
      into(
        evil,
        '<saml:Subject>',
        signatureIn(goodAssertion).replace('</ds:Signature>', `<ds:Object>${bare(goodAssertion)}</ds:Object></ds:Signature>`),
      ),
    ),
  ],
  [
    'the signed assertion as advice of the evil one',
    response(into(evil, '<saml:AttributeStatement>', `<saml:Advice>${goodAssertion}</saml:Advice>`)),
  ],
  ['an evil assertion with the id of the signed one', response(`${evil.replace('_evil', '_a1')}${goodAssertion}`)],
  [
    'an evil response with the id of the signed one, which is inside it',
    into(response(evil), '<samlp:Status>', `${signatureIn(goodResponse)}${bare(goodResponse)}`),
  ],
  ['an id of another spelling', response(`${goodAssertion}<x id="_a1"/>`)],
  ['two signatures of one assertion', response(into(goodAssertion, '<saml:Subject>', signatureIn(goodAssertion)))],
  ['the evil assertion encrypted beside the signed one', response(`${goodAssertion}${encrypted(evil)}`)],
]

for (const [name, xml] of wrappings) {
  test(`[item 1] signature wrapping proves nothing: ${name}`, () => {
    assert.ok(xml.includes('>root</saml:NameID>') || xml.includes('EncryptedData') || !name.includes('evil'))
    assert.match(outcome(xml), /^(?:malformed|signature): /)
  })
}

test('[item 1] a document type, entities and processing instructions are refused, in the response and in what was encrypted', () => {
  const good = signedAssertion()
  for (const start of [
    '<!DOCTYPE x>',
    '<!DOCTYPE x [<!ENTITY e "root">]>',
    '<!doctype x>',
    '<?xml version="1.0"?>\n<!DOCTYPE x SYSTEM "http://evil.example.com/x">',
  ]) {
    assert.match(outcome(`${start}${good}`), /^malformed: the XML has a document type$/, start)
  }
  assert.match(outcome(good.replace('<samlp:Status>', '<?php x ?><samlp:Status>')), /^malformed: .*processing/)
  assert.match(outcome(`<?xml version="1.0" encoding="UTF-16"?>${good}`), /^malformed: the XML is not UTF-8/)
  assert.match(outcome(`<?xml-stylesheet href="x"?>${good}`), /^malformed: .*processing/)
  assert.equal(outcome(`<?xml version="1.0" encoding="utf-8"?>\n${good}`), 'proven dana')
  assert.match(outcome(response(encrypted(`<!DOCTYPE x>${goodAssertion}`))), /^malformed: the XML has a document type$/)
  assert.match(outcome(good.replace('>dana</saml:NameID>', '>&e;</saml:NameID>')), /^(?:malformed|signature)/)
})

test('[item 1] a comment does not shorten a name', () => {
  const name = 'root@example.com<!-- x -->.evil.example.com'
  assert.equal(outcome(signedAssertion({ subject: name })), 'proven root@example.com.evil.example.com')
  const both = signed(signedAssertion({ subject: name }), '_r1')
  assert.equal(outcome(both), 'proven root@example.com.evil.example.com')
  // Put in afterwards it changes nothing, since signatures do not see comments.
  assert.equal(outcome(signedAssertion().replace('>dana</saml:NameID>', '>da<!---->na</saml:NameID>')), 'proven dana')
  const { proven } = proveResponse(
    encoded(signedAssertion({ attributes: awsAttributes.replace('dana', 'da<!-- -->na<![CDATA[<x>]]>') })),
    rules,
  )
  assert.deepEqual(proven?.attributes.get('https://aws.amazon.com/SAML/Attributes/RoleSessionName'), ['dana<x>'])
})

test('[item 1] signatures are of the one form that SAML has, by strong algorithms', () => {
  const more = 'http://www.w3.org/2001/04/xmldsig-more#'
  for (const signatureAlgorithm of [`${more}rsa-sha256`, `${more}rsa-sha384`, `${more}rsa-sha512`]) {
    assert.equal(outcome(signedAssertion({}, { signatureAlgorithm })), 'proven dana', signatureAlgorithm)
  }
  const issuers = [issuerWith(ec)]
  assert.equal(outcome(signedAssertion({}, { key: ec, signatureAlgorithm: `${more}ecdsa-sha256` }), { issuers }), 'proven dana')
  assert.match(outcome(signedAssertion(), { issuers }), /^signature: /)
  for (const weak of [
    { signatureAlgorithm: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' },
    { digestAlgorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' },
    { canonicalization: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315' },
    { canonicalization: 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments' },
    { transforms: [enveloped, 'http://www.w3.org/2001/10/xml-exc-c14n#WithComments'] },
    { transforms: [enveloped] },
    { transforms: [enveloped, 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'] },
  ]) {
    assert.match(outcome(signedAssertion({}, weak)), /^signature: /, JSON.stringify(weak))
  }
  const good = signedAssertion()
  const hmac = good.replace(`${more}rsa-sha256`, 'http://www.w3.org/2000/09/xmldsig#hmac-sha1')
  for (const bent of [
    hmac,
    good.replace('URI="#_a1"', 'URI=""'),
    good.replace('URI="#_a1"', `URI="#xpointer(id('_a1'))"`),
    good.replace('<ds:Reference ', '<ds:Reference URI="#_a1"><ds:Transforms/></ds:Reference><ds:Reference '),
    good.replace(/<ds:Reference .*<\/ds:Reference>/s, ''),
    good.replace('<ds:SignatureValue>', '<ds:SignatureValue/><ds:SignatureValue>'),
    good.replace('<ds:SignedInfo>', '<ds:Object><ds:SignedInfo/></ds:Object><ds:SignedInfo>'),
  ]) {
    assert.match(outcome(bent), /^(?:signature|malformed): /)
  }
})

/** Encrypted for `idp`, as XML Encryption has it. */
function encrypted(plain: string, algorithm: keyof typeof ciphers = 'aes256-gcm', wrapping: Wrapping = {}): string {
  const { name, keyBytes, ivBytes, uri } = ciphers[algorithm]
  const [key, iv] = [randomBytes(keyBytes), randomBytes(ivBytes)]
  const cipher = createCipheriv(name as 'aes-256-gcm', key, iv)
  let bytes = Buffer.from(plain)
  if (algorithm.endsWith('cbc')) {
    cipher.setAutoPadding(false)
    const padding = 16 - (bytes.length % 16)
    bytes = Buffer.concat([bytes, randomBytes(padding - 1), Buffer.of(padding)])
  }
  const sealed = Buffer.concat([iv, cipher.update(bytes), cipher.final(), ...(algorithm.endsWith('gcm') ? [cipher.getAuthTag()] : [])])
  const { transport = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p', digest, mgf, wrap = oaep('sha1') } = wrapping
  const said = [
    ...(digest === undefined ? [] : [`<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#${digest}"/>`]),
    ...(mgf === undefined
      ? []
      : [`<xenc11:MGF xmlns:xenc11="http://www.w3.org/2009/xmlenc11#" Algorithm="http://www.w3.org/2009/xmlenc11#${mgf}"/>`]),
  ].join('')
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Type="http://www.w3.org/2001/04/xmlenc#Element"><xenc:EncryptionMethod Algorithm="${uri}"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="${transport}">${said}</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>${wrap(key).toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>${sealed.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>`
}

test('[item 1] encrypted assertions are opened, and must be signed inside', () => {
  for (const algorithm of Object.keys(ciphers) as (keyof typeof ciphers)[]) {
    assert.equal(outcome(response(encrypted(signed(assertion(), '_a1'), algorithm))), 'proven dana', algorithm)
    for (const xml of [signed(response(encrypted(assertion(), algorithm)), '_r1'), response(encrypted(assertion(), algorithm))])
      assert.equal(outcome(xml), 'unsigned: the assertion is not signed', algorithm)
  }
  const mine = response(encrypted(signed(assertion(), '_a1')))
  assert.equal(outcome(mine, { decryptionKeys: [] }), 'signature: the assertion cannot be decrypted')
  const keys = [rogue, idp].map(({ privateKey }) => createPrivateKey(privateKey))
  assert.equal(outcome(mine, { decryptionKeys: keys }), 'proven dana')
  assert.equal(outcome(signedAssertion(), { mustBeEncrypted: true }), 'malformed: the assertion is not encrypted')
  assert.equal(outcome(mine, { mustBeEncrypted: true }), 'proven dana')
  const signedMine = signed(response(encrypted(goodAssertion)), '_r1')
  assert.equal(outcome(signedMine), 'proven dana')
  const other = /<xenc:EncryptedData.*<\/xenc:EncryptedData>/s.exec(encrypted(evil))![0]
  assert.match(outcome(signedMine.replace(/<xenc:EncryptedData.*<\/xenc:EncryptedData>/s, other)), /^signature: /)
  assert.match(outcome(response(encrypted(`<x>${goodAssertion}</x>`))), /^malformed: /)
  assert.match(outcome(response(encrypted(encrypted(goodAssertion)))), /^malformed: /)
})

test('[item 1] a key is unwrapped by the hashes that its method names for label and mask, as AWS was recorded in 2026', () => {
  const transport = 'http://www.w3.org/2009/xmlenc11#rsa-oaep'
  const rows: readonly (readonly [row: string, wrapping: Wrapping, expected: string])[] = [
    ['a mask of SHA-1 by the name of the method', { digest: 'sha256', wrap: mixedOaep('sha256', 'sha1') }, 'proven dana'],
    ['of SHA-1, for which nothing stands', { transport, digest: 'sha512', wrap: mixedOaep('sha512', 'sha1') }, 'proven dana'],
    ['of SHA-1, named', { transport, digest: 'sha256', mgf: 'mgf1sha1', wrap: mixedOaep('sha256', 'sha1') }, 'proven dana'],
    ['of SHA-256, named', { transport, digest: 'sha256', mgf: 'mgf1sha256', wrap: oaep('sha256') }, 'proven dana'],
    ['of SHA-256 over a label of SHA-1', { transport, mgf: 'mgf1sha256', wrap: mixedOaep('sha1', 'sha256') }, 'proven dana'],
    ['of the hash of the label, which senders like samlify take', { digest: 'sha256', wrap: oaep('sha256') }, 'proven dana'],
    ['of another than is named', { transport, digest: 'sha256', mgf: 'mgf1sha1', wrap: oaep('sha256') }, ''],
    ['of one that nobody knows', { transport, digest: 'sha256', mgf: 'mgf1md5', wrap: oaep('sha256') }, ''],
    ['over another label', { digest: 'sha256', wrap: mixedOaep('sha512', 'sha1') }, ''],
    ['of no padding', { digest: 'sha256', wrap: (key) => mixedOaep('sha256', 'sha1')(key).fill(0, 0, 255) }, ''],
  ]
  for (const [row, wrapping, expected] of rows) {
    const told = outcome(response(encrypted(goodAssertion, 'aes128-gcm', wrapping)))
    assert.equal(told, expected || 'signature: the assertion cannot be decrypted', row)
  }
})

test('[item 1] a broken encryption answers the same whatever is wrong with it', () => {
  const mine = response(encrypted(goodAssertion, 'aes128-cbc'))
  const values = [...mine.matchAll(/<xenc:CipherValue>([^<]+)</g)].map(([, value]) => value!)
  const bent = values.map((value) => {
    const bytes = Buffer.from(value, 'base64')
    bytes[bytes.length - 1]! ^= 0x55
    return mine.replace(value, bytes.toString('base64'))
  })
  const cut = mine.replace(values[1]!, values[1]!.slice(0, 24))
  const unknown = mine.replace('aes128-cbc', 'tripledes-cbc')
  const pkcs1 = mine.replace('rsa-oaep-mgf1p', 'rsa-1_5')
  for (const xml of [...bent, cut, unknown, pkcs1])
    assert.match(outcome(xml), /^(?:signature: the assertion cannot be decrypted|malformed: the XML is not well-formed)$/)
})

test('[item 1] an assertion counts for its issuer, audience, recipient and time only', () => {
  const with_ = (said: Said, changed: Partial<ResponseRules> = {}): string => outcome(signedAssertion(said), changed)
  assert.match(with_({ issuer: 'https://other.example.com' }), /^issuer: /)
  assert.match(with_({}, { audiences: ['https://other.example.com'] }), /^audience: /)
  assert.match(with_({ conditions: '' }), /^claim: the assertion has no Conditions/)
  assert.match(with_({ conditions: '<saml:Conditions/>' }), /^audience: /)
  const two = `<saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction><saml:AudienceRestriction><saml:Audience>other</saml:Audience></saml:AudienceRestriction>`
  assert.match(with_({ conditions: `<saml:Conditions>${two}</saml:Conditions>` }), /^audience: /)
  const either = `<saml:AudienceRestriction><saml:Audience>other</saml:Audience><saml:Audience>urn:amazon:webservices</saml:Audience></saml:AudienceRestriction>`
  assert.equal(with_({ conditions: `<saml:Conditions>${either}</saml:Conditions>` }), 'proven dana')
  assert.match(with_({}, { isRecipient: () => false }), /^recipient: /)
  const holder = '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"><saml:SubjectConfirmationData'
  assert.match(with_({ confirmation: `${holder} Recipient="${recipient}"/></saml:SubjectConfirmation>` }), /^claim: /)
  const endless = '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData'
  assert.match(with_({ confirmation: `${endless} Recipient="${recipient}"/></saml:SubjectConfirmation>` }), /^claim: /)
  const aimless = `${endless} NotOnOrAfter="${iso(now + 9000)}"/></saml:SubjectConfirmation>`
  assert.equal(with_({ confirmation: aimless }), 'claim: the assertion has no Recipient')
  const twice = aimless.replace('/></', ` Recipient="${recipient}"/></`)
  assert.equal(with_({ confirmation: twice }), 'proven dana')
  assert.match(with_({ confirmation: `${twice}${twice}` }), /^malformed: there is more than one SubjectConfirmation/)
  assert.match(with_({ subject: '' }), /^claim: the assertion has no NameID/)
  const failure = '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/></samlp:Status>'
  for (const content of [goodAssertion, '']) assert.match(outcome(response(content, { status: failure })), /^rejected: /)
  for (const status of ['', '<samlp:Status/>']) assert.match(outcome(response(goodAssertion, { status })), /^claim: /)

  assert.equal(with_({ notOnOrAfter: iso(now + 1) }), 'proven dana')
  assert.match(with_({ notOnOrAfter: iso(now) }), /^expired: /)
  assert.equal(with_({ notBefore: iso(now + 300_000) }), 'proven dana')
  assert.match(with_({ notBefore: iso(now + 300_001) }), /^notYet: /)
  assert.equal(with_({ issueInstant: iso(now - 299_999) }), 'proven dana')
  assert.equal(with_({ issueInstant: iso(now - 300_000) }), 'expired: Token must be redeemed within 5 minutes of issuance')
  assert.match(with_({ issueInstant: iso(now + 300_001) }), /^notYet: /)
  assert.match(with_({ issueInstant: 'yesterday' }), /^malformed: IssueInstant is not a time/)
  assert.match(with_({ statement: `<saml:AuthnStatement SessionNotOnOrAfter="${iso(now)}"/>` }), /^expired: /)
  assert.equal(with_({ statement: '' }), 'claim: the assertion has no AuthnStatement')
})

test('[item 1] the format of a name must be told, and is told on without what all of SAML 2.0 begin with', () => {
  const formatted = (format: string) => {
    const xml = assertion().replace(/ Format="[^"]*"/, format)
    const { proven, refused } = proveResponse(encoded(response(signed(xml, '_a1'))), rules)
    return proven?.subjectType ?? `${refused!.reason}: ${refused!.detail}`
  }
  for (const [format, told] of [
    ['urn:oasis:names:tc:SAML:2.0:nameid-format:transient', 'transient'],
    ['urn:oasis:names:tc:SAML:2.0:nameid-format:kerberos', 'kerberos'],
    ['urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress', 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'],
    ['custom-format', 'custom-format'],
  ] as const)
    assert.equal(formatted(` Format="${format}"`), told)
  assert.equal(formatted(''), 'claim: the assertion has no Format of its NameID')
})

test('[item 1] metadata that has expired proves nothing, nor do keys that it does not have', () => {
  assert.equal(outcome(signedAssertion(), { validUntil: now }), "issuer: the provider's metadata has expired")
  assert.equal(outcome(signedAssertion(), { issuers: [issuerWith(rogue)] }), 'signature: the signature is not right')
  assert.equal(outcome(signedAssertion(), { issuers: [issuerWith()] }), 'signature: the signature is not right')
  assert.equal(outcome(signedAssertion(), { issuers: [issuerWith(rogue, idp)] }), 'proven dana')
  assert.match(outcome(signedAssertion(), { issuers: [] }), /^issuer: /)
})

test('[item 1] of two issuers in one metadata, neither signs for the other', () => {
  const issuers = [issuerWith(idp), { ...issuerWith(rogue), entityId: 'https://other.example.com' }]
  assert.equal(outcome(signedAssertion(), { issuers }), 'proven dana')
  assert.equal(outcome(signedAssertion({}, { key: rogue }), { issuers }), 'signature: the signature is not right')
  const other = { issuer: 'https://other.example.com' }
  assert.equal(outcome(signedAssertion(other, { key: rogue }), { issuers }), 'proven dana')
  assert.equal(outcome(signed(signedAssertion(other), '_r1'), { issuers }), 'signature: the signature is not right')
})

test('[item 1] what is no response, too large or too deep is refused in bounded time', () => {
  for (const text of ['', '!', '<x/>']) assert.equal(proveResponse(text, rules).refused?.reason, 'encoding', text)
  for (const text of [
    'PHg+',
    Buffer.from([0xff, 0xfe]).toString('base64'),
    encoded('<x/>'),
    encoded('<a/><b/>'),
    encoded('<a b="1" b="2"/>'),
    encoded('<a><b></a>'),
  ]) {
    assert.equal(proveResponse(text, rules).refused?.reason, 'malformed', text)
  }
  assert.match(proveResponse('A'.repeat(100_004), rules).refused!.detail, /longer than 100000/)
  const deep = `${'<a>'.repeat(8000)}${'</a>'.repeat(8000)}`
  assert.match(outcome(response(deep)), /^malformed: the XML is too deep/)
  assert.equal(outcome(response(`${goodAssertion}${'<a/>'.repeat(15_000)}`)), 'proven dana')
})

test('[item 1] node-saml, which others rely on, proves no wrapped or unsigned response that we refuse, and the good ones as we do', async () => {
  const other = new SAML({
    idpCert: idp.certificate,
    issuer: audience,
    audience,
    callbackUrl: recipient,
    wantAuthnResponseSigned: false,
    wantAssertionsSigned: false,
    acceptedClockSkewMs: -1,
    decryptionPvk: idp.privateKey,
  })
  const theirs = async (xml: string): Promise<string> => {
    try {
      const { profile } = await other.validatePostResponseAsync({ SAMLResponse: encoded(xml) })
      return `proven ${profile?.nameID}`
    } catch {
      return 'refused'
    }
  }
  for (const xml of [signedAssertion(), response(encrypted(goodAssertion))]) assert.equal(await theirs(xml), outcome(xml))
  for (const [name, xml] of wrappings) assert.notEqual(await theirs(xml), 'proven root', name)
})
