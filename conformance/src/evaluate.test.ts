import assert from 'node:assert/strict'
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bailiwick, cleanEnvironment } from './running-server.js'

interface Case {
  readonly id: unknown
  readonly policies: object
  readonly request: object
  readonly expected: string
}

interface Answer {
  readonly id: unknown
  readonly decision?: string
  readonly error?: string
}

const folder = new URL('../../packages/policy/scenarios/', import.meta.url)
const cases: readonly Case[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Case[])

async function answersTo(lines: readonly string[]): Promise<Answer[]> {
  const { code, stdout, stderr } = await bailiwick(['evaluate'], {}, `${lines.join('\n')}\n`)
  assert.equal(code, 0, stderr)
  assert.equal(stderr, '')
  assert.ok(stdout.endsWith('\n'))
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer)
}

/** The question without its answer. */
const asked = ({ policies, request }: Case, id: unknown): string => JSON.stringify({ id, policies, request })

test('[item 7] the command decides every scenario right, in order, an answer a line', async () => {
  assert.ok(cases.length >= 250)
  const answers = await answersTo(cases.map((scenario) => asked(scenario, scenario.id)))
  assert.equal(answers.length, cases.length)
  for (const [at, { id, expected }] of cases.entries()) {
    assert.deepEqual({ id: answers[at]!.id, decision: answers[at]!.decision }, { id, decision: expected })
  }
})

test('[item 7] decisions do not hang on ids, nor on the order of the cases', async () => {
  const ids: readonly unknown[] = [0, -1, 1.5, null, '', 'allowed', 'é\u2028', { a: [1] }, [true]]
  const turned = cases.toReversed()
  const answers = await answersTo(turned.map((scenario, at) => asked(scenario, ids[at % ids.length])))
  assert.deepEqual(
    answers.map(({ id, decision }) => [id, decision]),
    turned.map(({ expected }, at) => [ids[at % ids.length], expected]),
  )
})

test('[item 7] a line that cannot be read answers an error with its id, is never an allow, and the next is answered', async () => {
  const good = cases.find(({ expected }) => expected === 'allowed')!
  const unreadable: readonly (readonly [line: string, id: unknown])[] = [
    ['{', null],
    ['not JSON', null],
    ['[]', null],
    ['"text"', null],
    ['{"id":7}', 7],
    ['{"id":"x","policies":{},"request":[]}', 'x'],
    ['{"id":"y","policies":{"identity":[]},"request":{"principal":"nobody","action":1,"resource":"*"}}', 'y'],
    [`{"id":"deep","policies":${'['.repeat(50_000)}${']'.repeat(50_000)},"request":{}}`, undefined],
    ['\u0000', null],
  ]
  const answers = await answersTo(unreadable.flatMap(([line], at) => [line, asked(good, at)]))
  assert.equal(answers.length, unreadable.length * 2)
  for (const [at, [line, id]] of unreadable.entries()) {
    const wrong = answers[2 * at]!
    assert.ok(typeof wrong.error === 'string' && wrong.error.length > 0, line.slice(0, 80))
    assert.equal(wrong.decision, undefined)
    if (id !== undefined) assert.equal(wrong.id, id)
    assert.deepEqual([answers[2 * at + 1]!.id, answers[2 * at + 1]!.decision], [at, 'allowed'])
  }
})

test('[item 7] lines end with LF: CR before it, empty lines and a missing last one are fine, and U+2028 is text', async () => {
  const [first, second] = cases as readonly [Case, Case]
  const { stdout } = await bailiwick(['evaluate'], {}, `\n${asked(first, 'a\u2028b\u2029c')}\r\n\n  \n${asked(second, 2)}`)
  const answers = stdout.trimEnd().split('\n')
  assert.deepEqual(
    answers.map((line) => (JSON.parse(line) as Answer).id),
    ['a\u2028b\u2029c', 2],
  )
  assert.deepEqual(await bailiwick(['evaluate'], {}, ''), { code: 0, stdout: '', stderr: '' })
})

const command = fileURLToPath(new URL('../../packages/cli/bin/bailiwick.js', import.meta.url))

const evaluating = (): ChildProcessWithoutNullStreams => spawn(process.execPath, [command, 'evaluate'], { env: cleanEnvironment() })

test('[item 7] a line is answered before the next is written, also when it comes in pieces', async () => {
  const child = evaluating()
  let output = ''
  let told = (): void => {}
  child.stdout.on('data', (text) => {
    output += text
    told()
  })
  const answered = async (count: number): Promise<Answer> => {
    while (output.split('\n').length <= count) await new Promise<void>((resolve) => (told = resolve))
    return JSON.parse(output.split('\n')[count - 1]!) as Answer
  }
  for (const [at, scenario] of cases.slice(0, 20).entries()) {
    const bytes = Buffer.from(`${asked(scenario, `é${at}`)}\n`)
    // The second byte of é comes with the second piece.
    const half = at % 2 === 0 ? bytes.length : bytes.indexOf(0xa9)
    child.stdin.write(bytes.subarray(0, half))
    if (half < bytes.length) {
      await new Promise((resolve) => setImmediate(resolve))
      child.stdin.write(bytes.subarray(half))
    }
    assert.deepEqual((await answered(at + 1)).decision, scenario.expected)
    assert.equal((await answered(at + 1)).id, `é${at}`)
  }
  child.stdin.end()
  assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0)
})

test('[item 7] a reader that goes away ends the command without a word', async () => {
  const child = evaluating()
  let errors = ''
  child.stderr.on('data', (text) => (errors += text))
  child.stdin.on('error', () => {})
  child.stdout.once('data', () => child.stdout.destroy())
  const lines = `${cases.map((scenario) => asked(scenario, 1)).join('\n')}\n`
  const write = (): void => {
    if (child.exitCode === null) child.stdin.write(lines, () => setImmediate(write))
  }
  write()
  assert.equal(await new Promise((resolve) => child.on('exit', resolve)), 0)
  child.stdin.destroy()
  assert.equal(errors, '')
})

test('[item 7] evaluate takes no arguments', async () => {
  const { code, stderr } = await bailiwick(['evaluate', 'cases.jsonl'])
  assert.equal(code, 2)
  assert.equal(stderr, 'bailiwick evaluate: unexpected argument `cases.jsonl`: cases are read from standard input\n')
})
