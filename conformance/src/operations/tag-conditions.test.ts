/** Whatever tags or untags, at its making or later, can be denied by the tags that it asks for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyOf } from '../clients.js'
import { account, allow, policy, refused, useServer } from '../iam-scene.js'
import { inputOf, newWorld, type OperationName, operationRows, senderTo } from './index.js'
import { factsOf, furnish, iamModel } from './world.js'

const scene = useServer()

/** The member by which each operation says which tags it is about. */
const membered: ReadonlyMap<OperationName, 'Tags' | 'TagKeys'> = new Map(
  [...iamModel.operations].flatMap(([name, { input }]) => {
    const members = iamModel.shapes.get(input ?? '')?.members?.map((member) => member.name) ?? []
    const found = (['Tags', 'TagKeys'] as const).find((member) => members.includes(member))
    return found === undefined ? [] : [[name as OperationName, found] as const]
  }),
)
const asked = {
  Tags: (value: string) => ({ Tags: [{ Key: 'Team', Value: value }] }),
  TagKeys: (value: string) => ({ TagKeys: [value === 'red' ? 'Team' : 'Other'] }),
} as const

const denying = (action: string, Condition: object): object => ({ Effect: 'Deny', Action: action, Resource: '*', Condition })
const byKey = { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'Team' } }
const byValue = { StringEquals: { 'aws:RequestTag/Team': 'red' } }

test('[item 5] a denial by the tags that are asked for holds for every operation that takes tags', { concurrency: 4 }, async (t) => {
  assert.equal(membered.size, 24)
  await Promise.all(
    [...membered].map(([operation, member]) =>
      t.test(operation, async () => {
        const world = newWorld(`tags-${operation}`, account, senderTo(scene.server().endpoint, scene.server().rootKey))
        const { needs = [], input } = operationRows.get(operation)!
        await furnish(world, needs)
        const UserName = `t-${operation}`
        await world.root('CreateUser', { UserName })
        const { AccessKey } = await world.root('CreateAccessKey', { UserName })
        const send = senderTo(scene.server().endpoint, keyOf(AccessKey as object))
        const call = (value: string) => send(operation, inputOf(operation, world, { ...input, ...asked[member](value) }))
        const may = (...statements: object[]) =>
          world.root('PutUserPolicy', { UserName, PolicyName: 'own', PolicyDocument: policy(...statements) })
        const { action } = factsOf(operation)
        for (const condition of member === 'Tags' ? [byKey, byValue] : [byKey]) {
          await may(allow(['iam:*', 'sts:*']), denying(action, condition))
          assert.match(await refused(call('red')), /^AccessDenied 403 .* with an explicit deny in an identity-based policy/)
        }
        await call('blue')
      }),
    ),
  )
})
