/**
 * The roles that AWS services make for themselves, by the service principal that each is linked to. They are no list of all service
 * principals: many a service has no such role. Node only.
 */
import { readFileSync } from 'node:fs'

export interface ServiceLinkedRole {
  readonly roleName: string
  readonly policyArns: readonly string[]
  /** Whether CreateServiceLinkedRole takes a custom suffix for it. */
  readonly allowsSuffix: boolean
}

interface Source {
  readonly policyArnPrefix: string
  readonly roles: Readonly<Record<string, { readonly role: string; readonly policies: readonly string[]; readonly suffix: boolean }>>
}

let read: ReadonlyMap<string, ServiceLinkedRole> | undefined

export function serviceLinkedRoles(): ReadonlyMap<string, ServiceLinkedRole> {
  if (read === undefined) {
    const file = new URL('../../data/service-linked-roles.json', import.meta.url)
    const { roles, policyArnPrefix } = JSON.parse(readFileSync(file, 'utf8')) as Source
    read = new Map(
      Object.entries(roles).map(([principal, { role, policies, suffix }]) => [
        principal,
        { roleName: role, policyArns: policies.map((name) => policyArnPrefix + name), allowsSuffix: suffix },
      ]),
    )
  }
  return read
}
