/** The first page: an account's user with name and password, or a root user with e-mail and password. */
import type { Reader } from '@bailiwick/store'
import type { HttpResponse } from '@bailiwick/wire'
import { type AccountRecord, accounts, wholeServer } from '../accounts/account.js'
import { mfaDevices, type UserRecord, users } from '../iam/records.js'
import { AccountReader } from '../pipeline/account-store.js'
import { ApiError } from '../pipeline/api-error.js'
import type { Attempt } from './attempts.js'
import { eventLine, hiddenName } from './events.js'
import { html } from './html.js'
import { alert, field, hidden, page } from './page.js'
import { identityOf, type Pending, proceed } from './pending.js'
import { ownerOf, passwordMarkOf } from './session.js'
import { checkRootPassword, checkUserPassword, type PasswordCheck } from './sign-in-password.js'
import { isKnownBrowser, passwordShown, placeHere, type Visit } from './visit.js'

type As = 'user' | 'root'

interface Shown {
  readonly as: As
  readonly account?: string
  readonly username?: string
  readonly destination?: string
  readonly problem?: string
  readonly status?: number
}

const asOf = (text: string | null): As => (text === 'root' ? 'root' : 'user')

export function showPasswordStep(visit: Visit): HttpResponse {
  const { query } = visit
  const destination = placeHere(visit, query.get('destination'))
  return form(visit, { as: asOf(query.get('as')), account: query.get('account') ?? '', ...(destination && { destination }) })
}

function form({ csrf }: Visit, { as, account = '', username = '', destination, problem, status = 200 }: Shown): HttpResponse {
  const invalid = problem !== undefined
  const link = (to: As): string => `/signin?${new URLSearchParams({ as: to, ...(destination && { destination }) })}`
  const body = html`${alert(problem)}
<nav class="tabs" aria-label="Who signs in">
<a href="${link('user')}"${as === 'user' && html` aria-current="page"`}>IAM user</a>
<a href="${link('root')}"${as === 'root' && html` aria-current="page"`}>Root user</a>
</nav>
<form method="post" action="/signin">
${hidden('csrf', csrf)}${hidden('as', as)}${hidden('destination', destination)}
${
  as === 'user'
    ? html`${field({ name: 'account', label: 'Account ID or alias', value: account, autocomplete: 'organization', focus: account === '' && !invalid, invalid })}
${field({ name: 'username', label: 'User name', value: username, autocomplete: 'username', focus: account !== '' && !invalid, invalid })}`
    : field({
        name: 'email',
        label: 'Root user e-mail address',
        type: 'email',
        value: username,
        autocomplete: 'username',
        focus: !invalid,
        invalid,
      })
}
${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password', invalid, focus: invalid })}
<button type="submit">Sign in</button>
</form>`
  return page({ title: as === 'root' ? 'Sign in as root user' : 'Sign in', body, status })
}

/** The same for a wrong password and for a user that does not exist. */
const incorrect = 'Your authentication information is incorrect. Please try again.'
export const tooOften = 'Too many attempts failed. Wait five minutes, then try again.'
const tooBusy = 'Too many people are signing in at this moment. Please try again.'
const locked = 'Your password has expired. Ask an administrator of the account to set a new one.'

export async function takePassword(visit: Visit): Promise<HttpResponse> {
  const typed = typedIn(visit)
  const again = (problem: string, status = 400): HttpResponse => form(visit, { ...typed, problem, status })
  const { as, account, username, password } = typed
  if ((as === 'user' && account === '') || username === '' || password === '') return again('Fill in all fields.')
  const { parts } = visit
  const reader = await parts.store.readAt('latest')
  const server = new AccountReader(reader, wholeServer)
  const found = as === 'root' ? await server.find(accounts, 'email', username) : await accountNamed(server, account)
  const open = found?.status === 'ACTIVE' ? found : undefined
  const attempt = await attemptOf(visit, typed, open, server)
  if (!parts.attempts.begin(attempt)) return again(tooOften, 429)

  // Invariant: one hash is checked, whoever is tried and whether the account is there.
  const check = await checked(server.of(open?.id ?? wholeServer), typed, visit.now).catch((error) => {
    if (error instanceof ApiError && error.code === 'Throttling') return undefined
    throw error
  })
  if (check === undefined) {
    parts.attempts.takeBack(attempt)
    return again(tooBusy, 503)
  }
  if (check.outcome === 'refused' || open === undefined) {
    await refusedEvent(visit, typed, open, server)
    return again(incorrect)
  }
  parts.attempts.takeBack(attempt)
  const user = check.who === 'root' ? undefined : check.who
  const pending = await pendingOf(reader, open, user, check.outcome === 'mustChange', typed.destination)
  if (check.outcome === 'locked') {
    await failed(visit, open.id, identityOf(pending), 'Password expired')
    return again(locked)
  }
  return proceed(visit, pending)
}

