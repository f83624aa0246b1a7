// Makes a checkout ready to run: installs what the lockfile names when it is missing or has changed, then builds.
// It uses nothing but Node and npm, so that it works on a fresh clone. `--quiet` keeps standard output free.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
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
await bundleCommand()

/** One file, and beside it what V8 compiles of it, so that the server starts in a third of the time: see docs/decisions/bundle.md. */
async function bundleCommand() {
  const { build } = await import('esbuild')
  const folder = join(root, 'packages/cli/dist/bundle')
  rmSync(folder, { recursive: true, force: true })
  /** Modules that read files beside themselves still find them. */
  const ownPlaces = {
    name: 'own places',
    setup({ onLoad }) {
      onLoad({ filter: /[/\\]packages[/\\][^/\\]+[/\\]dist[/\\].*\.js$/ }, ({ path }) => {
        const place = `new URL(${JSON.stringify(relative(folder, path).replaceAll('\\', '/'))}, bundleUrl).href`
        return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', place), loader: 'js' }
      })
    },
  }
  /** Parts of Node that few requests need: loaded when one of their functions is first called, not at the start. */
  const late = {
    name: 'late',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^node:(zlib|dns\/promises)$/ }, ({ path }) => ({ path, namespace: 'late' }))
      onLoad({ filter: /.*/, namespace: 'late' }, async ({ path }) => {
        const names = Object.keys(await import(path)).filter((name) => name !== 'default')
        const getter = (name) => `get ${name}() { return require(${JSON.stringify(path.replace('node:', ''))}).${name} }`
        return { contents: `module.exports = { ${names.map(getter).join(', ')} }`, loader: 'js' }
      })
    },
  }
  /** The driver's loader has Node write a whole report to learn which C library there is: that was known when the driver was installed. */
  const { currentTarget } = createRequire(join(root, 'node_modules/libsql/index.js'))('@neon-rs/load')
  const driver = {
    name: 'driver',
    setup({ onLoad }) {
      const known = `exports.currentTarget = () => ${JSON.stringify(currentTarget())}`
      onLoad({ filter: /[/\\]@neon-rs[/\\]load[/\\].*\.js$/ }, () => ({ contents: known, loader: 'js' }))
      onLoad({ filter: /[/\\]detect-libc[/\\].*\.js$/ }, () => ({ contents: 'exports.familySync = () => null', loader: 'js' }))
    },
  }
  await build({
    entryPoints: [join(root, 'packages/cli/dist/main.js')],
    outfile: join(folder, 'main.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    supported: { 'dynamic-import': false },
    banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename);" },
    plugins: [ownPlaces, late, driver],
    // Names stay, for stack traces; only blanks and comments go.
    minifyWhitespace: true,
    logLevel: 'warning',
    external: ['@libsql/*', 'pg', '@node-rs/argon2', 'xml-crypto', '@xmldom/xmldom'],
  })
  // esbuild leaves tagged templates as they are. V8 reads plain ASCII in half of the time and room; no tag here looks at its raw text.
  const file = join(folder, 'main.cjs')
  const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/[^\0-\x7f]/g, escaped))
  const flags = readFileSync(join(root, 'packages/cli/bin/bailiwick.js'), 'utf8')
    .match(/^#!.*node (.*)/)[1]
    .split(' ')
  const cached = spawnSync(process.execPath, [...flags, join(root, 'tools/write-code-cache.mjs')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 60_000,
  })
  if (cached.status !== 0) say('No code cache was written: the command will start a little slower.')
}

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
