/** The second factor, once the password was right. Who has several devices chooses one. */
import type { HttpResponse } from '@bailiwick/wire'
import { appendEvent } from '../audit/audit-trail.js'
import { codeDevice } from '../credentials/mfa-code.js'
import { afterStep, stepOfCode } from '../credentials/totp.js'
import { type MfaDeviceRecord, mfaDevices } from '../iam/records.js'
import { eventLine } from './events.js'
import { type Html, html } from './html.js'
import { alert, field, hidden, page } from './page.js'
import { failed, tooOften } from './password-step.js'
import { identityOf, type Pending, pendingFor, proceed, startAgain } from './pending.js'
import { ownerOf } from './session.js'
import { isKnownBrowser, type Visit } from './visit.js'

export async function showMfaStep(visit: Visit): Promise<HttpResponse> {
  const pending = pendingFor(visit, 'mfa')
  if (pending === undefined) return startAgain(visit)
  const devices = await devicesOf(visit, pending)
  const chosen = devices.find(({ id }) => id === visit.query.get('device')) ?? (devices.length === 1 ? devices[0] : undefined)
  if (devices.length === 0) return proceed(visit, { ...pending, needs: pending.needs.slice(1) })
  return chosen === undefined ? choices(devices) : challenge(visit, devices, chosen)
}

export const devicesOf = async ({ parts }: Visit, { accountId, ownerId }: Pending): Promise<readonly MfaDeviceRecord[]> =>
  (await parts.store.readAt('latest')).all(mfaDevices, 'owner', accountId, ownerId)

const kinds = { virtual: 'Authenticator app', securityKey: 'Security key or passkey' } as const

function choices(devices: readonly MfaDeviceRecord[]): HttpResponse {
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
</form>`
  return page({ title: 'Additional verification', body })
}

function challenge(
  { csrf }: Visit,
  devices: readonly MfaDeviceRecord[],
  device: MfaDeviceRecord,
  problem?: string,
  status = 200,
): HttpResponse {
  const body = html`${alert(problem)}
<p class="soft">${kinds[device.kind]} “${device.name}”</p>
<form method="post" action="/signin/mfa">
${hidden('csrf', csrf)}${hidden('device', device.id)}
${field({ name: 'code', label: 'MFA code', hint: 'Six digits, as the device shows them now. Each code works once.', autocomplete: 'one-time-code', numeric: true, focus: true, invalid: problem !== undefined })}
<button type="submit">Submit</button>
</form>
${others(devices)}`
  return page({ title: 'Additional verification', body, status })
}

export const others = (devices: readonly MfaDeviceRecord[]): Html | false =>
  devices.length > 1 && html`<p class="below"><a href="/signin/mfa">Use another device</a></p>`

const wrongCode = 'Your authentication code is incorrect. Please try again.'

export async function takeMfaCode(visit: Visit): Promise<HttpResponse> {
  const pending = pendingFor(visit, 'mfa')
  if (pending === undefined) return startAgain(visit)
  const devices = await devicesOf(visit, pending)
  const device = devices.find(({ id }) => id === visit.form.get('device'))
  if (device === undefined) return showMfaStep(visit)
  const guess = guessOf(visit, pending, device)
  const { guesses } = visit.parts.surroundings
  if (!guesses.mayTry(guess, visit.now)) return challenge(visit, devices, device, tooOften, 429)
  if (await usedUp(visit, pending, device, (visit.form.get('code') ?? '').replaceAll(' ', ''))) return passed(visit, pending, device)
  guesses.noteWrong(guess, visit.now)
  await failed(visit, pending.accountId, identityOf(pending), undefined, 'Yes')
  return challenge(visit, devices, device, wrongCode, 400)
}

/** Shared with the calls that bring codes, so that both together are no second way to try; a browser of the owner's counts for itself. */
export const guessOf = (visit: Visit, { accountId, ownerId }: Pending, { id }: Pick<MfaDeviceRecord, 'id'>): string =>
  isKnownBrowser(visit, ownerOf({ accountId, principalId: ownerId })) ? `${visit.browser.id} ${id}` : id

/** Whether the code is right and was never used; from now on it was. */
async function usedUp({ parts, now, connection }: Visit, pending: Pending, { id }: MfaDeviceRecord, code: string): Promise<boolean> {
  const { result } = await parts.store.transact(async (tx) => {
    const device = await tx.get(mfaDevices, pending.accountId, id)
    const known = device?.ownerId === pending.ownerId ? codeDevice(device) : undefined
    const step = known && stepOfCode(known, code, now)
    if (step === undefined) return false
    await tx.put(mfaDevices, pending.accountId, { ...device!, ...afterStep(step, now) })
    const event = {
      name: 'CheckMfa',
      accountId: pending.accountId,
      userIdentity: identityOf(pending),
      more: { MfaType: 'Virtual MFA' },
    } as const
    appendEvent(tx, eventLine(event, connection, parts.surroundings))
    return true
  })
  return result
}

export const passed = (visit: Visit, pending: Pending, device: Pick<MfaDeviceRecord, 'id'>): Promise<HttpResponse> =>
  proceed(visit, { ...pending, needs: pending.needs.slice(1), mfaAt: visit.now, mfaDevice: device.id })