interface Typed {
  readonly as: As
  readonly account: string
  /** User name, or e-mail address. */
  readonly username: string
  readonly password: string
  readonly destination?: string
}

const mostTyped = 256

function typedIn(visit: Visit): Typed {
  const { form: sent } = visit
  const as = asOf(sent.get('as'))
  const text = (name: string): string => (sent.get(name) ?? '').trim().slice(0, mostTyped)
  const destination = placeHere(visit, sent.get('destination'))
  return {
    as,
    account: text('account').replace(/^(\d{4})-(\d{4})-(\d{4})$/, '$1$2$3'),
    username: text(as === 'root' ? 'email' : 'username'),
    password: (sent.get('password') ?? '').slice(0, 1024),
    ...(destination && { destination }),
  }
}

const accountNamed = (server: AccountReader, text: string): Promise<AccountRecord | undefined> =>
  /^\d{12}$/.test(text) ? server.get(accounts, text) : server.find(accounts, 'alias', text)

const checked = (tx: AccountReader, { as, username, password }: Typed, now: number): Promise<PasswordCheck<UserRecord | 'root'>> =>
  as === 'root' ? checkRootPassword(tx, password) : checkUserPassword(tx, username, password, now)

/** Counted by what was typed, whether it exists or not. An alias and an id are one account. */
async function attemptOf(
  visit: Visit,
  { as, account, username }: Typed,
  open: AccountRecord | undefined,
  server: AccountReader,
): Promise<Attempt> {
  const target = as === 'root' ? `root ${username}` : `user ${open?.id ?? account} ${username}`
  const principalId = as === 'root' ? open?.id : (await server.of(open?.id ?? wholeServer).find(users, 'name', username))?.id
  const known = open !== undefined && principalId !== undefined && (await isKnown(visit, as, { accountId: open.id, principalId }))
  return { sourceIp: visit.connection.sourceIp, target, ...(known && { knownBrowser: visit.browser.id }) }
}

async function isKnown(visit: Visit, kind: As, who: { readonly accountId: string; readonly principalId: string }): Promise<boolean> {
  const mark = await passwordMarkOf(await visit.parts.store.readAt('latest'), { kind, ...who, issuedAt: 0 })
  return mark !== undefined && isKnownBrowser(visit, passwordShown(ownerOf(who), mark))
}

async function pendingOf(
  reader: Reader,
  { id: accountId }: AccountRecord,
  user: UserRecord | undefined,
  mustChange: boolean,
  destination: string | undefined,
): Promise<Pending> {
  const kind = user === undefined ? 'root' : 'user'
  const ownerId = user?.id ?? accountId
  const devices = await reader.all(mfaDevices, 'owner', accountId, ownerId)
  const passwordMark = (await passwordMarkOf(reader, { kind, accountId, principalId: ownerId, issuedAt: 0 })) ?? ''
  return {
    kind,
    accountId,
    ownerId,
    ...(user && { userName: user.name }),
    passwordMark,
    needs: [...(devices.length > 0 ? (['mfa'] as const) : []), ...(mustChange ? (['newPassword'] as const) : [])],
    ...(destination && { destination }),
  }
}

/** Of an account that is not there nobody keeps events. */
async function refusedEvent(visit: Visit, typed: Typed, open: AccountRecord | undefined, server: AccountReader): Promise<void> {
  if (open === undefined) {
    visit.parts.audit.stranger(visit.connection, 'ConsoleLogin')
    return
  }
  const { id: accountId } = open
  if (typed.as === 'root') {
    await failed(visit, accountId, { type: 'Root', principalId: accountId, arn: `arn:aws:iam::${accountId}:root`, accountId })
    return
  }
  const user = await server.of(accountId).find(users, 'name', typed.username)
  const identity = {
    type: 'IAMUser',
    ...(user && { principalId: user.id }),
    accountId,
    accessKeyId: '',
    userName: user?.name ?? hiddenName,
  }
  await failed(visit, accountId, identity, user === undefined ? 'No username found in supplied account' : undefined)
}

export async function failed(
  { parts, connection }: Visit,
  accountId: string,
  userIdentity: object,
  failure = 'Failed authentication',
  mfaUsed = 'No',
): Promise<void> {
  const more = { LoginTo: '/signin', MobileVersion: 'No', MFAUsed: mfaUsed }
  await parts.audit.record(eventLine({ name: 'ConsoleLogin', accountId, userIdentity, failure, more }, connection, parts.surroundings))
}
