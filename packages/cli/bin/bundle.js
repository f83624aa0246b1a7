/** The command as one file, beside which stands what V8 had compiled of it when it last ran a server: see docs/decisions/bundle.md. */
const { existsSync, readFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { dirname, join } = require('node:path')
const { Script } = require('node:vm')

const bundle = join(__dirname, '../dist/bundle/main.cjs')
const codeCache = `${bundle}.cache`

/** Runs the file as `require` would. V8 passes over a cache of another version, or of other flags, and compiles. */
function loadBundle() {
  const cachedData = existsSync(codeCache) ? readFileSync(codeCache) : undefined
  // The build writes ASCII only.
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, 'latin1')}\n})`
  const script = new Script(source, { filename: bundle, cachedData })
  const module = { exports: {} }
  script.runInThisContext()(module.exports, createRequire(bundle), module, bundle, dirname(bundle))
  return { script, main: module.exports.main }
}

module.exports = { bundle, codeCache, loadBundle }
