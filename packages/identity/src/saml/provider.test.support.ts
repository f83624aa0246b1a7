/** An identity provider for tests: keys that are used nowhere else, and responses that say and sign what a test wants. */
import { createSign, X509Certificate } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import type { SamlIssuer } from './prove-response.js'

export interface TestKey {
  readonly privateKey: string
  readonly certificate: string
}

export const idp: TestKey = {
  privateKey: `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQD3lwotf0c8S8DD
f1+fQ7d3Puy0fL3FcWgdGN/vguahIEeuJsG3WgVUfbk0zSYjrcMxCCbAk0POsYmv
lrDG9mYMXD//5pS/x3Xh0b0f4NRLz1kYOrAttEN/v0JMMYZZUBV1+rj0bqEoAhw0
x6ffCTGVEw6Z4rOGnamRcFd5/yk94r+JFbvk4zMqUo1NCjscavXBh86OHxjgO+hK
y37spA0gKxsCRG7+FeheHOk6Er6C7LmMiutLmlWP2BhR0UTsmV+hc4f4ygwWl0gG
NyZShW6rn2xBRIuDqZV8Tts0O1OaWaSZcf64PFFUb42boC9Cz8WmuaFIpC2L1t3F
5rUAACKxAgMBAAECggEACHE4rPR6FARBPmlJdBTLB2CN5wREiZxPAIRTSRzINcD0
BhbW5CRIVOk0jNMHSeV9kl5vc9bm/lVEwfKmycynuM7XH9Ks9R0dV+Xe8lyoNdg2
zCy0H9rVsmAYfUtIWXicQrmZ35EmIvHEzx0/tss0IEaAvkk3Szp1CGXcQGdYRf6J
feGR9K8p5TS211CzlGAnA1QGklKQwpzF58CPMmSYNgz1N01j6t0WD1hpyO7qQphS
JKnZ1XFAgqN7/pBbR/+mSutRwSwnVJFPwfZ33KlhvQwDortk7BesxGJOzv+N/Vpo
Y+zpK9To6sWPf/A/nLse+9mtW8zE4ucgkfBkNcWPAQKBgQD+SR6IlnFe4X+I3JZO
N3PupLMaNT7S78EluD0QixB3xBgg8YlCHsGL+fIW0tz3driLZCkOlnhLLPBt0/eE
bPTiw8v6ZugrD6zDCofwe2H0fYrEe0/Z/ubRPE7/5jpZ9cd6KOJbI1D9bAHqJlqo
jtoFIByBZFcug+iYCOOUH3H6vQKBgQD5Ql1ApHbhObWIQSeG4+0rX2KKEsnswRsV
JawvHLZql/gGaGnaDkKJZsk9x/hQWEfMvyRTUX7WnlK+a1QKsRn9yyP2cvZKCF64
io0XizwZhRjaoMwaXDcPPalXy3EhGYcfBaS+r2lBnXPLJxhdgKFRI91xvxfDMVKv
nvbQvnGBBQKBgHhH7gF96DKRR9pdPVvSLyx7C50iAo2UizBkbb4dibSdNSygE+UK
11J28GSLaapEphaJUkJsOoqUv0W0NiiVwWBibWIMu1VjHL1Fhffi5PrZR4KZMbRU
NqpSdKvnI0LaV3kZTbj+g5jcNiuj6M5ChC5YeiNaa0K9cpA35C50kV2hAoGBAOEd
m8UHBErTaO0fEwjTj16trfxPjcjieog11vVRtDo++AUphfgnCta3WycOFGjT4jy7
oJ4TKz/AC7DolCV336aEMf2hxGgGeS2oDFdoK6ZMu66wrMVd5WhBY1Dkb07alFtj
KHADUketYWfn7ix8QLVcc+IIGPjz8d6k7fqHFVHVAoGAVR86hSOpNohMv//XQjqh
Ll8kIoVaofutT01pMxAe/40Mj7rVFGT1emqQFpofdBHCclPb/meJckh6xdTrVzmV
wNmw2NIcrGReX0HvFU9j21PAQVWahftePLBQNFKAAlsGx7e14YE65nus9F1nWqNc
4L0We3kN15+2V9qcVUxfLb0=
-----END PRIVATE KEY-----`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIDFzCCAf+gAwIBAgIUWoDDEPqyICUaC3XP64e/aIbodDMwDQYJKoZIhvcNAQEL
BQAwGjEYMBYGA1UEAwwPaWRwLmV4YW1wbGUuY29tMCAXDTI2MTEyNjEyMDQwMVoY
DzIxMjYxMTAyMTIwNDAxWjAaMRgwFgYDVQQDDA9pZHAuZXhhbXBsZS5jb20wggEi
MA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQD3lwotf0c8S8DDf1+fQ7d3Puy0
fL3FcWgdGN/vguahIEeuJsG3WgVUfbk0zSYjrcMxCCbAk0POsYmvlrDG9mYMXD//
5pS/x3Xh0b0f4NRLz1kYOrAttEN/v0JMMYZZUBV1+rj0bqEoAhw0x6ffCTGVEw6Z
4rOGnamRcFd5/yk94r+JFbvk4zMqUo1NCjscavXBh86OHxjgO+hKy37spA0gKxsC
RG7+FeheHOk6Er6C7LmMiutLmlWP2BhR0UTsmV+hc4f4ygwWl0gGNyZShW6rn2xB
RIuDqZV8Tts0O1OaWaSZcf64PFFUb42boC9Cz8WmuaFIpC2L1t3F5rUAACKxAgMB
AAGjUzBRMB0GA1UdDgQWBBS4bktajVyrfPI1M8Ac4laweChHYTAfBgNVHSMEGDAW
gBS4bktajVyrfPI1M8Ac4laweChHYTAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3
DQEBCwUAA4IBAQB0wnmSocDmYbgwgrKqn4ZJKfQPoriRhAC14Hoa6bHnH9KJqEzA
mMDXlCI1PzknGmFJmb9FTLepV6ORXUJDmaIw8ujR50eonRHGpoNgpW1yhVD87VxQ
ajOmygqioHt6oIGhD3/Nuoj0o5nMF6g0HrsH+m27h7Ecnlh24N8CVrBB3is18PQM
1+dma5xa1iC0t6igrm7VA7ulVJsOdYw/GosFzhYwbMjalqYJ+spMb7x/LwJ/WCPa
wjbFvbRPv1+BYZlxVqoLIC5Rtb+0UKTtzy7yXCdMMViOQwFZeAxMfld+eyR1cJb6
wi9RK/6MnFDWPHIyK2G+UUD5p5pZaSAiIqS4
-----END CERTIFICATE-----`,
}

export const rogue: TestKey = {
  privateKey: `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC0i0nqbZX2E0Lp
CyEGA5j+AzZBFC27UgeiW3TVt/Ng4+WUKSp2jVu07JIHHO1gdFfWdGRTfYZBjyaP
WwkvnpjJtQqibGo+F+OyJQHEGa5nJmn7B5uJA47fTu10wHKgnmnBVnbgKxJRTfHf
OTyGOTnQCgAIvFoyRU/OdfuSx/wgQbRQCDBSPmdydMMkDE48KdKfESV7QutKWm0p
uAXcvRlUeeKRSphLVUr5XwPb2b5ofzg98DYCS0Kiye/ff9sGbr56ojIJYK/QeixW
XR2tqA7OQyBmL5LsYNYy8zDJk+FLQGG6uD8mNjR2jDyCtmne/39nUx12beTLPK1q
Ywq1z96PAgMBAAECggEAA8K8K/MIEBshi9gY2qW+xaw3zsxIgqO6Ivt0lydMDlcF
n53LqjoK+fuBaNVYEWgZHA93xlgGXfQM3d1XK/AcqRlLTbVJ8Xvf6AR1rKnaKfkt
R9iRfGj2gTJI61vzztOhrKkA0m33A4l7ktOlgOwf4YOLV1fysMm7DTCL1Z0NKCw6
afTq3Mnsbuaci89BCZK/R0UqyOGVGGzXPU9+d/5m76/C7NEAiZr53D1Cee8fzZIy
BKdKle3W7YZgeG8nafNu/ukpQxknyEnRnh4BQLhQ1w3UgWpaW/WuDVrZqSVZd2Uj
qCpnSIwQknHjzFh+MPjY6vtb8coS+soiaZqHf2+CcQKBgQDaopz9tH/k5/cZLxNB
5GtY53PVVpsKQMC1tKws2fkhxB7KI2tjN8eGA5AiRW6lyl5/DabXVGphzmW8hUGB
nNfgXc//Tyh437+4jv9JZTYXLAmdt3dbJe98A26t6i9V61TbR19+gP0PmENtPHhx
8JJzKYltO0czdEWE1j3wVdWXJwKBgQDTZiwtdBvNiqiza372R5zeierJHOBL+Nsp
QmLTXBCaQb0DvJfE9pEfryRhwVw+DGJvj9uN0XC6sVq/ba9IGI+ef121t8UEPwZo
ifuVIxjt219rPUeZVMrhAHod8DPLEoWtA3JFiTR6QM4nHYx2+muttAuGbaBPdrmO
RNSwX0JeWQKBgQDNVnJZeN+xLgcNuP++H/iN6/sHP6qnK3+SaJhYG3P3OYmtUSy3
Z5jVjZ0eAtXTkcfETh8HF3o+V6mHMCQAxjydtZ326/JX69TVUkADP7JYevyhCsFn
cq6Ea3jUkCBa8oWk2FigqCaEMf4JpwR8BnSVAkrWsxjBA4+THd/YS9UpewKBgGK/
+acJ8+rh+MhHULmO3lJ+LnTfzk7u4sG1RyDggsjsKHVUZbkWTNh2IhKgFozNkDX5
B2CKE5TCQFfnztdo0b4CVS4LuDaxkjbHLgSOrph9v2cC6y1PFK5iYKkXibo03sjh
MUIWQ7NQDnzrKrBxbldoIXIcR6SXGzrAIHJ7LS+RAoGAVsVNqOy3h2mqsS4hUaZM
Hwc7L/mOnObF8kQz7HRs0nMWiKHFhFlbAlTE4krWW2T1hZZ7k7iTaAXFIxsW9itx
ZCVSkXU5rO57b8fqhNehWk0Gqyot0PpEILsj/5wM7+7ZOlcOY0W/GTNN9bIvzhJ1
XkUV/P9fpAffcDjqDawKSmY=
-----END PRIVATE KEY-----`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIDGzCCAgOgAwIBAgIUJHuPC2Xpprs2Qy6P5QjwbVhzsT0wDQYJKoZIhvcNAQEL
BQAwHDEaMBgGA1UEAwwRcm9ndWUuZXhhbXBsZS5jb20wIBcNMjYxMTI2MTIwNDAx
WhgPMjEyNjExMDIxMjA0MDFaMBwxGjAYBgNVBAMMEXJvZ3VlLmV4YW1wbGUuY29t
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtItJ6m2V9hNC6QshBgOY
/gM2QRQtu1IHolt01bfzYOPllCkqdo1btOySBxztYHRX1nRkU32GQY8mj1sJL56Y
ybUKomxqPhfjsiUBxBmuZyZp+webiQOO307tdMByoJ5pwVZ24CsSUU3x3zk8hjk5
0AoACLxaMkVPznX7ksf8IEG0UAgwUj5ncnTDJAxOPCnSnxEle0LrSlptKbgF3L0Z
VHnikUqYS1VK+V8D29m+aH84PfA2AktCosnv33/bBm6+eqIyCWCv0HosVl0dragO
zkMgZi+S7GDWMvMwyZPhS0Bhurg/JjY0dow8grZp3v9/Z1Mddm3kyzytamMKtc/e
jwIDAQABo1MwUTAdBgNVHQ4EFgQUEutTv/wKz94luHt5XyvK0idgRyEwHwYDVR0j
BBgwFoAUEutTv/wKz94luHt5XyvK0idgRyEwDwYDVR0TAQH/BAUwAwEB/zANBgkq
hkiG9w0BAQsFAAOCAQEANWQvCEKFUaf9S//DdZ1pPf0RQVS/BcZDtfhPbxJDbixZ
UYqHCbs53LvYORPu5DCHQOivKmscr4GEuppP7oX305v5AxIzx8kL3jPPmoWhfzJT
b2sITMt6y0lmVeLCbT8FqBPrtrj7uob53f8Jv8/aJQcdJsOJPwg1Gjgjwn6IVOH8
zUdpr6gqfbWd9CGVGI9moVx55r5ysQgX4Yq4NxGh/At8NAv5NwS0M2zRhBhkzLaq
pY65rLZJuYebrM5ejtuqxSvyz8EDWYLWJCcvsBsmqCrc1J9d7iC8TWfNwskd/39E
gEoNj+rocGofX1Xgh08QzXXzBZjGEn1l4fiqOVGJiA==
-----END CERTIFICATE-----`,
}

