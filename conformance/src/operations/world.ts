/**
 * What an operation needs to be there before it is called, made by the root user. Everything is named for the operation, so that the worlds
 * of different operations stand side by side in one account and do not see each other.
 */
import { loadService, type ServiceModel } from '@bailiwick/model'
import { iamResources, type OperationResources } from '@bailiwick/model/operations'
import { certificateOf, privateKey, sshPublicKey } from '../certificates.support.js'
import { allow, policy, trust } from '../iam-scene.js'
import { samlMetadata } from '../saml-metadata.support.js'
import type { OperationName, Send, Values } from './client.js'
import { stsResources } from './sts-resources.js'
import { type Thing, type ThingName, things } from './things.js'

export interface World {
  readonly account: string
  /** The root user of that account. */
  readonly root: Send
  /** By the name of the member that takes it; rows may say `$Member` for it. */
  readonly values: Record<string, unknown>
}

let serial = 0

export function newWorld(name: string, account: string, root: Send): World {
  serial++
  const path = `/made/${name}/`
  return {
    account,
    root,
    values: {
      Account: account,
      UserName: `w-${name}`,
      GroupName: `w-${name}`,
      RoleName: `w-${name}`,
      PolicyName: `w-${name}`,
      InstanceProfileName: `w-${name}`,
      ServerCertificateName: `w-${name}`,
      VirtualMFADeviceName: `w-${name}`,
      Name: `w-${name}`.slice(0, 32),
      AccountAlias: `w-${name.toLowerCase()}`.slice(0, 60),
      Url: `https://${name.toLowerCase()}.example.com/tenant`,
      Path: path,
      PathPrefix: path,
      NewPath: `${path}new/`,
      PolicyDocument: policy(allow('iam:GetUser')),
      AssumeRolePolicyDocument: trust(account),
      Tags: [{ Key: 'team', Value: 'red' }],
      TagKeys: ['team'],
      Description: `about ${name}`,
      Status: 'Inactive',
      Password: 'Correct-horse-7-battery',
      CertificateBody: certificateOf(`${name}.example.com`, serial),
      PrivateKey: privateKey(),
      SSHPublicKeyBody: sshPublicKey(),
      SAMLMetadataDocument: samlMetadata(),
      CustomSuffix: name.slice(0, 30),
      ClientID: `client-${name}`,
      ThumbprintList: ['a'.repeat(40)],
      ServiceName: 'codecommit.amazonaws.com',
    },
  }
}

/** Makes the things one after another; each may give values to those after it. */
export async function furnish(world: World, names: readonly ThingName[]): Promise<void> {
  for (const name of names) {
    const { call, input = {}, gives }: Thing = things[name]
    const answer = await world.root(call, inputOf(call, world, input))
    Object.assign(world.values, gives?.(answer, world.values))
  }
}

/** A value that is computed when it is asked for, such as a code that the clock moves. */
export type Lazy = (values: Values) => unknown

/** `$Member` stands for the world's value of it. */
export function filled(template: unknown, values: Values): unknown {
  if (typeof template === 'function') return (template as Lazy)(values)
  if (typeof template === 'string' && template.startsWith('$')) {
    const name = template.slice(1)
    if (!(name in values)) throw new Error(`the world has no ${name}`)
    return values[name]
  }
  if (Array.isArray(template)) return template.map((item) => filled(item, values))
  if (template !== null && typeof template === 'object' && Object.getPrototypeOf(template) === Object.prototype) {
    return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, filled(value, values)]))
  }
  return template
}

export const iamModel: ServiceModel = await loadService('iam')
export const stsModel: ServiceModel = await loadService('sts')
export const modelOf = (operation: OperationName): ServiceModel => (iamModel.operations.has(operation) ? iamModel : stsModel)

/** Which resource an operation is authorized on. */
export const factsOf = (operation: OperationName): OperationResources => {
  const facts = iamResources().get(operation) ?? stsResources.get(operation)
  if (facts === undefined) throw new Error(`there are no facts about ${operation}`)
  return facts
}

/** What the operation requires, what names its resource, and what the row adds; `undefined` in a row leaves a member out. */
export function inputOf(operation: OperationName, { values }: World, more: Values = {}): Values {
  const model = modelOf(operation)
  const members = model.shapes.get(model.operations.get(operation)!.input ?? '')?.members ?? []
  const { resources } = factsOf(operation)
  const named = new Set(resources === '*' ? [] : resources.map(({ from }) => from))
  const input: Record<string, unknown> = {}
  for (const { name, required } of members) {
    if (name in more) {
      if (more[name] !== undefined) input[name] = filled(more[name], values)
    } else if (required || named.has(name)) {
      if (!(name in values)) throw new Error(`${operation} needs ${name}: the row must say it, or a thing give it`)
      input[name] = values[name]
    }
  }
  return input
}
