/** The second factor, once the password was right. Who has several devices chooses one. */
import type { HttpResponse } from '@bailiwick/wire'
import { appendEvent } from '../audit/audit-trail.js'
import { stepOfCode } from '../credentials/totp.js'
import { codeDevice, codeUsed } from '../iam/mfa-devices/mfa-code.js'
import { type MfaDeviceRecord, mfaDevices } from '../iam/records.js'
import { eventLine } from './events.js'
import { type Html, html } from './html.js'
import { alert, field, hidden, page } from './page.js'
import { failed, tooOften } from './password-step.js'
import { identityOf, type Pending, pendingFor, proceed, startAgain } from './pending.js'
import { useRecoveryCode } from './recovery-codes.js'
import { type Assertion, assertionOptions, keyForm, provenAssertion } from './security-key.js'
import { ownerOf } from './session.js'
import { isKnownBrowser, mfaShown, type Visit } from './visit.js'

export async function showMfaStep(visit: Visit): Promise<HttpResponse> {
  const pending = pendingFor(visit, 'mfa')
  if (pending === undefined) return startAgain(visit)
  const devices = await devicesOf(visit, pending)
  const chosen = devices.find(({ id }) => id === visit.query.get('device')) ?? (devices.length === 1 ? devices[0] : undefined)
  if (devices.length === 0) return proceed(visit, { ...pending, needs: pending.needs.slice(1) })
  return chosen === undefined ? choices(pending, devices) : challenge(visit, pending, devices, chosen)
}

export const devicesOf = async ({ parts }: Visit, { accountId, ownerId }: Pending): Promise<readonly MfaDeviceRecord[]> =>
  (await parts.store.readAt('latest')).all(mfaDevices, 'owner', accountId, ownerId)

const kinds = { virtual: 'Authenticator app', securityKey: 'Security key or passkey' } as const

function choices(pending: Pending, devices: readonly MfaDeviceRecord[]): HttpResponse {
  const body = html`<form method="get" action="/signin/mfa">
<fieldset>
<legend>Choose the device that you want to sign in with</legend>
${devices.map(
  (
    { id, name, kind },
    at,
  ) => html`<label class="choice"><input type="radio" name="device" value="${id}" required${at === 0 && html` checked`}>
<span>${name}<small>${kinds[kind]}</small></span></label>
`,
)}
</fieldset>
<button type="submit">Next</button>
</form>
${otherWays(pending, devices.slice(0, 1))}`
  return page({ title: 'Additional verification', body })
}

function challenge(
  visit: Visit,
  pending: Pending,
  devices: readonly MfaDeviceRecord[],
  device: MfaDeviceRecord,
  problem?: string,
  status = 200,
): HttpResponse {
  const { csrf } = visit
  const isKey = device.webAuthn !== undefined
  const code = field({
    name: 'code',
    label: 'MFA code',
    hint: 'Six digits, as the device shows them now. Each code works once.',
    autocomplete: 'one-time-code',
    numeric: true,
    focus: true,
    invalid: problem !== undefined,
  })
  const which = hidden('device', device.id)!
  const body = html`${alert(problem)}
<p class="soft">${kinds[device.kind]} “${device.name}”</p>
${
  isKey
    ? keyForm('/signin/mfa', 'get', assertionOptions(visit, device), csrf, which, 'Use the key')
    : html`<form method="post" action="/signin/mfa">${hidden('csrf', csrf)}${which}
${code}
<button type="submit">Submit</button>
</form>`
}
${otherWays(pending, devices)}`
  return page({ title: 'Additional verification', body, status, ...(isKey && { script: '/signin/security-key.js' }) })
}

const otherWays = (
  { kind }: Pending,
  devices: readonly MfaDeviceRecord[],
): Html => html`${devices.length > 1 && html`<p class="below"><a href="/signin/mfa">Use another device</a></p>`}
${kind === 'root' && html`<p class="below"><a href="/signin/recovery-code">Use a recovery code</a></p>`}`

const wrongKey = 'The key could not be verified. Please try again.'
const wrongCode = 'Your authentication code is incorrect. Please try again.'

export async function takeMfaCode(visit: Visit): Promise<HttpResponse> {
  const pending = pendingFor(visit, 'mfa')
  if (pending === undefined) return startAgain(visit)
  const devices = await devicesOf(visit, pending)
  const device = devices.find(({ id }) => id === visit.form.get('device'))
  if (device === undefined) return showMfaStep(visit)
  const guess = guessOf(visit, pending, device)
  const { guesses } = visit.parts.surroundings
  const right = await guesses.look(guess, visit.now, () => usedUp(visit, pending, device))
  if (right === undefined) return challenge(visit, pending, devices, device, tooOften, 429)
  if (right) return passed(visit, pending, device)
  await failed(visit, pending.accountId, identityOf(pending), undefined, 'Yes')
  return challenge(visit, pending, devices, device, device.webAuthn === undefined ? wrongCode : wrongKey, 400)
}