export const ec: TestKey = {
  privateKey: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgoQ7iKcWT2JNal3l4
gH7kF6xLottg+GM/fzPei84vhLahRANCAASZp8xhQqF3wOpU3+dbCdTqQsToiGco
A82TXQCr0WYSEt3m7+YJv2qyqup1X85MV+XDLTp0fsSx7O0bmS8PQI/E
-----END PRIVATE KEY-----`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUCEsBwHgwJcLgnct1MNE76rNuGqUwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOZWMuZXhhbXBsZS5jb20wIBcNMjYxMTI2MTIwNDAxWhgPMjEy
NjExMDIxMjA0MDFaMBkxFzAVBgNVBAMMDmVjLmV4YW1wbGUuY29tMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEmafMYUKhd8DqVN/nWwnU6kLE6IhnKAPNk10Aq9Fm
EhLd5u/mCb9qsqrqdV/OTFflwy06dH7EseztG5kvD0CPxKNTMFEwHQYDVR0OBBYE
FNjSUsI0/MHfwuqNfqgBAPZtiLW3MB8GA1UdIwQYMBaAFNjSUsI0/MHfwuqNfqgB
APZtiLW3MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAPn/F3wI
+nn3kSX8h64U26I/dXICCTLVF9SQ1F/eaGLeAiB3Jj8BR4gyHHfbf7q4VDERyzhg
Kk89idyV6X1Wd2Jrdg==
-----END CERTIFICATE-----`,
}

