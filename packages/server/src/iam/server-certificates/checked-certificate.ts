/** Whether a certificate, its private key and its chain belong together. */
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { beginOf, expiryOf, readCertificate, readCertificates } from '../certificate-text.js'

type Fail = (code: 'MalformedCertificate' | 'KeyPairMismatch', message: string) => never

interface Given {
  readonly CertificateBody: string
  readonly PrivateKey: string
  readonly CertificateChain?: string
}

const expired = "Certificate is no longer valid. The 'Not After' date restriction on the certificate has passed."

/** The certificate, or the refusal of what is wrong. `now` is epoch milliseconds. */
export function checkedCertificate({ CertificateBody, PrivateKey, CertificateChain }: Given, now: number, fail: Fail): X509Certificate {
  const certificate =
    readCertificate(CertificateBody) ??
    fail('MalformedCertificate', 'Unable to parse certificate. Please ensure the certificate is in PEM format.')
  if (now >= expiryOf(certificate)) fail('MalformedCertificate', expired)
  // AWS refuses it too, but its sentence is not recorded (aws-sdk-go's issue 2586).
  if (now < beginOf(certificate)) fail('MalformedCertificate', 'The certificate is not valid yet.')
  if (!certificate.checkPrivateKey(privateKeyIn(PrivateKey, fail))) {
    fail('KeyPairMismatch', 'The private key did not match the public key provided. Please verify the key material and try again.')
  }
  if (CertificateChain !== undefined) checkChain(certificate, CertificateChain, fail)
  return certificate
}

function privateKeyIn(pem: string, fail: Fail): KeyObject {
  // A legacy key says so in a header, a PKCS #8 one in its label.
  if (/^Proc-Type: 4,ENCRYPTED/m.test(pem) || pem.includes('-----BEGIN ENCRYPTED PRIVATE KEY-----')) {
    fail('MalformedCertificate', 'Unable to parse key; the body is encrypted.')
  }
  try {
    return createPrivateKey(pem)
  } catch {
    return fail('MalformedCertificate', 'Unable to parse private key. Please ensure the key is in PEM format.')
  }
}

/** Each must be signed by the next, and the certificate itself by the first. The index is that of the last one in order: of none, -1. */
function checkChain(certificate: X509Certificate, pem: string, fail: Fail): void {
  // Of a chain that is none AWS says nothing but the code.
  const chain = readCertificates(pem) ?? fail('MalformedCertificate', '')
  const all = [certificate, ...chain]
  for (const [at, issuer] of chain.entries()) {
    if (!isSignedBy(all[at]!, issuer)) {
      fail(
        'MalformedCertificate',
        `Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: ${at - 1}`,
      )
    }
  }
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}
