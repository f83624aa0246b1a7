/** Condition keys that a SAML assertion gives (policy-semantics §8.5). */
import type { SamlIdentity } from '@bailiwick/identity'
import type { Context, ContextValue } from '@bailiwick/policy'

const eduPerson = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.'
const eduOrg = 'urn:oid:1.3.6.1.4.1.5923.1.2.1.'
const x500 = 'urn:oid:2.5.4.'
const person = 'urn:oid:0.9.2342.19200300.100.1.'
const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/'

/** Name of an attribute → the keys that it gives. `list`: a key of several values, whatever their number. */
const attributeKeys: readonly (readonly [attribute: string, key: string, kind?: 'list'])[] = [
  [`${eduPerson}1`, 'edupersonaffiliation', 'list'],
  [`${eduPerson}2`, 'edupersonnickname', 'list'],
  [`${eduPerson}3`, 'edupersonorgdn'],
  [`${eduPerson}4`, 'edupersonorgunitdn', 'list'],
  [`${eduPerson}5`, 'edupersonprimaryaffiliation'],
  [`${eduPerson}6`, 'edupersonprincipalname'],
  [`${eduPerson}7`, 'edupersonentitlement', 'list'],
  [`${eduPerson}8`, 'edupersonprimaryorgunitdn'],
  [`${eduPerson}9`, 'edupersonscopedaffiliation', 'list'],
  [`${eduPerson}10`, 'edupersontargetedid', 'list'],
  [`${eduPerson}11`, 'edupersonassurance', 'list'],
  [`${eduOrg}2`, 'eduorghomepageuri', 'list'],
  [`${eduOrg}3`, 'eduorgidentityauthnpolicyuri', 'list'],
  [`${eduOrg}4`, 'eduorglegalname', 'list'],
  [`${eduOrg}5`, 'eduorgsuperioruri', 'list'],
  [`${eduOrg}6`, 'eduorgwhitepagesuri', 'list'],
  [`${x500}3`, 'cn', 'list'],
  [`${x500}3`, 'commonName'],
  ['http://schemas.xmlsoap.org/claims/CommonName', 'commonName'],
  [`${x500}4`, 'surname'],
  [`${x500}42`, 'givenName'],
  [`${x500}45`, 'x500UniqueIdentifier'],
  [`${person}1`, 'uid'],
  [`${person}3`, 'mail'],
  [`${person}45`, 'organizationStatus'],
  [`${claims}name`, 'name'],
  [`${claims}givenname`, 'givenName'],
  [`${claims}surname`, 'surname'],
  [`${claims}emailaddress`, 'mail'],
  ['http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid', 'primaryGroupSID'],
]

interface Derived {
  readonly nameQualifier: string
  /** `ACCOUNT/provider-name`. */
  readonly document: string
}

/** `asked` for the trust policy, `lasting` for the session's own requests too. */
export function samlKeys(
  { subject, subjectType, recipient, issuer, attributes }: SamlIdentity,
  { nameQualifier, document }: Derived,
): { readonly asked: Context; readonly lasting: Context } {
  const lasting = { 'saml:sub': subject, 'saml:sub_type': subjectType, 'saml:namequalifier': nameQualifier }
  const asked: Record<string, ContextValue> = { ...lasting, 'saml:aud': recipient, 'saml:iss': issuer, 'saml:doc': document }
  for (const [attribute, key, kind] of attributeKeys) {
    const values = attributes.get(attribute) ?? []
    if (values.length > 0) asked[`saml:${key}`] = kind === undefined && values.length === 1 ? values[0]! : values
  }
  return { asked, lasting }
}
