/** The code of an MFA device that comes with a call: is it the caller's, is it right, and was it never used (recorded fact 63). */

import type { Guesses } from '../../credentials/guesses.js'
import { afterCode, type CodeDevice, stepOfCode } from '../../credentials/totp.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { Caller } from '../../pipeline/caller.js'
import type { ContextKeys, UsesUp } from '../../pipeline/operation.js'
import { type MfaDeviceRecord, mfaDevices } from '../records.js'

export interface CodeGiven {
  readonly SerialNumber?: string
  readonly TokenCode?: string
}

interface Proving {
  readonly requestId: string
  readonly tx: AccountReader
  readonly caller: Caller
  readonly now: number
  readonly guesses: Guesses
}

interface Proven {
  readonly device: MfaDeviceRecord
  readonly step: number
}

/** Two blanks here and one at the end there, as AWS has it. */
const noSuchDevice =
  'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.'
const wrongCode = 'MultiFactorAuthentication failed with invalid MFA one time pass code. '
const onlyHalf = 'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.'

/** Undefined when no code came; a wrong one ends the call. */
async function proven(
  { tx, requestId, caller, now, guesses }: Proving,
  { SerialNumber, TokenCode }: CodeGiven,
): Promise<Proven | undefined> {
  if (SerialNumber === undefined && TokenCode === undefined) return undefined
  if (SerialNumber === undefined || TokenCode === undefined) return fail('AccessDenied', onlyHalf)
  const device = await tx.of(caller.accountId).get(mfaDevices, SerialNumber)
  const code = device && codeDevice(device)
  if (device?.ownerId !== caller.userId || code === undefined) return fail('AccessDenied', noSuchDevice)
  if (!guesses.codeChecks.mayLook(SerialNumber, requestId, now)) return fail('AccessDenied', noSuchDevice)
  const step = stepOfCode(code, TokenCode, now)
  if (step !== undefined) return { device, step }
  // So that sign-in is no second way to try.
  guesses.noteWrong(SerialNumber, now)
  return fail('AccessDenied', wrongCode)
}

/** A device that makes codes; a security key makes none. */
export const codeDevice = ({ seed, drift = 0, lastStep = 0, usedSteps = [] }: MfaDeviceRecord): CodeDevice | undefined =>
  seed === undefined ? undefined : { seed: Buffer.from(seed, 'base64'), drift, lastStep, usedSteps }

/** The device once its code of that step was used. */
export const codeUsed = (device: MfaDeviceRecord, step: number): MfaDeviceRecord => ({ ...device, ...afterCode(codeDevice(device)!, step) })

/** What a request with a right code has in its context; undefined when no code came. */
export async function codeKeys(proving: Proving, given: CodeGiven): Promise<ContextKeys | undefined> {
  if ((await proven(proving, given)) === undefined) return undefined
  return { 'aws:MultiFactorAuthPresent': 'true', 'aws:MultiFactorAuthAge': '0' }
}

/** For the rows of calls that may bring a code: it is good once, whatever comes of the call's session. */
export const usesUpCode: UsesUp<CodeGiven> = {
  when: ({ SerialNumber, TokenCode }) => SerialNumber !== undefined || TokenCode !== undefined,
  async run(given, call) {
    const { device, step } = (await proven(call, given))!
    await call.tx.of(call.caller.accountId).put(mfaDevices, codeUsed(device, step))
  },
}
