/** Inline policies: the four operations that users, groups and roles share. */
import type { IamOperations } from '@bailiwick/model'
import { firstApiMessage, parsePolicy, policySize } from '@bailiwick/policy'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows, WriteCall } from '../../pipeline/operation.js'
import { type Noun, onThe, onTheBounded, the } from '../noun.js'
import { page } from '../paging.js'
import { quota } from '../quota.js'
import { type InlinePolicyRecord, inlinePolicies } from '../records.js'
import type { Guard } from './guard.js'

type InlineNoun = 'User' | 'Group' | 'Role'
type InlineNames<N extends InlineNoun> = `Put${N}Policy` | `Get${N}Policy` | `Delete${N}Policy` | `List${N}Policies`
type Errors = 'NoSuchEntity' | 'MalformedPolicyDocument' | 'LimitExceeded' | 'UnmodifiableEntity'

interface Owner {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly createdAt: number
}

/** The owner's policies: the one of that name, in any letter case, and the others. */
async function byName(
  tx: AccountReader,
  { id }: Owner,
  name: string,
): Promise<{ found?: InlinePolicyRecord; others: InlinePolicyRecord[] }> {
  const all = await tx.all(inlinePolicies, 'owner', id)
  const found = all.find((policy) => policy.name.toLowerCase() === name.toLowerCase())
  return { ...(found !== undefined && { found }), others: all.filter((policy) => policy !== found) }
}

/** `guard` refuses changes to entities that are not their account's to change. */
export function inlinePolicyRows<N extends InlineNoun, R extends Owner>(
  noun: Noun<R> & { readonly noun: N },
  guard: Guard<R>,
): Rows<IamOperations, InlineNames<N>> {
  const member = `${noun.noun}Name` as const
  type Named = Record<typeof member, string> & { PolicyName: string }
  const access = onThe<R, Record<typeof member, string>>(noun, (input) => input[member])
  const bounded = onTheBounded<R, Record<typeof member, string>>(noun, (input) => input[member])
  const put: Operation<{ input: Named & { PolicyDocument: string }; output: object; error: Errors }> = {
    mode: 'write',
    access: bounded,
    shows: { input: [member, 'PolicyName', 'PolicyDocument'] },
    async run(input, call) {
      const owner = await the(noun, call.tx, input[member], call.fail)
      guard(owner, call.fail)
      await putInlinePolicy(noun, owner, input, call)
      return {}
    },
  }
  const get: Operation<{ input: Named; output: object; error: Errors }> = {
    mode: 'read',
    access,
    shows: { input: [member, 'PolicyName'] },
    async run(input, { tx, fail }) {
      const owner = await the(noun, tx, input[member], fail)
      const { found = fail('NoSuchEntity', missing(noun.word, input.PolicyName)) } = await byName(tx, owner, input.PolicyName)
      // The name is said as it was asked for.
      return { [member]: owner.name, PolicyName: input.PolicyName, PolicyDocument: found.text }
    },
  }
  const remove: Operation<{ input: Named; output: object; error: Errors }> = {
    mode: 'write',
    access: bounded,
    shows: { input: [member, 'PolicyName'] },
    async run(input, { tx, fail }) {
      const owner = await the(noun, tx, input[member], fail)
      guard(owner, fail)
      const { found = fail('NoSuchEntity', missing(noun.word, input.PolicyName)) } = await byName(tx, owner, input.PolicyName)
      await tx.delete(inlinePolicies, `${owner.id}/${found.name}`)
      return {}
    },
  }
  const list: Operation<{ input: Record<typeof member, string> & { Marker?: string; MaxItems?: number }; output: object; error: Errors }> =
    {
      mode: 'read',
      access,
      shows: { input: [member, 'Marker', 'MaxItems'] },
      async run(input, { tx, fail }) {
        const owner = await the(noun, tx, input[member], fail)
        const { items, answer } = await page(tx, inlinePolicies, 'owner', input, fail, { equals: owner.id })
        return { PolicyNames: items.map(({ name }) => name), ...answer }
      },
    }
  return {
    [`Put${noun.noun}Policy`]: put,
    [`Get${noun.noun}Policy`]: get,
    [`Delete${noun.noun}Policy`]: remove,
    [`List${noun.noun}Policies`]: list,
  } as unknown as Rows<IamOperations, InlineNames<N>>
}

/** Puts an inline policy in the place of the one of its name. Fails with `MalformedPolicyDocument`, or `LimitExceeded` by the size of all. */
export async function putInlinePolicy<R extends Owner>(
  noun: Noun<R> & { readonly noun: InlineNoun },
  owner: Owner,
  { PolicyName, PolicyDocument }: { readonly PolicyName: string; readonly PolicyDocument: string },
  { tx, fail }: Pick<WriteCall<Errors>, 'tx' | 'fail'>,
): Promise<void> {
  const wrong = firstApiMessage(parsePolicy(PolicyDocument, 'identity').findings)
  if (wrong !== undefined) fail('MalformedPolicyDocument', wrong)
  const { found, others } = await byName(tx, owner, PolicyName)
  const bytes = others.reduce((sum, { text }) => sum + policySize(text), policySize(PolicyDocument))
  const most = await quota(tx, `${noun.noun}InlinePolicySize`)
  if (bytes > most) fail('LimitExceeded', `Maximum policy size of ${most} bytes exceeded for ${noun.word} ${owner.name}`)
  await tx.put(inlinePolicies, { ownerId: owner.id, name: found?.name ?? PolicyName, text: PolicyDocument })
}

const missing = (word: string, name: string): string => `The ${word} policy with name ${name} cannot be found.`
