// Runs the built tests and ends with the line `N passed, N failed`.
//   node tools/run-tests.mjs unit            every package's tests: no database server, no running Bailiwick
//   node tools/run-tests.mjs all             those, and what needs PostgreSQL, a running server or minutes
//   node tools/run-tests.mjs all crash iam   only files whose path contains one of the words
// A file named `*.slow.test.ts` belongs to `all` only, and so does everything in conformance/.
import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [kind = 'unit', ...words] = process.argv.slice(2)
if (!['unit', 'all'].includes(kind)) {
  console.error(`run-tests: unknown kind \`${kind}\`; it is \`unit\` or \`all\``)
  process.exit(2)
}

const folders = [
  ...readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'dist')),
  'packages/policy/spec/dist',
  'tools/dist',
  ...(kind === 'all' ? ['conformance/dist', 'bench/dist'] : []),
]
const files = folders
  .flatMap((folder) => testsIn(join(root, folder)))
  .filter((file) => kind === 'all' || !file.endsWith('.slow.test.js'))
  .filter((file) => words.length === 0 || words.some((word) => relative(root, file).includes(word)))
  .sort()

let passed = 0
let failed = 0
let skipped = 0
const failures = []
const tests = run({ files, concurrency: 2, timeout: 20 * 60_000 })
tests.on('test:pass', (event) => {
  if (event.details?.type === 'suite') return
  if (event.skip !== undefined) {
    skipped++
    console.log(`SKIPPED  ${event.name}: ${event.skip}`)
  } else passed++
})
tests.on('test:fail', (event) => {
  if (event.details?.type === 'suite') return
  failed++
  failures.push(event)
  console.log(`FAILED   ${event.file ? relative(root, event.file) : ''} ${event.name}\n${indent(event.details?.error)}`)
})
tests.on('test:stderr', (event) => process.stderr.write(event.message))
if (process.env.VERBOSE) tests.compose(spec).pipe(process.stdout)
await new Promise((resolve) => tests.on('end', resolve).resume())
console.log(`${files.length} files`)
for (const { file, name } of failures) console.log(`FAILED   ${file ? relative(root, file) : ''} ${name}`)
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)

function testsIn(folder) {
  try {
    return readdirSync(folder, { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((name) => name.endsWith('.test.js'))
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}
function indent(error) {
  const cause = error?.cause ?? error
  return String(cause?.stack ?? cause)
    .split('\n')
    .slice(0, 40)
    .map((line) => `         ${line}`)
    .join('\n')
}
