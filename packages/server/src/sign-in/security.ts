/** What one can do for one's own sign-in: add a security key or a passkey; and make recovery codes, for a root user. */
import type { Reader } from '@bailiwick/store'
import type { HttpResponse } from '@bailiwick/wire'
import { appendEvent } from '../audit/audit-trail.js'
import { refuseWithoutMfa } from '../iam/mfa-devices/own-devices.js'
import { activatingKey, creatingKey, enrolSecurityKey } from '../iam/mfa-devices/security-keys.js'
import { type MfaDeviceRecord, mfaDevices, users } from '../iam/records.js'
import { AccountTransaction } from '../pipeline/account-store.js'
import { ApiError, fail } from '../pipeline/api-error.js'
import { commonContext, decideOn } from '../pipeline/authorize.js'
import type { Caller } from '../pipeline/caller.js'
import type { ContextKeys } from '../pipeline/operation.js'
import { eventLine } from './events.js'
import { eventOf, type SignedInVisit } from './home.js'
import { type Html, html } from './html.js'
import { alert, field, hidden, page, redirect } from './page.js'
import { newRecoveryCodes } from './recovery-codes.js'
import { keyForm, type Owner, provenRegistration, registrationOptions } from './security-key.js'
import { whileOpen } from './session.js'

/** For users and roots that are signed in as themselves; a role has no devices. */
function ownerIn({ session }: SignedInVisit): Owner | undefined {
  const { caller, record } = session
  if (record.seed.signedIn !== true || caller.principal.kind === 'role') return undefined
  return { id: record.seed.principalId, name: caller.userName ?? 'root user' }
}

export async function showSecurity(visit: SignedInVisit, problem?: string): Promise<HttpResponse> {
  const owner = ownerIn(visit)
  if (owner === undefined) return redirect('/signin/home')
  const devices = await (await visit.parts.store.readAt('latest')).all(mfaDevices, 'owner', visit.session.caller.accountId, owner.id)
  const name = field({ name: 'name', label: 'Name of the key', hint: 'Letters, digits and _ + = , . @ -' })
  const options = registrationOptions(visit, owner, devices)
  const body = html`${alert(problem)}
${visit.query.has('added') && html`<p class="note" role="status">The key was added.</p>`}
<h2>MFA devices</h2>
${listed(devices)}
<h2>Add a security key or passkey</h2>
${keyForm('/signin/security/keys', 'create', options, visit.csrf, name, 'Add key')}
${isRoot(visit) && recovery(visit)}
<p class="below"><a href="/signin/home">Back</a></p>`
  return page({
    title: isRoot(visit) ? 'Security keys and recovery codes' : 'Security keys',
    body,
    script: '/signin/security-key.js',
    wide: true,
    status: problem === undefined ? 200 : 400,
  })
}

const listed = (devices: readonly MfaDeviceRecord[]): Html =>
  devices.length === 0
    ? html`<p class="soft">There is none yet.</p>`
    : html`<ul class="list">${devices.map(({ name, id, kind }) => html`<li><div><strong>${name}</strong><br><small class="soft">${id}</small></div><span class="soft">${kind === 'virtual' ? 'Authenticator app' : 'Security key'}</span></li>`)}</ul>`

const isRoot = ({ session }: SignedInVisit): boolean => session.caller.principal.kind === 'root'

const recovery = ({ csrf, session }: SignedInVisit): Html => html`<h2>Recovery codes</h2>
<p class="soft">Ten codes that open the root user when its MFA device is lost, each once. New ones end those from before.</p>
${
  session.record.seed.mfaAt === undefined
    ? html`<p>Sign in with an MFA device to make them.</p>`
    : html`<form method="post" action="/signin/security/recovery-codes">${hidden('csrf', csrf)}<button class="plain">Make new recovery codes</button></form>`
}`

export async function addSecurityKey(visit: SignedInVisit): Promise<HttpResponse> {
  const owner = ownerIn(visit)
  if (owner === undefined) return redirect('/signin/home')
  const { parts, session, now, connection, form } = visit
  const { caller } = session
  const name = (form.get('name') ?? '').trim()
  if (!/^[\w+=,.@-]{1,64}$/.test(name)) return showSecurity(visit, 'The name must be 1 to 64 letters, digits or _ + = , . @ -')
  const denial = `User: ${caller.arn} is not authorized to perform: iam:EnableMFADevice on resource: ${caller.arn}`
  const refused = async (failure: string): Promise<HttpResponse> => {
    await parts.audit.record(eventLine({ ...eventOf('SecurityKeyAdded', session), failure }, connection, parts.surroundings))
    return showSecurity(visit, failure)
  }
  if (!(await mayEnable(visit, caller, owner, creatingKey))) return refused(denial)
  const webAuthn = await provenRegistration(visit, owner)
  if (webAuthn === undefined) return showSecurity(visit, 'The key could not be verified. Try again.')
  try {
    const serial = await whileOpen(parts, session, now, async (tx, { caller }) => {
      if (!(await mayEnable(visit, caller, owner, activatingKey(webAuthn), tx))) fail('AccessDenied', denial)
      const account = new AccountTransaction(tx, caller.accountId)
      const whose = { id: owner.id, ...(caller.userName !== undefined && { UserName: caller.userName }) }
      await refuseWithoutMfa(account, caller, whose, fail)
      const serial = await enrolSecurityKey(account, whose, { name, webAuthn }, { now, fail, surroundings: parts.surroundings })
      appendEvent(
        tx,
        eventLine({ ...eventOf('SecurityKeyAdded', session), more: { serialNumber: serial } }, connection, parts.surroundings),
      )
      return serial
    })
    if (serial === undefined) return redirect('/signin')
  } catch (error) {
    if (error instanceof ApiError) return refused(error.message)
    throw error
  }
  return redirect('/signin/security?added')
}

/** As EnableMFADevice would be decided for this user. */
async function mayEnable(
  { parts, connection, now }: SignedInVisit,
  caller: Caller,
  owner: Owner,
  context: ContextKeys,
  state?: Reader,
): Promise<boolean> {
  const user = await (state ?? (await parts.store.readAt('latest'))).get(users, caller.accountId, owner.id)
  const resource = { arn: caller.arn, accountId: caller.accountId, ...(user && { tags: user.tags }) }
  const common = commonContext(caller, connection, parts.surroundings.defaultRegion, now)
  return decideOn({ action: 'iam:EnableMFADevice', resource, context }, caller, common).decision.verdict === 'Allowed'
}

export async function makeRecoveryCodes(visit: SignedInVisit): Promise<HttpResponse> {
  const { parts, session, connection, now } = visit
  if (!isRoot(visit) || session.record.seed.mfaAt === undefined) return redirect('/signin/security')
  const { accountId } = session.caller
  const codes = await whileOpen(parts, session, now, async (tx) => {
    appendEvent(tx, eventLine(eventOf('RecoveryCodesCreated', session), connection, parts.surroundings))
    return newRecoveryCodes(tx, accountId, parts.surroundings.randomBytes)
  })
  if (codes === undefined) return redirect('/signin')
  const body = html`<p>Keep these codes where only you find them. They are shown this once, and each works once.</p>
<ul class="codes">${codes.map((code) => html`<li>${code}</li>`)}</ul>
<p class="below"><a href="/signin/security">Done</a></p>`
  return page({ title: 'Your recovery codes', body, wide: true })
}
