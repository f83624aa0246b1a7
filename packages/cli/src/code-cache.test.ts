import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const own = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url))
const flags = /^#!.*node (.*)/.exec(readFileSync(own('bin/bailiwick.js'), 'utf8'))![1]!

test('what V8 had compiled is taken under the flags of the command, and under no others', () => {
  const program = `process.stdout.write(String(require(${JSON.stringify(own('bin/bundle.js'))}).loadBundle().script.cachedDataRejected))`
  const rejected = (...given: string[]): string => spawnSync(process.execPath, [...given, '-e', program], { encoding: 'utf8' }).stdout
  assert.equal(rejected(...flags.split(' ')), 'false')
  assert.equal(rejected(...flags.split(' '), '--no-lazy'), 'true')
})

test('`npm start` has the flags of the command', () => {
  const { scripts } = JSON.parse(readFileSync(own('../../package.json'), 'utf8')) as { scripts: { start: string } }
  assert.ok(scripts.start.includes(`node ${flags} packages/cli/bin/bailiwick.js start`), scripts.start)
})
