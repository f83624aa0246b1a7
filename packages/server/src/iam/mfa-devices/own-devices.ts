/** What an IAM user must have shown before its own devices are changed, as AWS was recorded to ask for it in 2026. */
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Caller } from '../../pipeline/caller.js'
import type { Owner } from '../credential-owner.js'
import { mfaDevices } from '../records.js'

type Fail = (code: 'AccessDenied', message: string) => never

const withoutMfa = 'To complete this action, please ensure that you are authenticated with an MFA device that is enabled for this user.'

/**
 * A user that has a device adds another to itself, or takes one away, only in a session that a device has opened, whatever its policies
 * say: so a key that was stolen gets round no MFA. The root user, and users that manage others, are not asked.
 */
export async function refuseWithoutMfa(tx: AccountReader, caller: Caller, owner: Owner, fail: Fail): Promise<void> {
  if (caller.principal.kind !== 'user' || caller.userId !== owner.id || caller.session?.mfa === true) return
  if ((await tx.all(mfaDevices, 'owner', owner.id)).length > 0) fail('AccessDenied', withoutMfa)
}
