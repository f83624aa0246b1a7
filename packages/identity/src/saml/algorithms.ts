/** What XML signatures may be made with: RSA and ECDSA over SHA-2. SHA-1 can be forged, and is not here. */
import { createHash, createVerify, type KeyObject, X509Certificate } from 'node:crypto'
import type { HashAlgorithm, SignatureAlgorithm } from 'xml-crypto'

type Family = 'rsa' | 'ec'

const minimumRsaBits = 2048

/** One row a URI: the key it goes with, and the hash. */
const signing: readonly (readonly [uri: string, family: Family, hash: string])[] = [
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'rsa', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha384', 'rsa', 'sha384'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'rsa', 'sha512'],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', 'ec', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384', 'ec', 'sha384'],
  ['http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', 'ec', 'sha512'],
]
const hashing: readonly (readonly [uri: string, hash: string])[] = [
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
]

/** As the library takes them: classes, by URI. */
export const signatureAlgorithms: Readonly<Record<string, new () => SignatureAlgorithm>> = Object.fromEntries(
  signing.map(([uri, family, hash]) => [
    uri,
    class {
      verifySignature = (material: string, key: unknown, value: string): boolean =>
        verifies(material, new X509Certificate(Buffer.from(String(key), 'base64')).publicKey, value, family, hash)
      getSignature = (): never => {
        throw new Error('this side only checks')
      }
      getAlgorithmName = (): string => uri
    } as unknown as new () => SignatureAlgorithm,
  ]),
)

export const hashAlgorithms: Readonly<Record<string, new () => HashAlgorithm>> = Object.fromEntries(
  hashing.map(([uri, hash]) => [
    uri,
    class {
      getHash = (xml: string): string => createHash(hash).update(xml, 'utf8').digest('base64')
      getAlgorithmName = (): string => uri
    },
  ]),
)

function verifies(material: string, key: KeyObject, value: string, family: Family, hash: string): boolean {
  if (key.asymmetricKeyType !== family) return false
  if (family === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < minimumRsaBits) return false
  // XML signatures have the two numbers of ECDSA side by side (RFC 6931 §2.3.6).
  return createVerify(hash).update(material, 'utf8').verify({ key, dsaEncoding: 'ieee-p1363' }, value, 'base64')
}
