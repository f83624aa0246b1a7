/** `casbin`: a rule for each action and resource of each statement, matched with its quickest matcher, which knows a star at the end only. */
import type { Context } from '@bailiwick/policy'
import type { Statement } from '../world.js'
import { imported, type Peer } from './peer.js'

interface Enforcer {
  addFunction(name: string, holds: (context: Context, condition: string) => boolean): Promise<void>
  addPolicies(rules: readonly (readonly string[])[]): Promise<boolean>
  enforceSync(...request: readonly unknown[]): boolean
}
interface Casbin {
  newModelFromString(text: string): unknown
  newEnforcer(model: unknown): Promise<Enforcer>
}

const MODEL = `
[request_definition]
r = sub, act, obj, ctx
[policy_definition]
p = sub, act, obj, cond, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.sub == p.sub && keyMatch(r.act, p.act) && keyMatch(r.obj, p.obj) && holds(r.ctx, p.cond)
`

/** The conditions that S has. */
const CONDITIONS: ReadonlyMap<string, (context: Context) => boolean> = new Map([
  ['{}', () => true],
  ['{"Bool":{"aws:SecureTransport":"true"}}', (context: Context) => context['aws:SecureTransport'] === 'true'],
  ['{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}', (context: Context) => String(context['aws:SourceIp']).startsWith('10.')],
])

const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [String(value)])

export const casbin: Peer = async (folder, world) => {
  const { newEnforcer, newModelFromString } = await imported<Casbin>(folder, 'casbin')
  const enforcer = await newEnforcer(newModelFromString(MODEL))
  await enforcer.addFunction('holds', (context, condition) => CONDITIONS.get(condition)!(context))
  const statements = world.managed.flatMap(({ text }) => (JSON.parse(text) as { Statement: readonly Statement[] }).Statement)
  await enforcer.addPolicies(
    statements.flatMap(({ Effect, Action, Resource, Condition = {} }) =>
      listed(Action).flatMap((action) =>
        listed(Resource).map((resource) => ['dana', action, resource, JSON.stringify(Condition), String(Effect).toLowerCase()]),
      ),
    ),
  )
  return ({ action, resource, context }, { user }) => {
    const { name } = world.users[user]!
    return () => enforcer.enforceSync(name, action, resource.arn, context)
  }
}
