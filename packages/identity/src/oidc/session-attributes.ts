/** What a token says about the session to be made: tags and source identity, in claims of AWS's own names. */
import { refuse } from '../proof.js'
import { isObject, type JsonObject } from './strict-json.js'

export interface SessionAttributes {
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly transitiveTagKeys: readonly string[]
  readonly sourceIdentity?: string
}

const tagsClaim = 'https://aws.amazon.com/tags'
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity'
const flatTag = `${tagsClaim}/principal_tags/`

/** Tags come nested in one claim, or flat as a claim each, for issuers that cannot nest. */
export function sessionAttributes(payload: JsonObject): SessionAttributes {
  const nested = payload[tagsClaim] ?? {}
  if (!isObject(nested)) return refuse('claim', 'the claim for tags is not an object')
  const { principal_tags = {}, transitive_tag_keys = payload[`${tagsClaim}/transitive_tag_keys`] ?? [] } = nested
  if (!isObject(principal_tags)) return refuse('claim', 'principal_tags is not an object')
  const given = Object.entries(principal_tags)
  for (const name of Object.keys(payload)) if (name.startsWith(flatTag)) given.push([name.slice(flatTag.length), payload[name]])
  const sourceIdentity = payload[sourceIdentityClaim]
  if (sourceIdentity !== undefined && typeof sourceIdentity !== 'string') return refuse('claim', 'the source identity is not text')
  return {
    tags: given.map(([Key, value]) => ({ Key, Value: single(value) })),
    transitiveTagKeys: texts(transitive_tag_keys),
    sourceIdentity,
  }
}

function single(value: unknown): string {
  const [only, ...more] = [value].flat() as unknown[]
  return typeof only === 'string' && more.length === 0 ? only : refuse('claim', 'a tag must have one value, which is text')
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value
    : refuse('claim', 'tag keys must be a list of text')
}
