/** Whose policies are simulated: a user with its groups, a group, or a role, named by ARN. */
import type { Policy, PolicySet } from '@bailiwick/policy'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Look, ResourceUnderRequest } from '../../pipeline/operation.js'
import { type EntityType, entityArn, readEntityArn } from '../arns.js'
import { isServiceLinked } from '../families/guard.js'
import { groupNoun } from '../groups/groups.js'
import { existing } from '../noun.js'
import { groupPolicies, roleInForce, userInForce } from '../policies-in-force.js'
import { groups, roles, users } from '../records.js'
import { roleNoun } from '../roles/roles.js'
import { userNoun } from '../users/users.js'

export interface PolicySource {
  readonly kind: 'user' | 'group' | 'role'
  readonly arn: string
  readonly name: string
  readonly id: string
  readonly policies: readonly Policy[]
  readonly boundary?: PolicySet
  readonly isServiceLinked?: true
}

type Fail = (code: 'InvalidInput' | 'NoSuchEntity', message: string) => never

interface Kind {
  readonly resource: (name: string, look: Look) => Promise<ResourceUnderRequest>
  readonly named: (
    tx: AccountReader,
    name: string,
  ) => Promise<{ readonly id: string; readonly name: string; readonly path: string } | undefined>
  readonly inForce: (tx: AccountReader, id: string) => Promise<Pick<PolicySource, 'policies' | 'boundary'>>
}

/** One row a kind: how it is found, named in a denial, and what speaks for it. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [
    'user',
    {
      resource: (name, look) => existing(userNoun, name, look),
      named: (tx, name) => tx.find(users, 'name', name),
      inForce: async (tx, id) => sides(await tx.memo(userInForce, `${tx.accountId}/${id}`)),
    },
  ],
  [
    'role',
    {
      resource: (name, look) => existing(roleNoun, name, look),
      named: (tx, name) => tx.find(roles, 'name', name),
      inForce: async (tx, id) => sides(await tx.memo(roleInForce, `${tx.accountId}/${id}`)),
    },
  ],
  [
    'group',
    {
      resource: (name, look) => existing(groupNoun, name, look),
      named: (tx, name) => tx.find(groups, 'name', name),
      inForce: async (tx, id) => ({ policies: await tx.memo(groupPolicies, `${tx.accountId}/${id}`) }),
    },
  ],
])

function sides(
  inForce: { readonly identity: PolicySet; readonly boundary?: PolicySet } | undefined,
): Pick<PolicySource, 'policies' | 'boundary'> {
  if (inForce === undefined) throw new Error('an entity that was found has no policies in force')
  const { identity, boundary } = inForce
  return { policies: identity.policies, ...(boundary !== undefined && { boundary }) }
}

/** What the call is authorized on: who is called so, whatever path the ARN says. An ARN that names nothing here is still something to be denied on. */
export async function sourceResource(arn: string, look: Look): Promise<ResourceUnderRequest> {
  const named = readEntityArn(arn)
  const kind = named?.accountId === look.tx.accountId ? kinds.get(named.type) : undefined
  if (named === undefined || kind === undefined) return { arn, accountId: look.tx.accountId }
  const found = await kind.named(look.tx, named.name)
  if (found === undefined) return { arn, accountId: look.tx.accountId }
  // A denial shows the ARN, and not the kind and the name as elsewhere.
  const { called: _, ...resource } = await kind.resource(found.name, look)
  return resource
}

export async function policySource(tx: AccountReader, arn: string, fail: Fail): Promise<PolicySource> {
  const named = readEntityArn(arn)
  const kind = named && kinds.get(named.type)
  if (named === undefined || kind === undefined) return fail('InvalidInput', `Invalid ARN provided in the request: ${arn}`)
  if (named.accountId !== tx.accountId)
    fail(
      'InvalidInput',
      `Invalid Policy Source Arn: caller's account ${tx.accountId} does not have access to policies in account ${named.accountId}.`,
    )
  const found = await kind.named(tx, named.name)
  // recorded fact 80
  if (found === undefined) return fail('NoSuchEntity', 'Unable to retrieve specified IAM entity.')
  return {
    kind: named.type as PolicySource['kind'],
    arn: entityArn('aws', tx.accountId, named.type as EntityType, found),
    name: found.name,
    id: found.id,
    ...(await kind.inForce(tx, found.id)),
    ...(isServiceLinked(found) && { isServiceLinked: true }),
  }
}
