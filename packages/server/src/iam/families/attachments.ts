/** Managed policies attached to users, groups and roles: the three operations that these share. */
import type { IamOperations } from '@bailiwick/model'
import type { Operation, Rows, WriteCall } from '../../pipeline/operation.js'
import { type Noun, onThe, onTheBounded, the } from '../noun.js'
import { page } from '../paging.js'
import { managedPolicyNamed } from '../policies/managed-policy.js'
import { checkQuota } from '../quota.js'
import { type AttachmentRecord, attachments, type OwnerKind } from '../records.js'
import type { Guard } from './guard.js'

type OwnerNoun = 'User' | 'Group' | 'Role'
type AttachmentNames<N extends OwnerNoun> = `Attach${N}Policy` | `Detach${N}Policy` | `ListAttached${N}Policies`
type Errors = 'NoSuchEntity' | 'LimitExceeded' | 'UnmodifiableEntity' | 'InvalidInput' | 'PolicyNotAttachable'

interface Owner {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createdAt: number
}

/** Who cannot have the policy of a service-linked role, as AWS says it. */
const ownersOfAccount: Readonly<Record<OwnerNoun, string>> = { Role: 'a Customer Role', User: 'an IAM user', Group: 'an IAM group' }

export function attachmentRows<N extends OwnerNoun, R extends Owner>(
  noun: Noun<R> & { readonly noun: N },
  guard: Guard<R>,
): Rows<IamOperations, AttachmentNames<N>> {
  const member = `${noun.noun}Name` as const
  type Named = Record<typeof member, string>
  const access = onThe<R, Named>(noun, (input) => input[member])
  const bounded = onTheBounded<R, Named>(noun, (input) => input[member])
  const onPolicy = { ...bounded, context: ({ PolicyArn }: { readonly PolicyArn: string }) => ({ 'iam:PolicyARN': PolicyArn }) }
  const attachPolicy: Operation<{ input: Named & { PolicyArn: string }; output: object; error: Errors }> = {
    mode: 'write',
    access: onPolicy,
    shows: { input: [member, 'PolicyArn'] },
    async run(input, call) {
      const owner = await the(noun, call.tx, input[member], call.fail)
      guard(owner, call.fail)
      await attach(noun, owner, input.PolicyArn, call)
      return {}
    },
  }
  const detach: Operation<{ input: Named & { PolicyArn: string }; output: object; error: Errors }> = {
    mode: 'write',
    access: onPolicy,
    shows: { input: [member, 'PolicyArn'] },
    async run(input, { tx, fail }) {
      const owner = await the(noun, tx, input[member], fail)
      guard(owner, fail)
      await managedPolicyNamed(tx, input.PolicyArn, fail)
      if (!(await tx.delete(attachments, `${owner.id}/${input.PolicyArn}`)))
        fail('NoSuchEntity', `Policy ${input.PolicyArn} was not found.`)
      return {}
    },
  }
  const list: Operation<{ input: Named & { PathPrefix?: string; Marker?: string; MaxItems?: number }; output: object; error: Errors }> = {
    mode: 'read',
    access,
    shows: { input: [member, 'PathPrefix', 'Marker', 'MaxItems'] },
    async run(input, { tx, fail }) {
      const owner = await the(noun, tx, input[member], fail)
      const { PathPrefix } = input
      const keep =
        PathPrefix === undefined || PathPrefix === '/'
          ? undefined
          : ({ policyArn }: AttachmentRecord) => policyPath(policyArn).startsWith(PathPrefix)
      const { items, answer } = await page(tx, attachments, 'owner', input, fail, { equals: owner.id, keep })
      return { AttachedPolicies: items.map(attached), ...answer }
    },
  }
  return {
    [`Attach${noun.noun}Policy`]: attachPolicy,
    [`Detach${noun.noun}Policy`]: detach,
    [`ListAttached${noun.noun}Policies`]: list,
  } as unknown as Rows<IamOperations, AttachmentNames<N>>
}

/** Attaches a managed policy, once. Fails with `NoSuchEntity`, `PolicyNotAttachable` or `LimitExceeded`. */
export async function attach<R extends Owner>(
  noun: Noun<R> & { readonly noun: OwnerNoun },
  owner: Owner,
  policyArn: string,
  { tx, fail, now }: Pick<WriteCall<Errors>, 'tx' | 'fail' | 'now'>,
): Promise<void> {
  const found =
    (await managedPolicyNamed(tx, policyArn, fail)) ?? fail('NoSuchEntity', `Policy ${policyArn} does not exist or is not attachable.`)
  if (found.owner === 'aws' && found.policy.path.startsWith('/aws-service-role/'))
    fail('PolicyNotAttachable', `Cannot attach a Service Role Policy to ${ownersOfAccount[noun.noun]}.`)
  const before = await tx.all(attachments, 'owner', owner.id)
  if (before.some((one) => one.policyArn === policyArn)) return
  await checkQuota(tx, `PoliciesPer${noun.noun}`, before.length, fail)
  await tx.put(attachments, { ownerKind: noun.word as OwnerKind, ownerId: owner.id, policyArn, at: now })
}

const policyPath = (arn: string): string => arn.slice(arn.indexOf(':policy/') + ':policy'.length)

/** As lists of attached policies show one. */
export const attached = ({ policyArn }: Pick<AttachmentRecord, 'policyArn'>): { PolicyName: string; PolicyArn: string } => ({
  PolicyName: policyArn.slice(policyArn.lastIndexOf('/') + 1),
  PolicyArn: policyArn,
})
