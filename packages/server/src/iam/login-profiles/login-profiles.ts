/** Login profiles: a user's password for the console. The root user's password is one too, for itself alone. */
import type { IamOperations, iam } from '@bailiwick/model'
import { accounts, wholeServer } from '../../accounts/account.js'
import { rootPasswords } from '../../accounts/new-account.js'
import { hashPassword, matchesHash } from '../../credentials/password.js'
import type { AccountReader, AccountTransaction } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import type { Surroundings } from '../../pipeline/surroundings.js'
import { named, type Owner, ownerOf } from '../credential-owner.js'
import { onThe } from '../noun.js'
import { openToUsers, thePasswordPolicy } from '../password-policy/password-policy.js'
import { passwordFault } from '../password-policy/password-rules.js'
import { type LoginProfileRecord, loginProfiles } from '../records.js'
import { theUserOrCaller, userNoun } from '../users/users.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail<Code extends string> = (code: Code, message: string) => never

/** The most that a policy can ask to be remembered, and the password in use. */
const keptHashes = 25

const missing = ({ UserName = 'root' }: Owner): string => `Login Profile for User ${UserName} cannot be found.`
const changedMeanwhile = ({ UserName = 'root' }: Owner): string =>
  `Login Profile for User ${UserName} cannot be modified while login profile is being created.`

/** The password was made for who had the name then; the call is allowed for who has it now. */
function refuseOther(before: Owner, now: Owner, fail: Fail<'NoSuchEntity'>): void {
  if (now.id !== before.id) fail('NoSuchEntity', userNoun.missing(before.UserName ?? 'root'))
}

/** The profile of a user; of the root user, what its password amounts to. */
async function profileOf(tx: AccountReader, { id }: Owner): Promise<LoginProfileRecord | undefined> {
  if (id !== tx.accountId) return tx.get(loginProfiles, id)
  const found = await tx.of(wholeServer).get(rootPasswords, id)
  if (found === undefined) return undefined
  const { createdAt } = (await tx.of(wholeServer).get(accounts, id))!
  return { userId: id, hashes: found.hash, createdAt, changedAt: found.changedAt ?? createdAt, resetRequired: false }
}

async function save(tx: AccountTransaction, profile: LoginProfileRecord): Promise<void> {
  const { userId, hashes, changedAt } = profile
  if (userId !== tx.accountId) await tx.put(loginProfiles, profile)
  else await tx.of(wholeServer).put(rootPasswords, { accountId: userId, hash: hashesIn(hashes)[0]!, changedAt })
}

const shown = (owner: Owner, { createdAt, resetRequired }: LoginProfileRecord): iam.LoginProfile => ({
  ...named(owner),
  CreateDate: new Date(createdAt),
  PasswordResetRequired: resetRequired,
})

export const hashesIn = (hashes: string): readonly string[] => hashes.split('\n')

/**
 * The hashes of a profile with a new password on top, if the account's rules take it: those of its policy, and of those before, none of as
 * many as the policy remembers. The root user is under AWS's own rules.
 */
export async function withPassword(
  tx: AccountReader,
  owner: Owner,
  before: readonly string[],
  password: string,
  { randomBytes }: Surroundings,
  fail: Fail<'PasswordPolicyViolation'>,
): Promise<string> {
  const policy = owner.id === tx.accountId ? undefined : await thePasswordPolicy(tx)
  const { name, email, alias } = (await tx.of(wholeServer).get(accounts, tx.accountId))!
  const fault = passwordFault(password, policy, [name, email, ...(alias === undefined ? [] : [alias])])
  if (fault !== undefined) fail('PasswordPolicyViolation', fault)
  for (const hash of before.slice(0, policy?.remembered ?? 0)) {
    if (await matchesHash(password, hash)) {
      fail('PasswordPolicyViolation', 'Policy constraint violation with password reuse prevention during password change.')
    }
  }
  return [await hashPassword(password, randomBytes(16)), ...before].slice(0, keptHashes).join('\n')
}

