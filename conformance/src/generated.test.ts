import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { generatedFiles, repository } from './generated-files.js'

test('[item 9] generated files are what the tables make today', async () => {
  for (const { path, text } of await generatedFiles()) {
    let kept = ''
    try {
      kept = readFileSync(join(repository, path), 'utf8')
    } catch (error) {
      if ((error as { code?: string }).code !== 'ENOENT') throw error
    }
    assert.ok(kept === text, `${path} is out of date: run \`npm run generate\``)
  }
})
