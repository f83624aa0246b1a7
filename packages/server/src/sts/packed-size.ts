/**
 * How much of a session's room its policies and tags take. AWS does not say how it packs them; this is what its answers, and its refusals
 * in percent, agree on: tags and small policies are kept as they are with a few bytes of form, larger policies are compressed, and
 * everything shares 460 bytes.
 */
import { deflateSync } from 'node:zlib'
import type { TagRecord } from '../iam/records.js'

export interface Packed {
  readonly policies: readonly string[]
  readonly policyArns: readonly string[]
  /** Those that come with the session before as well. */
  readonly tags: readonly TagRecord[]
  /** The name of the OIDC provider that a web identity came from. */
  readonly provider?: string
}

/** Bytes. */
export const room = 460

const formOfTag = 3
const formOfText = 2
/** Recorded of AWS's own policies only. */
const managedPolicy = 5
/** Compressing less than this never made it smaller. */
const leastCompressed = 128

const bytesOf = (text: string): number => Buffer.byteLength(text)

/** Of `room`; more than that AWS refuses. The policies are valid JSON: whoever passed one that is not was refused before. */
export function packedBytes({ policies, policyArns, tags, provider }: Packed): number {
  const ofTags = tags.reduce((sum, { Key, Value }) => sum + bytesOf(Key) + bytesOf(Value) + formOfTag, 0)
  const ofPolicies = policies.reduce((sum, text) => sum + policyBytes(JSON.parse(text)), 0)
  return ofTags + ofPolicies + policyArns.length * managedPolicy + (provider === undefined ? 0 : bytesOf(provider) + formOfTag)
}

function policyBytes(policy: unknown): number {
  const plain = plainBytes(policy)
  return plain < leastCompressed ? plain : Math.min(plain, deflateSync(JSON.stringify(policy)).length)
}

/** Elements of the policy language have numbers instead of names, and so has Allow. */
const elements = new Set(['Version', 'Id', 'Statement', 'Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'])

function plainBytes(value: unknown, element = ''): number {
  if (element === 'Effect') return formOfText
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + plainBytes(each, element), 0)
  if (typeof value !== 'object' || value === null) return bytesOf(String(value)) + formOfText
  const members = Object.entries(value)
  const names = members.reduce((sum, [name]) => sum + (elements.has(name) ? 0 : bytesOf(name) + formOfText), 0)
  return members.reduce((sum, [name, each]) => sum + plainBytes(each, name), names + (element === 'Statement' ? 1 : 0))
}
