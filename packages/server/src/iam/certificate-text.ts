/** X.509 certificates as text: PEM, and nothing around it. */
import { X509Certificate } from 'node:crypto'

const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/** The certificates of the text, in order; undefined when it holds none, or anything besides. */
export function readCertificates(pem: string): readonly X509Certificate[] | undefined {
  if (pem.replaceAll(block, '').trim() !== '') return undefined
  try {
    const found = (pem.match(block) ?? []).map((text) => new X509Certificate(text))
    return found.length > 0 ? found : undefined
  } catch {
    return undefined
  }
}

/** Undefined unless the text is one certificate. */
export function readCertificate(pem: string): X509Certificate | undefined {
  const [first, ...rest] = readCertificates(pem) ?? []
  return rest.length > 0 ? undefined : first
}

/** Epoch milliseconds. */
export const expiryOf = ({ validTo }: X509Certificate): number => Date.parse(validTo)
export const beginOf = ({ validFrom }: X509Certificate): number => Date.parse(validFrom)
