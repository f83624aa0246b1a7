/** Who has a managed policy, as permissions or as boundary. */
import type { IamOperations } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { everyOne, pageOf, underPath } from '../paging.js'
import { attachments, groups, type OwnerKind, roles, users } from '../records.js'
import { managedPolicyNamed } from './managed-policy.js'
import { thePolicy } from './policy.js'

/** A policy is attached to no policy, so a filter for policies finds nothing. */
const entityFilters: Readonly<Record<string, OwnerKind | 'policy'>> = {
  User: 'user',
  Group: 'group',
  Role: 'role',
  LocalManagedPolicy: 'policy',
  AWSManagedPolicy: 'policy',
}

const listEntitiesForPolicy: Operation<IamOperations['ListEntitiesForPolicy']> = {
  mode: 'read',
  access: thePolicy,
  shows: { input: ['PolicyArn', 'EntityFilter', 'PathPrefix', 'PolicyUsageFilter', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { PolicyArn, EntityFilter, PathPrefix, PolicyUsageFilter } = input
    if ((await managedPolicyNamed(tx, PolicyArn, fail)) === undefined)
      fail('NoSuchEntity', `Policy ${PolicyArn} does not exist or is not attachable.`)
    const uses: { kind: 'user' | 'group' | 'role'; id: string }[] = []
    if (PolicyUsageFilter !== 'PermissionsBoundary') {
      for await (const { ownerKind, ownerId } of everyOne(tx, attachments, 'policy', PolicyArn)) uses.push({ kind: ownerKind, id: ownerId })
    }
    if (PolicyUsageFilter !== 'PermissionsPolicy') {
      for await (const { id } of everyOne(tx, users, 'boundary', PolicyArn)) uses.push({ kind: 'user', id })
      for await (const { id } of everyOne(tx, roles, 'boundary', PolicyArn)) uses.push({ kind: 'role', id })
    }
    const wanted = EntityFilter === undefined ? undefined : entityFilters[EntityFilter]
    const inPath = underPath(PathPrefix)
    const found: { kind: 'user' | 'group' | 'role'; id: string; name: string }[] = []
    for (const use of new Map(uses.map((own) => [`${own.kind}/${own.id}`, own])).values()) {
      const entity = await owners[use.kind](tx, use.id)
      if (entity !== undefined && (wanted === undefined || wanted === use.kind) && (inPath?.(entity) ?? true))
        found.push({ ...use, name: entity.name })
    }
    const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}/${id}`
    const { items, answer } = pageOf(
      found.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      keyOf,
      input,
      fail,
    )
    const of = (kind: string) => items.filter((item) => item.kind === kind)
    return {
      PolicyUsers: of('user').map(({ id, name }) => ({ UserName: name, UserId: id })),
      PolicyGroups: of('group').map(({ id, name }) => ({ GroupName: name, GroupId: id })),
      PolicyRoles: of('role').map(({ id, name }) => ({ RoleName: name, RoleId: id })),
      ...answer,
    }
  },
}

interface Owner {
  readonly name: string
  readonly path: string
}

/** One row a kind, since each table has a record type of its own. */
const owners: Readonly<Record<OwnerKind, (tx: AccountReader, id: string) => Promise<Owner | undefined>>> = {
  user: (tx, id) => tx.get(users, id),
  group: (tx, id) => tx.get(groups, id),
  role: (tx, id) => tx.get(roles, id),
}

export const entitiesForPolicyRows: Pick<Rows<IamOperations>, 'ListEntitiesForPolicy'> = { ListEntitiesForPolicy: listEntitiesForPolicy }
