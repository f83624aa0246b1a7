/** An identity provider's metadata: who it is, and which certificates its signatures are to be checked with. */
import { X509Certificate } from 'node:crypto'
import { attemptNow, type Proof, refuse } from '../proof.js'
import * as names from './names.js'
import { attributeOf, childNamed, childrenNamed, isNamed, readXml, textOf, timeOf } from './read-xml.js'

export interface SamlMetadata {
  /** What `Issuer` must say. */
  readonly entityId: string
  /** PEM. Those for signing, and those that say no use. */
  readonly certificates: readonly string[]
  /** Epoch milliseconds; after it nothing is proven by this document. */
  readonly validUntil?: number
}

const maxCertificates = 10

/** Takes the one `EntityDescriptor` with an `IDPSSODescriptor`. */
export function readSamlMetadata(text: string): Proof<SamlMetadata> {
  return attemptNow(() => {
    const root = readXml(text)
    if (!isNamed(root, names.metadata, 'EntityDescriptor')) return refuse('malformed', 'the metadata is not an EntityDescriptor')
    const entityId = attributeOf(root, 'entityID')
    const provider = childNamed(root, names.metadata, 'IDPSSODescriptor')
    if (entityId === undefined || entityId === '') return refuse('malformed', 'the metadata has no entityID')
    if (provider === undefined) return refuse('malformed', 'the metadata has no IDPSSODescriptor')
    const certificates = childrenNamed(provider, names.metadata, 'KeyDescriptor')
      .filter((key) => (attributeOf(key, 'use') ?? 'signing') === 'signing')
      .flatMap(certificatesOf)
    if (certificates.length === 0) return refuse('malformed', 'the metadata has no certificate for signing')
    if (certificates.length > maxCertificates) return refuse('malformed', `the metadata has more than ${maxCertificates} certificates`)
    const until = [timeOf(root, 'validUntil'), timeOf(provider, 'validUntil')].filter((at) => at !== undefined)
    return { entityId, certificates, ...(until.length > 0 && { validUntil: Math.min(...until) }) }
  })
}

function certificatesOf(key: Element): string[] {
  const info = childNamed(key, names.signature, 'KeyInfo')
  const data = info === undefined ? [] : childrenNamed(info, names.signature, 'X509Data')
  return data.flatMap((each) => childrenNamed(each, names.signature, 'X509Certificate')).map((each) => pem(textOf(each)))
}

function pem(base64: string): string {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64')).toString()
  } catch {
    return refuse('malformed', 'the metadata has a certificate that cannot be read')
  }
}
