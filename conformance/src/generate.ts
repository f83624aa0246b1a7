/** Writes the files that are made from tables and checked in: part of `npm run generate`. `generated.test.ts` says when one is out of date. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedFiles, repository } from './generated-files.js'

for (const { path, text } of await generatedFiles()) {
  const file = join(repository, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