const createLoginProfile: Op<'CreateLoginProfile'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'PasswordResetRequired'], output: ['LoginProfile'] },
  async prepare({ UserName, Password, PasswordResetRequired = false }, { tx, caller, now, fail, surroundings }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    const taken = (): never => fail('EntityAlreadyExists', `Login Profile for user ${owner.UserName ?? 'root'} already exists.`)
    if (await profileOf(tx, owner)) taken()
    if (Password === undefined) {
      return fail(
        'ValidationError',
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
      )
    }
    const hashes = await withPassword(tx, owner, [], Password, surroundings, fail)
    return async ({ tx, caller }) => {
      refuseOther(owner, await ownerOf(tx, caller, UserName, fail), fail)
      if (await profileOf(tx, owner)) taken()
      const profile = { userId: owner.id, hashes, createdAt: now, changedAt: now, resetRequired: PasswordResetRequired }
      await save(tx, profile)
      return { LoginProfile: shown(owner, profile) }
    }
  },
}

const getLoginProfile: Op<'GetLoginProfile'> = {
  mode: 'read',
  access: theUserOrCaller,
  shows: { input: ['UserName'] },
  async run({ UserName }, { tx, caller, fail }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    return { LoginProfile: shown(owner, (await profileOf(tx, owner)) ?? fail('NoSuchEntity', missing(owner))) }
  },
}

const updateLoginProfile: Op<'UpdateLoginProfile'> = {
  mode: 'write',
  access: onThe(userNoun, ({ UserName }: { readonly UserName: string }) => UserName),
  shows: { input: ['UserName', 'PasswordResetRequired'] },
  async prepare({ UserName, Password, PasswordResetRequired }, { tx, caller, now, fail, surroundings }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    const before = (await profileOf(tx, owner)) ?? fail('NoSuchEntity', missing(owner))
    const hashes = Password === undefined ? undefined : await withPassword(tx, owner, hashesIn(before.hashes), Password, surroundings, fail)
    return async ({ tx, caller }) => {
      refuseOther(owner, await ownerOf(tx, caller, UserName, fail), fail)
      const profile = (await profileOf(tx, owner)) ?? fail('NoSuchEntity', missing(owner))
      if (profile.hashes !== before.hashes) fail('EntityTemporarilyUnmodifiable', changedMeanwhile(owner))
      await save(tx, {
        ...profile,
        ...(hashes !== undefined && { hashes, changedAt: now }),
        ...(PasswordResetRequired !== undefined && { resetRequired: PasswordResetRequired }),
      })
      return {}
    }
  },
}

const deleteLoginProfile: Op<'DeleteLoginProfile'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName'] },
  async run({ UserName }, { tx, caller, fail }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    const gone =
      owner.id === tx.accountId ? await tx.of(wholeServer).delete(rootPasswords, owner.id) : await tx.delete(loginProfiles, owner.id)
    // In the words of 2026; recorded fact 31 has others, from before.
    if (!gone) fail('NoSuchEntity', missing(owner))
    return {}
  },
}

/** A user's own: it needs the right to, or an account that lets its users. */
const changePassword: Op<'ChangePassword'> = {
  mode: 'write',
  access: { resource: async (_, look) => openToUsers(await theUserOrCaller.resource({}, look), 'iam:ChangePassword', look) },
  shows: { input: [] },
  async prepare({ OldPassword, NewPassword }, { tx, caller, now, fail, guesses, surroundings }) {
    if (caller.userName === undefined) fail('InvalidUserType', 'Only IAM Users can change their own password.')
    const owner = await ownerOf(tx, caller, caller.userName, fail)
    const before = (await profileOf(tx, owner)) ?? fail('NoSuchEntity', missing(owner))
    const known = hashesIn(before.hashes)
    // Whoever holds the user's access key must not find its password by trying.
    const guessedAt = `password of ${owner.id}`
    const right = await guesses.look(guessedAt, now, () => matchesHash(OldPassword, known[0]!))
    if (right !== true) fail('AccessDenied', 'The old password was incorrect.')
    const hashes = await withPassword(tx, owner, known, NewPassword, surroundings, fail)
    return async ({ tx, caller }) => {
      refuseOther(owner, await ownerOf(tx, caller, caller.userName, fail), fail)
      const profile = await profileOf(tx, owner)
      if (profile?.hashes !== before.hashes) return fail('EntityTemporarilyUnmodifiable', changedMeanwhile(owner))
      await save(tx, { ...profile, hashes, changedAt: now, resetRequired: false })
      return {}
    }
  },
}

export const loginProfileRows = {
  CreateLoginProfile: createLoginProfile,
  GetLoginProfile: getLoginProfile,
  UpdateLoginProfile: updateLoginProfile,
  DeleteLoginProfile: deleteLoginProfile,
  ChangePassword: changePassword,
} satisfies Partial<Rows<IamOperations>>
