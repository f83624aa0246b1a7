// Makes a checkout ready to run: installs what the lockfile names when it is missing or has changed, then builds.
// It uses nothing but Node and npm, so that it works on a fresh clone. `--quiet` keeps standard output free.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const quiet = process.argv.includes('--quiet')
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) fail(`Bailiwick needs Node 20.19 or newer; this is ${process.versions.node}`)

const stamp = join(root, 'node_modules', '.bailiwick-lock')
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  say('Installing dependencies …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}
say('Building …')
run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', root])
// One file a command, so that the server starts in a third of the time: see docs/decisions/bundle.md.
const { build } = await import('esbuild')
await build({
  entryPoints: [join(root, 'packages/cli/dist/main.js')],
  outdir: join(root, 'packages/cli/dist/bundle'),
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // Names stay, for stack traces; only blanks and comments go.
  minifyWhitespace: true,
  logLevel: 'warning',
  external: ['libsql', 'pg', '@node-rs/argon2', 'xml-crypto', '@xmldom/xmldom', '@bailiwick/model/*'],
})

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'] })
  if (error) fail(`${command}: ${error.message}`)
  if (status !== 0) process.exit(status ?? 1)
}
function say(text) {
  process.stderr.write(`${text}\n`)
}
function fail(text) {
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