export const now = Date.UTC(2026, 10, 26, 12)
export const entityId = 'https://idp.example.com/saml'
export const recipient = 'https://signin.aws.amazon.com/saml'
export const audience = 'https://signin.aws.amazon.com/saml'
export const iso = (at: number): string => new Date(at).toISOString()

export interface Said {
  readonly assertionId?: string
  readonly subject?: string
  readonly issuer?: string
  readonly issueInstant?: string
  readonly notBefore?: string
  readonly notOnOrAfter?: string
  readonly confirmation?: string
  readonly conditions?: string
  readonly statement?: string
  readonly attributes?: string
}

const attribute = (name: string, ...values: readonly string[]): string =>
  `<saml:Attribute Name="${name}">${values.map((value) => `<saml:AttributeValue xsi:type="xs:string">${value}</saml:AttributeValue>`).join('')}</saml:Attribute>`

export const awsAttributes =
  attribute(
    'https://aws.amazon.com/SAML/Attributes/Role',
    'arn:aws:iam::111122223333:role/dev,arn:aws:iam::111122223333:saml-provider/corp',
  ) + attribute('https://aws.amazon.com/SAML/Attributes/RoleSessionName', 'dana')

/** An assertion that is not signed yet. */
export function assertion(said: Said = {}): string {
  const { assertionId = '_a1', subject = 'dana', issuer = entityId, attributes = awsAttributes } = said
  const { issueInstant = iso(now - 1000), notBefore = iso(now - 60_000), notOnOrAfter = iso(now + 300_000) } = said
  const confirmation =
    said.confirmation ??
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${notOnOrAfter}" Recipient="${recipient}"/></saml:SubjectConfirmation>`
  const conditions =
    said.conditions ??
    `<saml:Conditions NotBefore="${notBefore}" NotOnOrAfter="${notOnOrAfter}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`
  return `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="${assertionId}" Version="2.0" IssueInstant="${issueInstant}"><saml:Issuer>${issuer}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${subject}</saml:NameID>${confirmation}</saml:Subject>${conditions}${said.statement ?? `<saml:AuthnStatement AuthnInstant="${issueInstant}" SessionNotOnOrAfter="${iso(now + 7_200_000)}"/>`}<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion>`
}

