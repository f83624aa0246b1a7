// Starts a server from the bundle, asks it something, ends it, and keeps what V8 compiled on the way beside the bundle.
// Run with the flags of `packages/cli/bin/bailiwick.js`: V8 takes a cache only under the flags that it was made with.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import bundled from '../packages/cli/bin/bundle.js'

const { codeCache, loadBundle } = bundled

for (const name of Object.keys(process.env)) if (/^(AWS|BAILIWICK)_/.test(name)) delete process.env[name]
const folder = mkdtempSync(join(tmpdir(), 'bailiwick-build-'))
try {
  rmSync(codeCache, { force: true })
  const { script, main } = loadBundle()
  const given = ['--data-dir', folder]
  const ended = main(['start', '--port', '0', ...given]).then((code) => {
    if (code !== 0) throw new Error(`the server ended with ${code}`)
  })
  while (!existsSync(join(folder, 'endpoint'))) await Promise.race([wait(20), ended])
  await main(['accounts', 'list', ...given])
  process.kill(process.pid, 'SIGTERM')
  await ended
  writeFileSync(codeCache, script.createCachedData())
} finally {
  rmSync(folder, { recursive: true, force: true })
}
