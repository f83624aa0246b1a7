/** Security keys and passkeys (WebAuthn): what the browser is asked for, and whether the answer is right. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { MfaDeviceRecord, WebAuthnCredential } from '../iam/records.js'
import { type Html, html } from './html.js'
import { hidden } from './page.js'
import type { Visit } from './visit.js'

/** The challenge that this browser was given, and for what. */
interface Asked {
  readonly challenge: string
  readonly of: string
  /** Epoch milliseconds. */
  readonly at: number
}

const askedSeconds = 300

/** The place that keys are made for, as browsers see it. */
const partyOf = ({ parts }: Visit): { readonly id: string; readonly origin: string } => {
  const { hostname, origin } = new URL(parts.surroundings.federation.publicUrl())
  return { id: hostname, origin }
}

const challengeFor = (visit: Visit, of: string): string => {
  const { parts, now } = visit
  const challenge = Buffer.from(parts.surroundings.randomBytes(32)).toString('base64url')
  visit.setCookie('key', parts.sealer.seal('key', { challenge, of, at: now } satisfies Asked, now + askedSeconds * 1000), askedSeconds)
  return challenge
}

/** Undefined when this browser was asked for something else, or nothing. What it was asked for is forgotten. */
function askedOf(visit: Visit, of: string): Asked | undefined {
  const asked = visit.parts.sealer.open<Asked>('key', visit.cookie('key'), visit.now)
  visit.setCookie('key')
  return asked?.of === of ? asked : undefined
}

const algorithms = [-7, -8, -257]

export interface Owner {
  readonly id: string
  readonly name: string
}

export function registrationOptions(visit: Visit, owner: Owner, devices: readonly MfaDeviceRecord[]): object {
  const { id } = partyOf(visit)
  return {
    challenge: challengeFor(visit, `create ${owner.id}`),
    rp: { id, name: 'Bailiwick' },
    user: { id: Buffer.from(owner.id).toString('base64url'), name: owner.name, displayName: owner.name },
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    excludeCredentials: credentialsOf(devices),
    authenticatorSelection: { userVerification: 'preferred', residentKey: 'preferred' },
    attestation: 'none',
    timeout: 120_000,
  }
}

export const assertionOptions = (visit: Visit, device: MfaDeviceRecord): object => ({
  challenge: challengeFor(visit, `get ${device.id}`),
  rpId: partyOf(visit).id,
  allowCredentials: credentialsOf([device]),
  userVerification: 'preferred',
  timeout: 120_000,
})

const credentialsOf = (devices: readonly MfaDeviceRecord[]): readonly object[] =>
  devices.flatMap(({ webAuthn }) => (webAuthn === undefined ? [] : [{ type: 'public-key', id: webAuthn.credentialId }]))

/** The form that the script fills in. */
export const keyForm = (action: string, kind: 'create' | 'get', options: object, csrf: string, more: Html, button: string): Html =>
  html`<form method="post" action="${action}" data-key="${kind}" data-options="${JSON.stringify(options)}">
${hidden('csrf', csrf)}<input type="hidden" name="credential" value="">${more}
<p id="key-status" class="hint" role="status"></p>
<noscript><p class="alert">A security key needs JavaScript in this browser.</p></noscript>
<button type="submit">${button}</button>
</form>`

/** Undefined when nothing is proven. */
export async function provenRegistration(visit: Visit, owner: Owner): Promise<WebAuthnCredential | undefined> {
  const asked = askedOf(visit, `create ${owner.id}`)
  const response = credentialIn<RegistrationResponseJSON>(visit)
  if (asked === undefined || response === undefined) return undefined
  const { id, origin } = partyOf(visit)
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  const expected = { expectedChallenge: asked.challenge, expectedOrigin: origin, expectedRPID: id, supportedAlgorithmIDs: algorithms }
  const { registrationInfo } = await verifyRegistrationResponse({ response, ...expected, requireUserVerification: false }).catch(() => ({
    registrationInfo: undefined,
  }))
  if (registrationInfo === undefined) return undefined
  const { credential } = registrationInfo
  const publicKey = Buffer.from(credential.publicKey).toString('base64url')
  return { credentialId: credential.id, publicKey, signCount: credential.counter, certifications: {} }
}

export type Assertion = Pick<Required<WebAuthnCredential>, 'signCount' | 'answeredAt'>

/** The key's new count of signatures, and which challenge it answered; undefined when nothing is proven. */
export async function provenAssertion(visit: Visit, device: MfaDeviceRecord): Promise<Assertion | undefined> {
  const asked = askedOf(visit, `get ${device.id}`)
  const response = credentialIn<AuthenticationResponseJSON>(visit)
  const { webAuthn } = device
  if (asked === undefined || response === undefined || webAuthn === undefined || response.id !== webAuthn.credentialId) return undefined
  const { id, origin } = partyOf(visit)
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const credential = {
    id: webAuthn.credentialId,
    publicKey: new Uint8Array(Buffer.from(webAuthn.publicKey, 'base64url')),
    counter: webAuthn.signCount,
  }
  const expected = { expectedChallenge: asked.challenge, expectedOrigin: origin, expectedRPID: id, credential }
  const checked = await verifyAuthenticationResponse({ response, ...expected, requireUserVerification: false }).catch(() => undefined)
  return checked?.verified === true ? { signCount: checked.authenticationInfo.newCounter, answeredAt: asked.at } : undefined
}

/** As the script wrote it. The library reads the rest, and refuses what it cannot. */
function credentialIn<T extends { readonly id: string }>({ form }: Visit): T | undefined {
  try {
    const value: unknown = JSON.parse(form.get('credential') ?? '')
    return typeof value === 'object' && value !== null && 'id' in value ? (value as T) : undefined
  } catch {
    return undefined
  }
}
