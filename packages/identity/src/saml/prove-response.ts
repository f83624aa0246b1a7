/** Proves a SAML response: what of it is signed, that it is meant for us and for now, and what it then says. */
import type { KeyObject } from 'node:crypto'
import { attemptNow, type Proof, refuse } from '../proof.js'
import { decryptAssertion } from './decrypt.js'
import * as names from './names.js'
import { all, attributeOf, childNamed, childrenNamed, isNamed, readXml, textOf, timeOf } from './read-xml.js'
import { signatureOf, signedCopy } from './signed-copy.js'

/** An identity provider as its metadata describes it. */
export interface SamlIssuer {
  /** What `Issuer` must say. */
  readonly entityId: string
  /** Certificates of the keys that it signs with: DER in base64. No other key is ever looked at. */
  readonly signingCertificates: readonly string[]
}

export interface ResponseRules {
  readonly issuers: readonly SamlIssuer[]
  /** Epoch milliseconds: the end of the metadata, after which it proves nothing. */
  readonly validUntil: number
  /** One of them must stand in every audience restriction. */
  readonly audiences: readonly string[]
  /** Whether this is a place of ours that responses are sent to. */
  readonly isRecipient: (url: string) => boolean
  /** Private keys that assertions may be encrypted for; without one none are taken. */
  readonly decryptionKeys: readonly KeyObject[]
  /** An assertion that is not encrypted is refused. */
  readonly mustBeEncrypted?: boolean
  /** Epoch milliseconds. */
  readonly now: number
}

export interface SamlIdentity {
  readonly issuer: string
  /** `NameID`. */
  readonly subject: string
  /** `persistent`, `transient`, or the whole format where it is another. */
  readonly subjectType: string
  readonly recipient: string
  /** By name, in the order of the document. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
  /** Epoch milliseconds; the identity provider's own end of the session. */
  readonly sessionNotOnOrAfter?: number
}

/** The largest that AssumeRoleWithSAML takes, in characters of base64. */
const maxResponseLength = 100_000
/** For clocks that differ, where a time has not come yet. */
const skewMilliseconds = 300_000
/** AWS takes a response within five minutes of its making, whatever else it says. */
const lifeMilliseconds = 300_000

export function proveResponse(base64: string, rules: ResponseRules): Proof<SamlIdentity> {
  return attemptNow(() => {
    const { validUntil, now } = rules
    if (validUntil <= now) refuse('issuer', "the provider's metadata has expired")
    const { element: assertion, issuer } = provenAssertion(decoded(base64), rules)
    if (issuerOf(assertion) !== issuer.entityId) refuse('issuer', 'the assertion is of another issuer than its signature')
    checkAge(assertion, now)
    checkConditions(assertion, rules)
    const statement = childrenNamed(assertion, names.assertion, 'AuthnStatement')
    if (statement.length === 0) missing('AuthnStatement')
    const ends = statement.map((each) => timeOf(each, 'SessionNotOnOrAfter')).filter((at) => at !== undefined)
    if (ends.some((at) => at <= now)) refuse('expired', 'Response has expired')
    return {
      issuer: issuer.entityId,
      ...subjectOf(assertion, rules),
      attributes: attributesOf(assertion),
      ...(ends.length > 0 && { sessionNotOnOrAfter: Math.min(...ends) }),
    }
  })
}

const missing = (what: string): never => refuse('claim', `the assertion has no ${what}`)

function decoded(base64: string): string {
  if (base64.length > maxResponseLength) refuse('malformed', `the response is longer than ${maxResponseLength} characters`)
  const compact = base64.replace(/[\r\n\t ]/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) refuse('encoding', 'the response is not base64')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(compact, 'base64'))
  } catch {
    return refuse('malformed', 'the response is not UTF-8')
  }
}

/**
 * The assertion, read from bytes that its own signature covers. The response around it may be signed too, and then that must be right as
 * well; for the assertion's own it does not do.
 */
function provenAssertion(text: string, { issuers, decryptionKeys, mustBeEncrypted }: ResponseRules): Signed {
  const response = readXml(text)
  checkResponse(response)
  const outer = copySigned(text, response, issuers)
  const plain = childNamed(response, names.assertion, 'Assertion')
  const encrypted = childNamed(outer?.element ?? response, names.assertion, 'EncryptedAssertion')
  if ((plain === undefined) === (encrypted === undefined)) return refuse('malformed', 'the response must have one assertion')
  if (plain !== undefined && mustBeEncrypted) refuse('malformed', 'the assertion is not encrypted')
  const source = encrypted === undefined ? text : decryptAssertion(encrypted, decryptionKeys)
  const assertion = plain ?? readXml(source)
  checkAlone(response, plain ?? childNamed(response, names.assertion, 'EncryptedAssertion'))
  if (encrypted !== undefined) checkAlone(assertion, assertion)
  if (!isNamed(assertion, names.assertion, 'Assertion')) refuse('malformed', 'what was encrypted is not an assertion')
  return copySigned(source, assertion, issuers) ?? refuse('unsigned', 'the assertion is not signed')
}

interface Signed {
  /** The response or the assertion, as it was signed. */
  readonly element: Element
  /** Whose key it was signed with. */
  readonly issuer: SamlIssuer
}

