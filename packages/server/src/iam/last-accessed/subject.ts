/** The user, group, role or policy that a report is about: its policies, and the users and roles whose use of them counts. */
import type { PolicyDocument } from '@bailiwick/policy'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { Caller } from '../../pipeline/caller.js'
import type { Access, Look, ResourceUnderRequest } from '../../pipeline/operation.js'
import { type EntityArn, readEntityArn } from '../arns.js'
import { groupNoun } from '../groups/groups.js'
import { existing } from '../noun.js'
import { managedPolicyNamed } from '../policies/managed-policy.js'
import { managedPolicyText } from '../policies-in-force.js'
import { policyDocument } from '../policy-documents.js'
import { attachments, groups, inlinePolicies, memberships, roles, users } from '../records.js'
import { roleNoun } from '../roles/roles.js'
import { userNoun } from '../users/users.js'

/** A policy as AWS tells of it in answers. */
export interface HeldPolicy {
  readonly document: PolicyDocument
  readonly shown: {
    readonly PolicyName: string
    readonly PolicyType: 'INLINE' | 'MANAGED'
    readonly PolicyArn?: string
    readonly EntityType?: 'USER' | 'ROLE' | 'GROUP'
    readonly EntityName?: string
  }
}

/** A user or role whose attempts count. */
export interface Actor {
  readonly type: 'user' | 'role'
  readonly id: string
  readonly name: string
  readonly path: string
}

export interface Subject {
  readonly policies: readonly HeldPolicy[]
  readonly actors: readonly Actor[]
}

interface Owner {
  readonly id: string
  readonly name: string
  readonly path: string
}

interface Kind {
  readonly resource: (arn: EntityArn, text: string, look: Look) => Promise<ResourceUnderRequest>
  /** Undefined when there is none. */
  readonly subject: (tx: AccountReader, arn: EntityArn, text: string) => Promise<Subject | undefined>
}

const actor = (type: Actor['type'], { id, name, path }: Owner): Actor => ({ type, id, name, path })

/** The policies in the account's own hands and AWS's, inline first. */
async function policiesOf(tx: AccountReader, EntityType: 'USER' | 'ROLE' | 'GROUP', { id, name }: Owner): Promise<HeldPolicy[]> {
  const inline = (await tx.all(inlinePolicies, 'owner', id)).map(
    (policy): HeldPolicy => ({
      document: policyDocument(policy.text),
      shown: { PolicyName: policy.name, PolicyType: 'INLINE', EntityType, EntityName: name },
    }),
  )
  const attached = await tx.all(attachments, 'owner', id)
  return [...inline, ...(await Promise.all(attached.map(({ policyArn }) => managed(tx, policyArn))))]
}

async function managed(tx: AccountReader, arn: string): Promise<HeldPolicy> {
  const text = await tx.memo(defaultVersionText, `${tx.accountId}/${arn}`)
  if (text === undefined) throw new Error(`managed policy ${arn} is in use but cannot be found`)
  return {
    document: policyDocument(text),
    shown: { PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyType: 'MANAGED', PolicyArn: arn },
  }
}

const defaultVersionText = {
  name: 'iam.default-version-text',
  compute: (reader: Parameters<typeof managedPolicyText>[0], id: string) => {
    const slash = id.indexOf('/')
    return managedPolicyText(reader, id.slice(0, slash), id.slice(slash + 1))
  },
}

