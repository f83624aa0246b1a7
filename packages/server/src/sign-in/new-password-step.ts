/** A password that has to be changed before anything else. ChangePassword does it, with the user's own right to, and tells what is wrong. */
import type { Reader } from '@bailiwick/store'
import type { HttpResponse } from '@bailiwick/wire'
import { sessionCaller } from '../callers/known-caller.js'
import { ApiError, fail } from '../pipeline/api-error.js'
import type { Caller } from '../pipeline/caller.js'
import { html } from './html.js'
import { alert, field, hidden, page } from './page.js'
import { type Pending, pendingFor, proceed, seedOf, startAgain } from './pending.js'
import { claimsOf, passwordMarkOf } from './session.js'
import type { Visit } from './visit.js'

export function showNewPasswordStep(visit: Visit): HttpResponse {
  return pendingFor(visit, 'newPassword') === undefined ? startAgain(visit) : form(visit)
}

type FieldName = 'old' | 'new' | 'again'

/** With a problem: the field that it is about has the focus. */
function form({ csrf }: Visit, problem?: string, about: FieldName = 'old'): HttpResponse {
  const state = (name: FieldName) => ({ focus: name === about, invalid: problem !== undefined && name === about })
  const body = html`${alert(problem)}
<p class="soft">Your password was set for one use, or has expired. Choose a new one to go on.</p>
<form method="post" action="/signin/new-password">
${hidden('csrf', csrf)}
${field({ name: 'old', label: 'Old password', type: 'password', autocomplete: 'current-password', ...state('old') })}
${field({ name: 'new', label: 'New password', type: 'password', autocomplete: 'new-password', ...state('new') })}
${field({ name: 'again', label: 'New password again', type: 'password', autocomplete: 'new-password', ...state('again') })}
<button type="submit">Change password</button>
</form>`
  return page({ title: 'Change your password', body, status: problem === undefined ? 200 : 400 })
}

export async function takeNewPassword(visit: Visit): Promise<HttpResponse> {
  const pending = pendingFor(visit, 'newPassword')
  if (pending === undefined) return startAgain(visit)
  const [OldPassword = '', NewPassword = '', again = ''] = ['old', 'new', 'again'].map((name) => visit.form.get(name) ?? '')
  if (OldPassword === '' || NewPassword === '') return form(visit, 'Fill in all fields.', OldPassword === '' ? 'old' : 'new')
  if (NewPassword !== again) return form(visit, 'The new passwords are not the same.', 'again')
  if (NewPassword === OldPassword) return form(visit, 'The new password must differ from the old one.', 'new')
  const problem = await changed(visit, pending, { OldPassword, NewPassword })
  if (problem !== undefined) return form(visit, problem.message, problem.code === 'PasswordPolicyViolation' ? 'new' : 'old')
  const reader = await visit.parts.store.readAt('latest')
  const passwordMark = (await passwordMarkOf(reader, seedOf(pending, visit.now))) ?? ''
  return proceed(visit, { ...pending, passwordMark, needs: pending.needs.slice(1) })
}

interface Problem {
  /** Of the API's error, where it comes from there. */
  readonly code?: string
  readonly message: string
}

/** What was wrong; undefined when it is done. */
async function changed(visit: Visit, pending: Pending, input: object): Promise<Problem | undefined> {
  const { parts, now, connection } = visit
  const reader = await parts.store.readAt('latest')
  if ((await passwordMarkOf(reader, seedOf(pending, now))) !== pending.passwordMark)
    return { message: 'Your password has been changed meanwhile. Sign in again.' }
  const claims = JSON.stringify(claimsOf(parts, seedOf(pending, now), now + 60_000, now))
  const caller = async (state: Reader): Promise<Caller> =>
    (await sessionCaller.compute(state, claims)) ?? fail('AccessDenied', 'Sign in again.')
  try {
    await parts.call({ service: 'iam', operation: 'ChangePassword', input, connection, caller })
    return undefined
  } catch (error) {
    if (error instanceof ApiError && error.code !== 'ServiceFailure') return error
    throw error
  }
}
