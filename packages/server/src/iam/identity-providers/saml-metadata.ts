/**
 * The metadata of a SAML identity provider: whose assertions count, and which keys they are signed with. A document with a DOCTYPE is
 * refused before it is parsed, so that nothing in it can define an entity. The parser is loaded when it is first needed.
 */
import { X509Certificate } from 'node:crypto'

export interface SamlIdentityProvider {
  /** The issuer that its assertions name. */
  readonly entityId: string
  /** Certificates of the keys that it signs with: DER in base64, without white space. With none of them nothing of it ever counts. */
  readonly signingCertificates: readonly string[]
}

export interface SamlMetadata {
  readonly identityProviders: readonly SamlIdentityProvider[]
  /** Epoch milliseconds; absent when the document does not say. */
  readonly validUntil?: number
}

const metadata = 'urn:oasis:names:tc:SAML:2.0:metadata'
const signature = 'http://www.w3.org/2000/09/xmldsig#'
const saml2 = 'urn:oasis:names:tc:SAML:2.0:protocol'

/** iam-behaviour §6: identity providers in one document, and keys of each. */
const mostIdentityProviders = 10
const mostKeys = 10

/** Undefined for a document that is no metadata; without identity providers when it speaks of none. */
export async function readSamlMetadata(text: string): Promise<SamlMetadata | undefined> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return undefined
  const root = await parsed(text)
  if (root === undefined || !isPlainTree(root)) return undefined
  const descriptors = is(root, 'EntityDescriptor')
    ? [root]
    : is(root, 'EntitiesDescriptor')
      ? under(root, metadata, 'EntityDescriptor')
      : []
  const isNamed = (descriptor: Element): boolean => Boolean(descriptor.getAttribute('entityID'))
  if (descriptors.length > 0 && descriptors.every(isNamed) && under(root, metadata, 'IDPSSODescriptor').length === 0)
    return { identityProviders: [] }
  const identityProviders = descriptors.filter(isIdentityProvider).map(identityProvider)
  if (identityProviders.length === 0 || identityProviders.length > mostIdentityProviders || !identityProviders.every(isReadable))
    return undefined
  const written = root.getAttribute('validUntil')
  if (!written) return { identityProviders }
  const validUntil = Date.parse(written)
  return Number.isNaN(validUntil) ? undefined : { identityProviders, validUntil }
}

async function parsed(text: string): Promise<Element | undefined> {
  const { DOMParser } = await import('@xmldom/xmldom')
  const refuse = (message: string): never => {
    throw new Error(message)
  }
  try {
    const document = new DOMParser({ errorHandler: { warning: refuse, error: refuse, fatalError: refuse } }).parseFromString(
      text,
      'text/xml',
    )
    return document?.doctype ? undefined : (document?.documentElement ?? undefined)
  } catch {
    // What the parser cannot read is not metadata.
    return undefined
  }
}

const mostLevels = 50
const elementNode = 1

/** Not deeper than 50 levels, and no id twice: of two elements with one id nobody can tell which a signature is about. */
function isPlainTree(root: Element): boolean {
  const ids = new Set<string>()
  let level = [root]
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > mostLevels) return false
    for (const id of level.flatMap(idsOf)) {
      if (ids.has(id)) return false
      ids.add(id)
    }
    level = level.flatMap(({ childNodes }) => Array.from(childNodes).filter((node): node is Element => node.nodeType === elementNode))
  }
  return true
}

const idsOf = ({ attributes }: Element): string[] =>
  Array.from(attributes)
    .filter(({ localName }) => localName?.toLowerCase() === 'id')
    .map(({ value }) => value)

const is = (element: Element, name: string): boolean => element.namespaceURI === metadata && element.localName === name

const under = (element: Element, namespace: string, name: string): Element[] =>
  Array.from(element.getElementsByTagNameNS(namespace, name) as ArrayLike<Element>)

const rolesOf = (descriptor: Element): Element[] =>
  under(descriptor, metadata, 'IDPSSODescriptor').filter((role) =>
    (role.getAttribute('protocolSupportEnumeration') ?? '').split(/\s+/).includes(saml2),
  )

/** One for SAML 2.0; it needs neither a key nor an address to sign on at, as AWS was recorded taking it in 2026. */
const isIdentityProvider = (descriptor: Element): boolean => Boolean(descriptor.getAttribute('entityID')) && rolesOf(descriptor).length > 0

/** Undefined when one of its certificates cannot be read. */
function identityProvider(descriptor: Element): SamlIdentityProvider | undefined {
  const keys = rolesOf(descriptor)
    .flatMap((role) => under(role, metadata, 'KeyDescriptor'))
    .filter((key) => key.getAttribute('use') !== 'encryption')
  const certificates = keys
    .flatMap((key) => under(key, signature, 'X509Certificate'))
    .map(({ textContent }) => certificate(textContent ?? ''))
  if (!certificates.every(isReadable)) return undefined
  const signingCertificates = [...new Set(certificates)]
  return signingCertificates.length > mostKeys ? undefined : { entityId: descriptor.getAttribute('entityID')!, signingCertificates }
}

const isReadable = <T>(read: T | undefined): read is T => read !== undefined

function certificate(base64: string): string | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).raw.toString('base64')
  } catch {
    return undefined
  }
}
