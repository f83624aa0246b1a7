/** A real SAML identity provider, made with `samlify`: metadata as it publishes it, and responses as it signs and encrypts them. */
import { randomBytes } from 'node:crypto'
import * as samlify from 'samlify'
import { idpCertificate, idpPrivateKey } from './saml-keys.js'

// A CommonJS module, some of whose names Node cannot tell beforehand.
const { Constants, IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } = (samlify as unknown as { default: typeof samlify })
  .default
setSchemaValidator({ validate: async () => 'not needed to make responses' })

export const entityId = 'https://idp.example.com/saml'
const awsSaml = 'https://signin.aws.amazon.com/saml'

const idp = (encrypts: boolean) =>
  IdentityProvider({
    entityID: entityId,
    privateKey: idpPrivateKey,
    signingCert: idpCertificate,
    isAssertionEncrypted: encrypts,
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    dataEncryptionAlgorithm: Constants.algorithms.encryption.data.AES_256,
    keyEncryptionAlgorithm: Constants.algorithms.encryption.key.RSA_OAEP_MGF1P,
    nameIDFormat: ['urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'],
    singleSignOnService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: `${entityId}/sso` }],
    loginResponseTemplate: { context: SamlLib.defaultLoginResponseTemplate.context, attributes: [] },
  } as never)

/** As `CreateSAMLProvider` takes it. */
export const metadata = (): string => `<?xml version="1.0"?>\n${idp(false).getMetadata()}`.padEnd(1000)

export interface Login {
  readonly subject?: string
  /** Values by attribute name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>
  readonly audience?: string
  readonly recipient?: string
  /** Milliseconds from now. */
  readonly issued?: number
  readonly expires?: number
  /** Epoch milliseconds at which the session at the identity provider ends (`SessionNotOnOrAfter`). */
  readonly sessionEndsAt?: number
  /** Encrypted for the key of this certificate, PEM. */
  readonly encryptFor?: string
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)

/** The response in base64, as a browser would post it. */
export async function login(given: Login): Promise<string> {
  const { subject = 'dana', audience = awsSaml, recipient = awsSaml, issued = 0, expires = 300_000, sessionEndsAt, encryptFor } = given
  const iso = (shift: number): string => new Date(Date.now() + shift).toISOString()
  const provider = idp(encryptFor !== undefined)
  const service = ServiceProvider({
    entityID: audience,
    assertionConsumerService: [{ Binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', Location: recipient }],
    wantAssertionsSigned: true,
    ...(encryptFor !== undefined && { encryptCert: encryptFor }),
  })
  const ending = sessionEndsAt === undefined ? '' : ` SessionNotOnOrAfter="${new Date(sessionEndsAt).toISOString()}"`
  const authentication = `<saml:AuthnStatement AuthnInstant="${iso(issued)}"${ending}></saml:AuthnStatement>`
  const attributes = Object.entries(given.attributes)
    .map(
      ([name, values]) =>
        `<saml:Attribute Name="${escaped(name)}">${values.map((value) => `<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${escaped(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
    )
    .join('')
  const id = `_${randomBytes(16).toString('hex')}`
  const { context } = (await provider.createLoginResponse(
    service,
    { extract: { request: { id: '_request' } } },
    'post',
    {},
    (template) => ({
      id,
      context: SamlLib.replaceTagsByValue(withStatements(template, authentication, attributes), {
        ID: id,
        AssertionID: `_${randomBytes(16).toString('hex')}`,
        Destination: recipient,
        Audience: audience,
        SubjectRecipient: recipient,
        NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        NameID: subject,
        Issuer: entityId,
        IssueInstant: iso(issued),
        ConditionsNotBefore: iso(issued),
        ConditionsNotOnOrAfter: iso(expires),
        SubjectConfirmationDataNotOnOrAfter: iso(expires),
        AssertionConsumerServiceURL: recipient,
        EntityID: audience,
        InResponseTo: '_request',
        StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
      }),
    }),
  )) as { context: string }
  return context
}

/** The template has no statements of its own: they follow the conditions. */
const withStatements = (template: string, authentication: string, attributes: string): string =>
  template.replace(
    /<\/saml:Conditions>.*<\/saml:Assertion>/s,
    () => `</saml:Conditions>${authentication}<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`,
  )
