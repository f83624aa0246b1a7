/** The command as one file, beside which stands what V8 had compiled of it when it last ran a server: see docs/decisions/bundle.md. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

export const bundle = fileURLToPath(new URL('../dist/bundle/main.cjs', import.meta.url))
export const codeCache = `${bundle}.cache`

/** Runs the file as `require` would. V8 passes over a cache of another version, or of other flags, and compiles. */
export function loadBundle() {
  const cachedData = existsSync(codeCache) ? readFileSync(codeCache) : undefined
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'utf8')}\n})`
  const script = new Script(source, { filename: bundle, cachedData })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle))
  return { script, main: module.exports.main }
}
