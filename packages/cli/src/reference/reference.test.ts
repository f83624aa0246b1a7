import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { loadService, serviceNames } from '@bailiwick/model'
import { referenceFiles } from './index.js'
import { summaries } from './summaries.js'

const folder = new URL('../../../../docs/reference/', import.meta.url)

test('the reference is what the models and the rows make today', async () => {
  const files = await referenceFiles()
  assert.deepEqual(readdirSync(folder).sort(), files.map(({ name }) => name).sort())
  for (const { name, text } of files) {
    assert.ok(readFileSync(new URL(name, folder), 'utf8') === text, `docs/reference/${name} is out of date: run \`npm run generate\``)
  }
})

test('every operation has its section, and all pages together stay small', async () => {
  const files = new Map((await referenceFiles()).map(({ name, text }) => [name, text]))
  for (const service of serviceNames) {
    const text = files.get(`${service}.md`)!
    for (const name of (await loadService(service)).operations.keys()) assert.ok(text.includes(`\n## ${name}\n`), `${service} ${name}`)
  }
  const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  assert.ok(bytes < 1_000_000, `${bytes} bytes`)
})

test('what is told in our own words is about an operation that there is', async () => {
  const known = new Set((await Promise.all(serviceNames.map(loadService))).flatMap(({ operations }) => [...operations.keys()]))
  assert.deepEqual(
    Object.keys(summaries).filter((name) => !known.has(name)),
    [],
  )
})