const success = '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'

/** A response around whatever is given. */
export const response = (content: string, { id = '_r1', status = success } = {}): string =>
  `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${id}" Version="2.0" IssueInstant="${iso(now - 1000)}" Destination="${recipient}"><saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${entityId}</saml:Issuer>${status}${content}</samlp:Response>`

export interface Signing {
  readonly key?: TestKey
  readonly signatureAlgorithm?: string
  readonly digestAlgorithm?: string
  readonly canonicalization?: string
  readonly transforms?: readonly string[]
}

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** XML Signature's URIs that the library cannot sign with by itself. */
const further: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384': 'sha384',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256': 'sha256',
}

/** Signs the element with that id, as an identity provider does: the signature follows the issuer. */
export function signed(xml: string, id: string, signing: Signing = {}): string {
  const { key = idp, signatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', canonicalization = exclusive } = signing
  const { digestAlgorithm = 'http://www.w3.org/2001/04/xmlenc#sha256', transforms = [enveloped, exclusive] } = signing
  const signer = new SignedXml({
    privateKey: key.privateKey,
    publicCert: key.certificate,
    signatureAlgorithm: signatureAlgorithm as never,
    canonicalizationAlgorithm: canonicalization as never,
  })
  for (const [uri, hash] of Object.entries(further)) {
    signer.SignatureAlgorithms[uri as never] = class {
      getSignature = (text: string): string =>
        createSign(hash).update(text).sign({ key: key.privateKey, dsaEncoding: 'ieee-p1363' }, 'base64')
      getAlgorithmName = (): string => uri
    } as never
  }
  signer.addReference({ xpath: `//*[@ID='${id}']`, digestAlgorithm: digestAlgorithm as never, transforms: transforms as never })
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `//*[@ID='${id}']/*[local-name(.)='Issuer']`, action: 'after' },
  })
  return signer.getSignedXml()
}

export const encoded = (xml: string): string => Buffer.from(xml).toString('base64')

/** As metadata names it: the certificate's DER in base64. */
export const issuerWith = (...keys: readonly TestKey[]): SamlIssuer => ({
  entityId,
  signingCertificates: keys.map(({ certificate }) => new X509Certificate(certificate).raw.toString('base64')),
})
