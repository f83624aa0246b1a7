/**
 * A certificate that no public authority vouches for counts when an administrator registered its thumbprint, or that of an authority
 * above it: SHA-1 of the certificate, as IAM has it.
 */
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'

const maxChain = 10

/** `now` is epoch milliseconds. A chain is only as long as each certificate in it was really signed by the next. */
export function isPinned(socket: TLSSocket, host: string, thumbprints: readonly string[], now: number): boolean {
  const wanted = new Set(thumbprints.map((each) => each.toUpperCase()))
  const sent = sentChain(socket)
  const [leaf] = sent
  const named = isIP(host) === 0 ? leaf?.checkHost(host) : leaf?.checkIP(host)
  if (named === undefined) return false
  for (let at = 0; at < sent.length; at++) {
    const certificate = sent[at]!
    if (at > 0 && !isSignedBy(sent[at - 1]!, certificate)) return false
    if (Date.parse(certificate.validFrom) > now || Date.parse(certificate.validTo) < now) return false
    if (wanted.has(certificate.fingerprint.replaceAll(':', ''))) return true
  }
  return false
}

const isSignedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)

/** As the server sent it, its own first. A root names itself as its issuer. */
function sentChain(socket: TLSSocket): X509Certificate[] {
  const chain: X509Certificate[] = []
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  let last = ''
  while (next?.raw !== undefined && next.fingerprint256 !== last && chain.length < maxChain) {
    chain.push(new X509Certificate(next.raw))
    last = next.fingerprint256
    next = next.issuerCertificate
  }
  return chain
}
