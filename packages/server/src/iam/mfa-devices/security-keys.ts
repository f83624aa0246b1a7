/** Security keys: enrolled where a browser can speak to one, listed and taken away like every other MFA device. */
import type { AccountTransaction } from '../../pipeline/account-store.js'
import type { ContextKeys } from '../../pipeline/operation.js'
import type { Surroundings } from '../../pipeline/surroundings.js'
import type { Owner } from '../credential-owner.js'
import { checkQuota } from '../quota.js'
import { type MfaDeviceRecord, mfaDevices, type WebAuthnCredential } from '../records.js'

type Fail = (code: 'LimitExceeded', message: string) => never

/** Who registers a key needs iam:EnableMFADevice twice: to ask for one, and for the key that was found (policy-semantics §8.3). */
export const creatingKey: ContextKeys = { 'iam:RegisterSecurityKey': 'Create' }

/** A key that is certified for nothing has no level, so that an Allow that asks for one is none. */
export const activatingKey = ({ certifications }: Pick<WebAuthnCredential, 'certifications'>): ContextKeys => ({
  'iam:RegisterSecurityKey': 'Activate',
  ...Object.fromEntries(Object.entries(certifications).map(([name, level]) => [`iam:${name}-certification`, level])),
})

/** Keeps a key whose registration was verified. `name` is what its owner calls it. Answers its serial number. */
export async function enrolSecurityKey(
  tx: AccountTransaction,
  owner: Owner,
  key: { readonly name: string; readonly webAuthn: WebAuthnCredential },
  { now, fail, surroundings }: { readonly now: number; readonly fail: Fail; readonly surroundings: Pick<Surroundings, 'randomBytes'> },
): Promise<string> {
  await checkQuota(tx, 'MFADevicesPerUser', (await tx.all(mfaDevices, 'owner', owner.id)).length, fail)
  const place = owner.UserName === undefined ? 'root-account' : `user/${owner.UserName}`
  const id = `arn:aws:iam::${tx.accountId}:u2f/${place}/${key.name}-${Buffer.from(surroundings.randomBytes(16)).toString('hex').toUpperCase()}`
  const device: MfaDeviceRecord = {
    id,
    kind: 'securityKey',
    name: key.name,
    path: '/',
    createdAt: now,
    tags: [],
    ownerId: owner.id,
    enabledAt: now,
    webAuthn: key.webAuthn,
  }
  await tx.put(mfaDevices, device)
  return id
}
