/** The account's password policy: set as a whole, read, deleted. */
import type { IamOperations, iam } from '@bailiwick/model'
import { compile, type PolicySet, parsePolicy } from '@bailiwick/policy'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Look, Operation, ResourceUnderRequest, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'
import { type CharacterKind, type PasswordPolicyRecord, passwordPolicies } from '../records.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

export const thePasswordPolicy = (tx: AccountReader): Promise<PasswordPolicyRecord | undefined> => tx.get(passwordPolicies, 'policy')

/** Which member asks for which kind of character. */
const requirements = [
  ['RequireSymbols', 'symbol'],
  ['RequireNumbers', 'number'],
  ['RequireUppercaseCharacters', 'uppercase'],
  ['RequireLowercaseCharacters', 'lowercase'],
] as const satisfies readonly (readonly [keyof iam.PasswordPolicy, CharacterKind])[]

/** Of a policy that says nothing about it (iam-behaviour §8). */
const defaultLength = 6

/** A full replacement: what is left out is off. */
const updateAccountPasswordPolicy: Op<'UpdateAccountPasswordPolicy'> = {
  mode: 'write',
  access: onAccount,
  shows: {
    input: [
      'MinimumPasswordLength',
      'RequireSymbols',
      'RequireNumbers',
      'RequireUppercaseCharacters',
      'RequireLowercaseCharacters',
      'AllowUsersToChangePassword',
      'MaxPasswordAge',
      'PasswordReusePrevention',
      'HardExpiry',
    ],
  },
  async run(input, { tx }) {
    await tx.put(passwordPolicies, {
      key: 'policy',
      minimumLength: input.MinimumPasswordLength ?? defaultLength,
      requiredKinds: requirements.filter(([member]) => input[member]).map(([, kind]) => kind),
      usersMayChange: input.AllowUsersToChangePassword ?? false,
      maxAgeDays: input.MaxPasswordAge ?? 0,
      remembered: input.PasswordReusePrevention ?? 0,
      ...(input.HardExpiry !== undefined && { hardExpiry: input.HardExpiry }),
    })
    return {}
  },
}

/** What was never set is left out, save that passwords do not expire (recorded fact 34). */
const shown = (policy: PasswordPolicyRecord): iam.PasswordPolicy => ({
  MinimumPasswordLength: policy.minimumLength,
  ...Object.fromEntries(requirements.map(([member, kind]) => [member, policy.requiredKinds.includes(kind)])),
  AllowUsersToChangePassword: policy.usersMayChange,
  ExpirePasswords: policy.maxAgeDays > 0,
  ...(policy.maxAgeDays > 0 && { MaxPasswordAge: policy.maxAgeDays }),
  ...(policy.remembered > 0 && { PasswordReusePrevention: policy.remembered }),
  ...(policy.hardExpiry !== undefined && { HardExpiry: policy.hardExpiry }),
})

const getAccountPasswordPolicy: Op<'GetAccountPasswordPolicy'> = {
  mode: 'read',
  access: { resource: async (_, look) => openToUsers({ arn: '*', accountId: look.tx.accountId }, 'iam:GetAccountPasswordPolicy', look) },
  shows: { input: [] },
  async run(_, { tx, fail }) {
    const policy =
      (await thePasswordPolicy(tx)) ?? fail('NoSuchEntity', `The Password Policy with domain name ${tx.accountId} cannot be found.`)
    return { PasswordPolicy: shown(policy) }
  },
}

const deleteAccountPasswordPolicy: Op<'DeleteAccountPasswordPolicy'> = {
  mode: 'write',
  access: onAccount,
  shows: { input: [] },
  async run(_, { tx, fail }) {
    if (!(await tx.delete(passwordPolicies, 'policy'))) {
      fail('NoSuchEntity', 'The account policy with name PasswordPolicy cannot be found.')
    }
    return {}
  },
}

/**
 * The resource, open to the calling user where the account lets its users change their own passwords: as a policy of the resource's own, so
 * that an explicit deny still wins. Whom a boundary limits has to be allowed like anybody else.
 */
export async function openToUsers(
  resource: ResourceUnderRequest,
  action: 'iam:ChangePassword' | 'iam:GetAccountPasswordPolicy',
  { tx, caller }: Look,
): Promise<ResourceUnderRequest> {
  if (caller.principal.kind !== 'user' || caller.inForce.boundary !== undefined) return resource
  if (!(await thePasswordPolicy(tx))?.usersMayChange) return resource
  return { ...resource, policy: { kind: 'resource', policies: grantTo(caller.principal.arn, action, resource.arn) } }
}

const grantTo = (user: string, action: string, resource: string): PolicySet =>
  compile([
    {
      name: 'AllowUsersToChangePassword',
      document: parsePolicy(
        JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: user }, Action: action, Resource: resource }],
        }),
        'lenient',
      ).document,
    },
  ])

export const passwordPolicyRows = {
  UpdateAccountPasswordPolicy: updateAccountPasswordPolicy,
  GetAccountPasswordPolicy: getAccountPasswordPolicy,
  DeleteAccountPasswordPolicy: deleteAccountPasswordPolicy,
} satisfies Partial<Rows<IamOperations>>
