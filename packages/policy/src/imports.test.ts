import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'src')
const files = readdirSync(folder, { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts') && !name.includes('.test.'))

test('the sources import nothing from outside, so that they run in a browser', () => {
  assert.ok(files.length > 30)
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8')
    for (const [, from] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)) {
      assert.match(from!, /^\.\.?\/.*\.js$/, `${file} imports ${from}`)
      assert.ok(!relative(folder, resolve(dirname(join(folder, file)), from!)).startsWith('..'), `${file} imports ${from}`)
    }
  }
})

test('the sources read no clock, no chance and nothing of Node', () => {
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8')
    assert.doesNotMatch(text, /\b(?:Date\.now|new Date|Math\.random|process\.|Buffer\b|require\(|crypto\.)/, file)
  }
})

test('every folder says what it is for', () => {
  const indexes = files.filter((name) => name.endsWith('index.ts'))
  assert.equal(indexes.length, new Set(files.map((name) => dirname(name))).size)
  for (const index of indexes) assert.match(readFileSync(join(folder, index), 'utf8'), /^\/\*\*/, index)
})
