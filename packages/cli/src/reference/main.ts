/** Writes the reference: part of `npm run generate`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { referenceFiles } from './index.js'

const folder = new URL('../../../../docs/reference/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const { name, text } of await referenceFiles()) writeFileSync(new URL(name, folder), text)
