/** `npm run generate`: writes what `generate` makes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { serviceNames } from '../api/load-service.js'
import { generate } from './generate.js'

const packageFolder = new URL('../../', import.meta.url)
mkdirSync(new URL('src/generated/', packageFolder), { recursive: true })
for (const service of serviceNames) {
  for (const { name, text } of generate(service, readFileSync(new URL(`data/${service}.json`, packageFolder), 'utf8'))) {
    writeFileSync(new URL(`src/generated/${name}`, packageFolder), text)
  }
}