/** Shared with the calls that bring codes, so that both together are no second way to try; a browser of the owner's counts for itself. */
export const guessOf = (visit: Visit, { accountId, ownerId }: Pending, { id }: Pick<MfaDeviceRecord, 'id'>): string =>
  isKnownBrowser(visit, mfaShown(ownerOf({ accountId, principalId: ownerId }))) ? `${visit.browser.id} ${id}` : id

/** Whether what came is the device's and was never used; from now on it was. */
async function usedUp(visit: Visit, pending: Pending, { id, webAuthn }: MfaDeviceRecord): Promise<boolean> {
  const { parts, now, connection, form } = visit
  const { accountId, ownerId } = pending
  const code = (form.get('code') ?? '').replaceAll(' ', '')
  const before = await (await parts.store.readAt('latest')).get(mfaDevices, accountId, id)
  const assertion = webAuthn === undefined || before === undefined ? undefined : await provenAssertion(visit, before)
  const { result } = await parts.store.transact(async (tx) => {
    const device = await tx.get(mfaDevices, accountId, id)
    if (device?.ownerId !== ownerId) return false
    const after = device.webAuthn === undefined ? afterCode(device, code, now) : afterSignature(device, assertion)
    if (after === undefined) return false
    await tx.put(mfaDevices, accountId, after)
    const more = { MfaType: device.webAuthn === undefined ? 'Virtual MFA' : 'U2F MFA' }
    appendEvent(tx, eventLine({ name: 'CheckMfa', accountId, userIdentity: identityOf(pending), more }, connection, parts.surroundings))
    return true
  })
  return result
}

function afterCode(device: MfaDeviceRecord, code: string, now: number): MfaDeviceRecord | undefined {
  const known = codeDevice(device)
  const step = known && stepOfCode(known, code, now)
  return step === undefined ? undefined : codeUsed(device, step)
}

/**
 * Each challenge is answered once: an answer that is seen again proves nothing. A count that does not grow comes from a copy of the key;
 * keys that do not count say 0 for ever.
 */
function afterSignature(device: MfaDeviceRecord, assertion: Assertion | undefined): MfaDeviceRecord | undefined {
  const webAuthn = device.webAuthn!
  if (assertion === undefined || assertion.answeredAt <= (webAuthn.answeredAt ?? -1)) return undefined
  const { signCount } = assertion
  const grew = signCount > webAuthn.signCount || (signCount === 0 && webAuthn.signCount === 0)
  return grew ? { ...device, webAuthn: { ...webAuthn, ...assertion } } : undefined
}

export const passed = (visit: Visit, pending: Pending, device: Pick<MfaDeviceRecord, 'id'>): Promise<HttpResponse> =>
  proceed(visit, { ...pending, needs: pending.needs.slice(1), mfaAt: visit.now, mfaDevice: device.id })

export function showRecoveryStep(visit: Visit): HttpResponse {
  return pendingFor(visit, 'mfa')?.kind === 'root' ? recoveryForm(visit) : startAgain(visit)
}

function recoveryForm({ csrf }: Visit, problem?: string, status = 200): HttpResponse {
  const body = html`${alert(problem)}
<form method="post" action="/signin/recovery-code">${hidden('csrf', csrf)}
${field({ name: 'code', label: 'Recovery code', hint: 'Each works once.', focus: true, invalid: problem !== undefined })}
<button type="submit">Submit</button>
</form>
<p class="below"><a href="/signin/mfa">Use an MFA device</a></p>`
  return page({ title: 'Use a recovery code', body, status })
}

/** In place of a device, and no proof that there was one: the session says that MFA was not used. */
export async function takeRecoveryCode(visit: Visit): Promise<HttpResponse> {
  const pending = pendingFor(visit, 'mfa')
  if (pending?.kind !== 'root') return startAgain(visit)
  const { parts, now, connection, form } = visit
  const { accountId } = pending
  const guess = guessOf(visit, pending, { id: `recovery code ${accountId}` })
  const use = async (): Promise<boolean> => {
    const { result } = await parts.store.transact(async (tx) => {
      if (!(await useRecoveryCode(tx, accountId, (form.get('code') ?? '').slice(0, 64)))) return false
      const more = { MfaType: 'Recovery code' }
      appendEvent(tx, eventLine({ name: 'CheckMfa', accountId, userIdentity: identityOf(pending), more }, connection, parts.surroundings))
      return true
    })
    return result
  }
  const used = await parts.surroundings.guesses.look(guess, now, use)
  if (used === undefined) return recoveryForm(visit, tooOften, 429)
  if (used) return proceed(visit, { ...pending, needs: pending.needs.slice(1) })
  await failed(visit, accountId, identityOf(pending), undefined, 'Yes')
  return recoveryForm(visit, 'Your recovery code is incorrect. Please try again.', 400)
}