async function usersIn(tx: AccountReader, groupId: string): Promise<Actor[]> {
  const members = await Promise.all((await tx.all(memberships, 'group', groupId)).map(({ userId }) => tx.get(users, userId)))
  return members.filter((user) => user !== undefined).map((user) => actor('user', user))
}

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [
    'user',
    {
      resource: ({ name }, _, look) => existing(userNoun, name, look),
      async subject(tx, arn) {
        const user = await tx.find(users, 'name', arn.name)
        if (user === undefined) return undefined
        const inGroups = await Promise.all((await tx.all(memberships, 'user', user.id)).map(({ groupId }) => tx.get(groups, groupId)))
        const ofGroups = inGroups.filter((group) => group !== undefined).map((group) => policiesOf(tx, 'GROUP', group))
        return {
          policies: [...(await policiesOf(tx, 'USER', user)), ...(await Promise.all(ofGroups)).flat()],
          actors: [actor('user', user)],
        }
      },
    },
  ],
  [
    'group',
    {
      resource: ({ name }, _, look) => existing(groupNoun, name, look),
      async subject(tx, arn) {
        const group = await tx.find(groups, 'name', arn.name)
        return group && { policies: await policiesOf(tx, 'GROUP', group), actors: await usersIn(tx, group.id) }
      },
    },
  ],
  [
    'role',
    {
      resource: ({ name }, _, look) => existing(roleNoun, name, look),
      async subject(tx, arn) {
        const role = await tx.find(roles, 'name', arn.name)
        return role && { policies: await policiesOf(tx, 'ROLE', role), actors: [actor('role', role)] }
      },
    },
  ],
  [
    'policy',
    {
      async resource(_, text, { tx }) {
        const found = await managedPolicyNamed(tx, text, fail)
        return {
          arn: text,
          accountId: tx.accountId,
          called: `policy ${text}`,
          ...(found?.owner === 'account' && { tags: found.policy.tags }),
        }
      },
      async subject(tx, _, text) {
        if ((await managedPolicyNamed(tx, text, fail)) === undefined) return undefined
        return { policies: [await managed(tx, text)], actors: await holdersOf(tx, text) }
      },
    },
  ],
])

/** Everybody that a managed policy is attached to, each once: users themselves and in their groups, and roles. */
async function holdersOf(tx: AccountReader, policyArn: string): Promise<Actor[]> {
  const found = new Map<string, Actor>()
  for (const { ownerKind, ownerId } of await tx.all(attachments, 'policy', policyArn)) {
    const holders = await holdersByKind[ownerKind](tx, ownerId)
    for (const holder of holders) found.set(holder.id, holder)
  }
  return [...found.values()]
}

const holdersByKind: Readonly<Record<'user' | 'group' | 'role', (tx: AccountReader, id: string) => Promise<readonly Actor[]>>> = {
  user: async (tx, id) => [actor('user', (await tx.get(users, id))!)],
  group: usersIn,
  role: async (tx, id) => [actor('role', (await tx.get(roles, id))!)],
}

interface Named {
  readonly kind: Kind
  readonly arn: EntityArn
}

/** The sentences are those recorded in 2026. */
function kindOf(text: string, allowed: ReadonlySet<string>): Named {
  const [, partition, service, rest] = /^arn:([^:]+):([^:]+):[^:]*:[^:]*:(.+)$/s.exec(text) ?? []
  if (rest === undefined) fail('ValidationError', 'Invalid ARN:  Could not be parsed!')
  if (partition !== 'aws') fail('ValidationError', 'Invalid ARN partition')
  if (service !== 'iam') fail('ValidationError', 'Invalid service in ARN')
  const arn = readEntityArn(text)
  const kind = arn && allowed.has(arn.type) ? kinds.get(arn.type) : undefined
  if (kind !== undefined) return { kind, arn: arn! }
  // Of root users the two calls have sentences of their own.
  const isNameless = arn === undefined && !allowed.has('policy')
  return fail('InvalidInput', isNameless ? `Could not extract entity from ARN : ${text}` : `Invalid Entity Arn: ${text} is not supported.`)
}

/** Access to the entity whose ARN is given, whatever path it says. Of one of another account the caller's own account is asked. */
export const onSubject = (allowed: ReadonlySet<string>): Access<{ readonly Arn: string }> => ({
  async resource({ Arn }, look) {
    const { kind, arn } = kindOf(Arn, allowed)
    return isForeign(arn, look.tx.accountId) ? { arn: Arn, accountId: look.tx.accountId } : kind.resource(arn, Arn, look)
  },
})

const isForeign = (arn: EntityArn, accountId: string): boolean => arn.accountId !== accountId && arn.accountId !== 'aws'

export async function subjectOf(
  { tx, caller }: { readonly tx: AccountReader; readonly caller: Caller },
  text: string,
  allowed: ReadonlySet<string>,
  fail: (code: 'NoSuchEntity' | 'AccessDenied', message: string) => never,
): Promise<Subject> {
  const { kind, arn } = kindOf(text, allowed)
  if (isForeign(arn, tx.accountId)) fail('AccessDenied', `User: ${caller.arn} is not authorized to perform the operation on ${text}`)
  return (await kind.subject(tx, arn, text)) ?? fail('NoSuchEntity', `ARN ${text} does not exist.`)
}
