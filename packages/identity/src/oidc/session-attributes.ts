/** What a token says about the session to be made: tags, source identity and roles, in claims of AWS's own names. */
import { refuse } from '../proof.js'
import { isObject, type JsonObject } from './strict-json.js'

export interface SessionAttributes {
  readonly tags: readonly { readonly Key: string; readonly Value: string }[]
  readonly transitiveTagKeys: readonly string[]
  readonly sourceIdentity?: string
  /** The ARNs of the only roles that the token is good for; undefined where it is good for any. */
  readonly roles?: readonly string[]
}

const tagsClaim = 'https://aws.amazon.com/tags'
const sourceIdentityClaim = 'https://aws.amazon.com/source_identity'
const rolesClaim = 'https://aws.amazon.com/roles'
const flatTag = `${tagsClaim}/principal_tags/`

/** Tags come nested in one claim, or flat as a claim each, for issuers that cannot nest. */
export function sessionAttributes(payload: JsonObject): SessionAttributes {
  const nested = payload[tagsClaim] ?? {}
  if (!isObject(nested)) return refuse('claim', 'the claim for tags is not an object')
  const { principal_tags = {}, transitive_tag_keys = payload[`${tagsClaim}/transitive_tag_keys`] ?? [] } = nested
  if (!isObject(principal_tags)) return refuse('tags', 'principal_tags is not an object')
  // What is nested is a list, even of one; only what is flat may be text.
  const given = Object.entries(principal_tags).map(([Key, value]) => ({ Key, Value: Array.isArray(value) ? single(value) : single([]) }))
  for (const name of Object.keys(payload))
    if (name.startsWith(flatTag)) given.push({ Key: name.slice(flatTag.length), Value: single([payload[name]].flat()) })
  const sourceIdentity = payload[sourceIdentityClaim]
  if (sourceIdentity !== undefined && typeof sourceIdentity !== 'string') return refuse('claim', 'the source identity is not text')
  return { tags: given, transitiveTagKeys: texts(transitive_tag_keys), sourceIdentity, roles: rolesOf(payload[rolesClaim]) }
}

function single([only, ...more]: readonly unknown[]): string {
  return typeof only === 'string' && more.length === 0 ? only : refuse('tags', 'a tag must have one value, which is text')
}

/** A list, or text that semicolons part. What is no text in a list names no role. */
function rolesOf(claim: unknown): readonly string[] | undefined {
  if (claim === undefined || claim === null) return undefined
  const listed: unknown = typeof claim === 'string' ? claim.split(';') : claim
  if (!Array.isArray(listed)) return refuse('roles', 'the roles are neither a list nor text')
  return listed.filter((each) => typeof each === 'string').map((each) => each.trim())
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
    ? value
    : refuse('claim', 'tag keys must be a list of text')
}
