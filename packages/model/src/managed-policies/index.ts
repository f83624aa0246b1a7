/**
 * AWS's managed policies with their real documents. The index is read once; documents and descriptions are read from their file when they
 * are asked for and not kept, since a server needs few of them. Node only.
 */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { brotliDecompressSync, inflateRawSync } from 'node:zlib'

export interface ManagedPolicy {
  /** Without path. */
  readonly name: string
  /** Begins and ends with `/`. */
  readonly path: string
  readonly arn: string
  /** ANPA…: AWS's own ids are not published, so ours follow from the ARN. */
  readonly id: string
  readonly defaultVersionId: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly updatedAt: number
}

export interface ManagedPolicyVersion {
  readonly id: string
  /** Epoch milliseconds. Not known of all. */
  readonly createdAt: number | undefined
  /** As compact JSON. */
  readonly document: string
}

/** Where in its file something is. */
type Place = readonly [offset: number, length: number]

interface Entry extends ManagedPolicy {
  /** In `managed-policies.bin`. */
  readonly inForce: Place
  /** In `managed-policies-earlier.bin`. */
  readonly earlier: Place | undefined
}

interface Index {
  readonly dictionaryBytes: number
  readonly policies: readonly (readonly [
    resource: string,
    version: string,
    created: number,
    updated: number,
    offset: number,
    length: number,
    earlierOffset?: number,
    earlierLength?: number,
  ])[]
}

const data = new URL('../../data/', import.meta.url)
let index: { readonly byArn: ReadonlyMap<string, Entry>; readonly dictionaryBytes: number } | undefined
let dictionary: Buffer | undefined

function entries(): ReadonlyMap<string, Entry> {
  if (index === undefined) {
    const { policies, dictionaryBytes } = JSON.parse(readFileSync(new URL('managed-policies.json', data), 'utf8')) as Index
    index = { dictionaryBytes, byArn: new Map(policies.map(entry).map((found) => [found.arn, found])) }
  }
  return index.byArn
}

function entry([resource, defaultVersionId, created, updated, offset, length, ...earlier]: Index['policies'][number]): Entry {
  const slash = resource.lastIndexOf('/')
  const arn = `arn:aws:iam::aws:policy${resource}`
  return {
    name: resource.slice(slash + 1),
    path: resource.slice(0, slash + 1),
    arn,
    id: `ANPA${base32(createHash('sha256').update(arn).digest()).slice(0, 17)}`,
    defaultVersionId,
    createdAt: created * 1000,
    updatedAt: updated * 1000,
    inForce: [offset, length],
    earlier: earlier.length === 2 ? (earlier as [number, number]) : undefined,
  }
}

const base32 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte & 31]).join('')

/** All of them, by ARN. */
export const managedPolicies = (): readonly ManagedPolicy[] => [...entries().values()]

export const managedPolicy = (arn: string): ManagedPolicy | undefined => entries().get(arn)

/** The document of the default version as compact JSON; undefined when AWS has no such policy. */
export const managedPolicyDocument = (arn: string): string | undefined => textsOf(arn)?.document

/** What AWS says that a policy is for; undefined of those that AWS has withdrawn, and when it has no such policy. */
export const managedPolicyDescription = (arn: string): string | undefined => textsOf(arn)?.description || undefined

/** Every version, the newest first, which is the one in force; none when AWS has no such policy. */
export function managedPolicyVersions(arn: string): readonly ManagedPolicyVersion[] {
  const found = entries().get(arn)
  if (found === undefined) return []
  const inForce = { id: found.defaultVersionId, createdAt: found.updatedAt, document: textsOf(arn)!.document }
  if (found.earlier === undefined) return [inForce]
  const [head, ...documents] = brotliDecompressSync(bytesAt('managed-policies-earlier.bin', found.earlier)).toString('utf8').split('\n')
  const told = JSON.parse(head!) as readonly (readonly [id: string, created?: number])[]
  const earlier = told.map(([id, created], at) => ({
    id,
    createdAt: created === undefined ? undefined : created * 1000,
    document: documents[at]!,
  }))
  return [inForce, ...earlier]
}

/** A line of description, and then the document. */
function textsOf(arn: string): { readonly description: string; readonly document: string } | undefined {
  const found = entries().get(arn)
  if (found === undefined) return undefined
  dictionary ??= bytesAt('managed-policies.bin', [0, index!.dictionaryBytes])
  const text = inflateRawSync(bytesAt('managed-policies.bin', found.inForce), { dictionary }).toString('utf8')
  const end = text.indexOf('\n')
  return { description: text.slice(0, end), document: text.slice(end + 1) }
}

function bytesAt(name: string, [offset, length]: Place): Buffer {
  const file = openSync(new URL(name, data), 'r')
  try {
    const bytes = Buffer.alloc(length)
    readSync(file, bytes, 0, length, offset)
    return bytes
  } finally {
    closeSync(file)
  }
}
