import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadService } from '@bailiwick/model'

const folder = fileURLToPath(new URL('../../src/iam/', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
)

const nouns = [
  'User',
  'Group',
  'Role',
  'Policy',
  'InstanceProfile',
  'OpenIDConnectProvider',
  'SAMLProvider',
  'MFADevice',
  'ServerCertificate',
]

/** Names that stand as a key of rows: `CreateRole: createRole`, and what families make of a noun: `Tag${noun.noun}`. */
const rowsIn = new Map(
  files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const tables = [...text.matchAll(/^(?:export )?const \w+Rows\b.*?= \{((?:\n.*?^)|(?:[^\n]*?))\}/gms)].map(([, body]) => body!)
    const literal = tables.flatMap((body) =>
      [...body.matchAll(/^ {2}([A-Z]\w+)(?=:|,|\()|^ ([A-Z]\w+):|, ([A-Z]\w+): \w+(?=,| )/gm)].map(
        (key) => key.slice(1).find((name) => name !== undefined)!,
      ),
    )
    const made = [...text.matchAll(/\[`(\w+)\$\{noun\.noun\}(\w*)`\]:/g)].map(
      ([, before, after]) => new RegExp(`^${before}(?:${nouns.join('|')})${after}$`),
    )
    return [file, { literal, made }] as const
  }),
)

test('the row of any operation of IAM is found in exactly one file', async () => {
  const { operations } = await loadService('iam')
  assert.ok(operations.size >= 180)
  for (const name of operations.keys()) {
    const written = files.filter((file) => rowsIn.get(file)!.literal.includes(name))
    const found = written.length > 0 ? written : files.filter((file) => rowsIn.get(file)!.made.some((made) => made.test(name)))
    assert.equal(found.length, 1, `${name} is in ${found.length === 0 ? 'no file' : found.join(' and ')}`)
  }
})

test('what is not an operation of IAM has no row', async () => {
  const { operations } = await loadService('iam')
  const names = files.flatMap((file) => rowsIn.get(file)!.literal)
  assert.deepEqual(
    names.filter((name) => !operations.has(name)),
    [],
  )
})
