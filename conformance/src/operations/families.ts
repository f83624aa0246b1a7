/** Rows that users, groups and roles, and everything that has tags, share. */
import type { OperationName, Values } from './client.js'
import type { Row, RowTable } from './row.js'
import type { ThingName } from './things.js'

const table = (rows: readonly (readonly [string, Row])[]): RowTable => Object.fromEntries(rows as [OperationName, Row][])

export const inlinePolicies = (noun: 'User' | 'Group' | 'Role'): RowTable => {
  const owner = noun.toLowerCase() as ThingName
  const both = [owner, `${owner}Inline` as ThingName]
  const list = { by: `List${noun}Policies` as OperationName, at: 'PolicyNames.*', value: '$PolicyName' }
  const get = { by: `Get${noun}Policy` as OperationName, at: 'PolicyDocument', value: '$PolicyDocument' }
  return table([
    [`Put${noun}Policy`, { needs: [owner], shows: get }],
    [`Get${noun}Policy`, { needs: both, shows: get }],
    [`List${noun}Policies`, { needs: both, shows: list }],
    [`Delete${noun}Policy`, { needs: both, shows: { ...list, gone: true } }],
  ])
}

export const attachments = (noun: 'User' | 'Group' | 'Role'): RowTable => {
  const owner = noun.toLowerCase() as ThingName
  const all: readonly ThingName[] = [owner, 'policy', `${owner}Attachment` as ThingName]
  const list = { by: `ListAttached${noun}Policies` as OperationName, at: 'AttachedPolicies.*.PolicyArn', value: '$PolicyArn' }
  return table([
    [`Attach${noun}Policy`, { needs: [owner, 'policy'], shows: list }],
    [`ListAttached${noun}Policies`, { needs: all, shows: list }],
    [`Detach${noun}Policy`, { needs: all, shows: { ...list, gone: true } }],
  ])
}

export const boundaries = (noun: 'User' | 'Role'): RowTable => {
  const owner = noun.toLowerCase() as ThingName
  const get = {
    by: `Get${noun}` as OperationName,
    at: `${noun}.PermissionsBoundary.PermissionsBoundaryArn`,
    value: '$PolicyArn',
  }
  return table([
    [`Put${noun}PermissionsBoundary`, { needs: [owner, 'policy'], input: { PermissionsBoundary: '$PolicyArn' }, shows: get }],
    [`Delete${noun}PermissionsBoundary`, { needs: [owner, 'policy', `${owner}Boundary` as ThingName], shows: { ...get, gone: true } }],
  ])
}

export const tags = (noun: string, owner: ThingName, tagged: ThingName): RowTable => {
  const list = { by: `List${noun}Tags` as OperationName, at: 'Tags.*', value: { Key: 'team', Value: 'red' } }
  return table([
    [`Tag${noun}`, { needs: [owner], shows: list }],
    [`List${noun}Tags`, { needs: [owner, tagged], shows: list }],
    [`Untag${noun}`, { needs: [owner, tagged], shows: { ...list, gone: true } }],
  ])
}

/** Create, get, list and delete of a kind of entity. */
export interface Entity {
  readonly thing: ThingName
  readonly create: OperationName
  readonly get: OperationName
  readonly list: OperationName
  readonly delete: OperationName
  /** Where the answers of get and list have the value that tells it. */
  readonly at: string
  readonly listedAt: string
  readonly value: unknown
  readonly createInput?: Values
  readonly needs?: readonly ThingName[]
}

export const entity = ({ thing, at, listedAt, value, createInput, needs = [], ...names }: Entity): RowTable => {
  const get = { by: names.get, at, value }
  return table([
    [names.create, { needs, ...(createInput && { input: createInput }), shows: get }],
    [names.get, { needs: [...needs, thing], shows: get }],
    [names.list, { needs: [...needs, thing], shows: { at: listedAt, value } }],
    [names.delete, { needs: [...needs, thing], shows: { ...get, gone: true } }],
  ])
}
