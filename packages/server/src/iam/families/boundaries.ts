/** Permissions boundaries of users and roles. */
import type { IamOperations } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import { ApiError, fail } from '../../pipeline/api-error.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { readEntityArn } from '../arns.js'
import { type Noun, onTheBounded, the } from '../noun.js'
import { managedPolicyNamed } from '../policies/managed-policy.js'
import type { Guard } from './guard.js'

type BoundaryNoun = 'User' | 'Role'
type BoundaryNames<N extends BoundaryNoun> = `Put${N}PermissionsBoundary` | `Delete${N}PermissionsBoundary`
type Errors = 'NoSuchEntity' | 'InvalidInput' | 'PolicyNotAttachable' | 'UnmodifiableEntity'

interface Bounded {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createdAt: number
  readonly boundaryArn?: string
}

export function boundaryRows<N extends BoundaryNoun, R extends Bounded>(
  noun: Noun<R> & { readonly noun: N },
  guard: Guard<R>,
): Rows<IamOperations, BoundaryNames<N>> {
  const member = `${noun.noun}Name` as const
  type Named = Record<typeof member, string>
  const access = onTheBounded<R, Named>(noun, (input) => input[member])
  const put: Operation<{ input: Named & { PermissionsBoundary: string }; output: object; error: Errors }> = {
    mode: 'write',
    access: { ...access, context: ({ PermissionsBoundary }) => ({ 'iam:PermissionsBoundary': PermissionsBoundary }) },
    shows: { input: [member, 'PermissionsBoundary'] },
    async run(input, { tx, fail }) {
      const owner = await the(noun, tx, input[member], fail)
      guard(owner, fail)
      await checkBoundary(tx, input.PermissionsBoundary)
      await tx.put(noun.table, { ...owner, boundaryArn: input.PermissionsBoundary })
      return {}
    },
  }
  const remove: Operation<{ input: Named; output: object; error: Errors }> = {
    mode: 'write',
    access,
    shows: { input: [member] },
    async run(input, { tx, fail }) {
      const owner = await the(noun, tx, input[member], fail)
      guard(owner, fail)
      const { boundaryArn, ...without } = owner
      if (boundaryArn === undefined) fail('NoSuchEntity', `The ${noun.word} ${owner.name} has no permissions boundary.`)
      await tx.put(noun.table, without as R)
      return {}
    },
  }
  return {
    [`Put${noun.noun}PermissionsBoundary`]: put,
    [`Delete${noun.noun}PermissionsBoundary`]: remove,
  } as unknown as Rows<IamOperations, BoundaryNames<N>>
}

/**
 * A boundary must be a policy that the account may use. AWS answers the same for all operations that set one, CreateRole too, whose model
 * does not declare all of these codes; the answer calls a boundary a scope.
 */
export async function checkBoundary(tx: AccountReader, arn: string): Promise<void> {
  if ((await managedPolicyNamed(tx, arn, fail)) !== undefined) return
  if (readEntityArn(arn)?.type !== 'policy') throw new ApiError('InvalidInput', `ARN ${arn} is not valid.`, 400)
  throw new ApiError('NoSuchEntity', `Scope ARN: ${arn} does not exist or is not attachable.`, 404)
}

/** The model's enumeration says `PermissionsBoundaryPolicy`; what AWS sends is `Policy` (recorded fact 23). */
const boundaryType = 'Policy' as 'PermissionsBoundaryPolicy'

export const shownBoundary = (
  arn: string | undefined,
): { PermissionsBoundary?: { PermissionsBoundaryType: typeof boundaryType; PermissionsBoundaryArn: string } } =>
  arn === undefined ? {} : { PermissionsBoundary: { PermissionsBoundaryType: boundaryType, PermissionsBoundaryArn: arn } }