/** Undefined when the element carries no signature. */
function copySigned(text: string, element: Element, issuers: readonly SamlIssuer[]): Signed | undefined {
  const signature = signatureOf(element)
  if (signature === undefined) return undefined
  const claimed = issuerOf(element)
  const issuer = issuers.find(({ entityId }) => entityId === claimed) ?? refuse('issuer', 'the issuer is not one of the provider')
  return { element: signedCopy(text, element, signature, issuer.signingCertificates), issuer }
}

const issuerOf = (element: Element): string => textOf(childNamed(element, names.assertion, 'Issuer') ?? missing('Issuer'))

function checkResponse(response: Element): void {
  if (!isNamed(response, names.protocol, 'Response')) refuse('malformed', 'it is not a SAML response')
  if (attributeOf(response, 'Version') !== '2.0') refuse('malformed', 'it is not of SAML 2.0')
  const status = childNamed(response, names.protocol, 'Status')
  const code = (status && childNamed(status, names.protocol, 'StatusCode')) ?? refuse('claim', 'the response has no status')
  if (attributeOf(code, 'Value') !== names.success) refuse('rejected', 'the identity provider reported that authentication failed')
}

/** No second assertion anywhere, and signatures only where SAML has them: as children of the root or of the assertion. */
function checkAlone(root: Element, assertion: Element | undefined): void {
  const found = all(root)
  const assertions = found.filter((each) => each.namespaceURI === names.assertion && /^(?:Encrypted)?Assertion$/.test(each.localName))
  if (assertions.length !== 1 || assertions[0] !== assertion) refuse('malformed', 'there is more than one assertion')
  const strays = found.filter(
    (each) => isNamed(each, names.signature, 'Signature') && each.parentNode !== root && each.parentNode !== assertion,
  )
  if (strays.length > 0) refuse('malformed', 'there is a signature where none belongs')
}

function checkAge(assertion: Element, now: number): void {
  const issuedAt = timeOf(assertion, 'IssueInstant') ?? missing('IssueInstant')
  if (attributeOf(assertion, 'Version') !== '2.0') refuse('malformed', 'the assertion is not of SAML 2.0')
  if (issuedAt + lifeMilliseconds <= now) refuse('expired', 'Token must be redeemed within 5 minutes of issuance')
  if (issuedAt - skewMilliseconds > now) refuse('notYet', 'the assertion is not valid yet')
}

function checkConditions(assertion: Element, { audiences, now }: ResponseRules): void {
  const conditions = childNamed(assertion, names.assertion, 'Conditions') ?? missing('Conditions')
  checkPeriod(conditions, now)
  const restrictions = childrenNamed(conditions, names.assertion, 'AudienceRestriction')
  const meant = restrictions.every((each) =>
    childrenNamed(each, names.assertion, 'Audience').some((named) => audiences.includes(textOf(named))),
  )
  if (restrictions.length === 0 || !meant) refuse('audience', 'the response does not contain the required audience')
}

function checkPeriod(element: Element, now: number): void {
  const from = timeOf(element, 'NotBefore')
  const until = timeOf(element, 'NotOnOrAfter')
  if (until !== undefined && until <= now) refuse('expired', 'Response has expired')
  if (from !== undefined && from - skewMilliseconds > now) refuse('notYet', 'the assertion is not valid yet')
}

function subjectOf(assertion: Element, { isRecipient, now }: ResponseRules): Pick<SamlIdentity, 'subject' | 'subjectType' | 'recipient'> {
  const subject = childNamed(assertion, names.assertion, 'Subject') ?? missing('Subject')
  const nameId = childNamed(subject, names.assertion, 'NameID') ?? missing('NameID')
  const confirmation = childNamed(subject, names.assertion, 'SubjectConfirmation') ?? missing('SubjectConfirmation')
  if (attributeOf(confirmation, 'Method') !== names.bearer) missing('SubjectConfirmation for its bearer')
  const data = childNamed(confirmation, names.assertion, 'SubjectConfirmationData') ?? missing('SubjectConfirmationData')
  const recipient = attributeOf(data, 'Recipient') ?? missing('Recipient')
  if (!data.hasAttribute('NotOnOrAfter')) missing('NotOnOrAfter for its recipient')
  if (!isRecipient(recipient)) refuse('recipient', 'the assertion is not sent to this service')
  checkPeriod(data, now)
  const format = attributeOf(nameId, 'Format') ?? missing('Format of its NameID')
  const text = textOf(nameId)
  if (text === '') missing('NameID')
  return { subject: text, subjectType: format.startsWith(names.formats) ? format.slice(names.formats.length) : format, recipient }
}

function attributesOf(assertion: Element): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const attribute of childrenNamed(assertion, names.assertion, 'AttributeStatement').flatMap((each) =>
    childrenNamed(each, names.assertion, 'Attribute'),
  )) {
    const name = attributeOf(attribute, 'Name') ?? ''
    const values = childrenNamed(attribute, names.assertion, 'AttributeValue').map(textOf)
    found.set(name, [...(found.get(name) ?? []), ...values])
  }
  return found
}
