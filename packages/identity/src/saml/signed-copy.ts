/**
 * Checks an XML signature and answers a copy of the signed element, read again from the very bytes that the signature covers. The
 * original tree is not to be read after that: signature wrapping lives on the difference between the two.
 */
import { SignedXml } from 'xml-crypto'
import { refuse } from '../proof.js'
import { hashAlgorithms, signatureAlgorithms } from './algorithms.js'
import * as names from './names.js'
import { attributeOf, childrenNamed, elementsOf, isNamed, readXml } from './read-xml.js'

/** The signature that an element carries as its own child. */
export function signatureOf(element: Element): Element | undefined {
  const [only, ...more] = childrenNamed(element, names.signature, 'Signature')
  return more.length === 0 ? only : refuse('malformed', 'an element has several signatures')
}

/** `text` is the document that `element` was read from; `certificates` are DER in base64. A key inside the signature is never looked at. */
export function signedCopy(text: string, element: Element, signature: Element, certificates: readonly string[]): Element {
  if (!isOfSamlForm(signature, element)) refuse('signature', 'the signature is not of the form that SAML has')
  for (const certificate of certificates) {
    const bytes = coveredBytes(text, signature, certificate)
    if (bytes === undefined) continue
    const copy = readXml(bytes)
    const same = copy.localName === element.localName && copy.namespaceURI === element.namespaceURI && idOf(copy) === idOf(element)
    return same ? copy : refuse('signature', 'the signature covers another element')
  }
  return refuse('signature', 'the signature is not right')
}

function coveredBytes(text: string, signature: Element, publicCert: string): string | undefined {
  const check = new SignedXml({ publicCert })
  check.CanonicalizationAlgorithms = only(check.CanonicalizationAlgorithms, [names.exclusive, names.enveloped])
  check.HashAlgorithms = Object.assign(Object.create(null), hashAlgorithms)
  check.SignatureAlgorithms = Object.assign(Object.create(null), signatureAlgorithms)
  try {
    check.loadSignature(signature)
    if (!check.checkSignature(text)) return undefined
  } catch {
    return undefined
  }
  const [bytes, ...more] = check.getSignedReferences()
  return more.length === 0 ? bytes : undefined
}

const only = <T>(table: Readonly<Record<string, T>>, kept: readonly string[]): Record<string, T> =>
  Object.assign(Object.create(null), Object.fromEntries(kept.map((name) => [name, table[name]])))

const id = /^[A-Za-z_][\w.-]{0,255}$/
const idOf = (element: Element): string | undefined => attributeOf(element, 'ID')

/**
 * The one form of signature that SAML has: over its own parent, by id, with no transform but taking itself out and exclusive
 * canonicalization without comments. Checked before a library that knows more forms sees it.
 */
function isOfSamlForm(signature: Element, parent: Element): boolean {
  const own = idOf(parent)
  const [info, ...values] = elementsOf(signature)
  if (own === undefined || !id.test(own) || info === undefined || !isDs(info, 'SignedInfo')) return false
  if (!/^SignatureValue( KeyInfo)?$/.test(dsNames(values))) return false
  const [canonicalization, , reference] = elementsOf(info)
  if (dsNames(elementsOf(info)) !== 'CanonicalizationMethod SignatureMethod Reference') return false
  if (attributeOf(canonicalization!, 'Algorithm') !== names.exclusive || attributeOf(reference!, 'URI') !== `#${own}`) return false
  if (dsNames(elementsOf(reference!)) !== 'Transforms DigestMethod DigestValue') return false
  const applied = elementsOf(elementsOf(reference!)[0]!)
  return (
    dsNames(applied) === 'Transform Transform' &&
    attributeOf(applied[0]!, 'Algorithm') === names.enveloped &&
    attributeOf(applied[1]!, 'Algorithm') === names.exclusive
  )
}

/** The names of elements of XML Signature; one of another namespace spoils them. */
const dsNames = (elements: readonly Element[]): string =>
  elements.map((each) => (isDs(each, each.localName) ? each.localName : '?')).join(' ')

const isDs = (element: Element, name: string): boolean => isNamed(element, names.signature, name)
