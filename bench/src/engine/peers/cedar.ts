/** `@cedar-policy/cedar-wasm`: the policies translated, parsed beforehand and kept inside. */
import type { Context, ContextValue } from '@bailiwick/policy'
import { userArn } from '../world.js'
import { cedarPolicies } from './cedar-policies.js'
import { imported, type Peer } from './peer.js'

type Answer =
  | {
      readonly type: 'success'
      readonly response: { readonly decision: 'allow' | 'deny'; readonly diagnostics: { readonly errors: readonly object[] } }
    }
  | { readonly type: 'failure'; readonly errors: readonly object[] }

interface Cedar {
  preparsePolicySet(id: string, policies: object): { readonly type: string; readonly errors?: readonly object[] }
  statefulIsAuthorized(call: object): Answer
}

const EXTENSIONS: Readonly<Record<string, string>> = { 'aws:SourceIp': 'ip', 'aws:CurrentTime': 'datetime' }

/** Addresses and times as Cedar's own types. A list of one is told as its value to conditions that ask for any of them. */
function cedarValue(key: string, value: ContextValue): unknown {
  const fn = EXTENSIONS[key]
  if (fn !== undefined) return { __extn: { fn, arg: value } }
  return key === 'aws:PrincipalOrgPaths' ? value[0] : value
}

const cedarContext = (context: Context): Record<string, unknown> =>
  Object.fromEntries(Object.entries(context).map(([key, value]) => [key, cedarValue(key, value)]))

export const cedar: Peer = async (folder, world) => {
  const { preparsePolicySet, statefulIsAuthorized } = await imported<Cedar>(folder, '@cedar-policy/cedar-wasm/nodejs')
  const found = preparsePolicySet('world', { staticPolicies: cedarPolicies(world) })
  if (found.type !== 'success') throw new Error(`cedar refuses: ${JSON.stringify(found.errors)}`)
  return ({ action, resource, context }, { user }) => {
    const call = {
      principal: { type: 'User', id: userArn(world.users[user]!.name) },
      action: { type: 'Action', id: action },
      resource: { type: 'Resource', id: 'it' },
      context: { ...cedarContext(context), action, arn: resource.arn },
      preparsedPolicySetId: 'world',
      entities: [],
    }
    return () => {
      const answer = statefulIsAuthorized(call)
      if (answer.type === 'failure') throw new Error(`cedar fails: ${JSON.stringify(answer.errors)}`)
      if (answer.response.diagnostics.errors.length > 0) throw new Error(`cedar errs: ${JSON.stringify(answer.response.diagnostics)}`)
      return answer.response.decision === 'allow'
    }
  }
}
