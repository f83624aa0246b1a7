/** `npm run fuzz`: compares the engine with the specification on generated cases until time is up. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { scenarioOf } from './compare.js'
import type { Counts } from './counts.js'
import { fuzz } from './run.js'

const USAGE = `Compares the policy engine with the specification's evaluator on generated policies and requests.

  npm run fuzz -- [--seed N] [--seconds S] [--out FOLDER] [--json]

  --seed N       what the cases are made from; the same seed makes the same cases (default: from the date)
  --seconds S    for how long (default: 10)
  --out FOLDER   where a disagreement is written as a scenario (default: packages/policy/scenarios)
  --json         prints the result as one JSON object
  --help         prints this

Exit code 1 when the two disagree.
`

const scenarios = fileURLToPath(new URL('../../../scenarios/', import.meta.url))

function main(): number {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
      seconds: { type: 'string', default: '10' },
      out: { type: 'string', default: scenarios },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const seed = wholeNumber('--seed', values.seed)
  const seconds = wholeNumber('--seconds', values.seconds)
  const started = performance.now()
  const elapsed = () => (performance.now() - started) / 1000
  let told = 0
  const { counts, findings } = fuzz(seed, (soFar) => {
    if (elapsed() - told >= 1) {
      told = elapsed()
      if (process.stderr.isTTY) process.stderr.write(`\rseed ${seed}: ${soFar.compared} decisions compared in ${told.toFixed(0)} s`)
    }
    return elapsed() >= seconds
  })
  if (process.stderr.isTTY) process.stderr.write('\n')
  const written = findings.map(({ fuzzCase, difference }, index) => {
    const file = join(values.out, `found-${seed}-${index + 1}.json`)
    writeFileSync(file, `${JSON.stringify([scenarioOf(fuzzCase, `found by seed ${seed}, ${index + 1}: ${difference}`)], null, 1)}\n`)
    return file
  })
  const perSecond = Math.round(counts.compared / elapsed())
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ seed, compared: counts.compared, perSecond, findings, written, ...counts.report() })}\n`)
  } else {
    process.stdout.write(table(counts))
    findings.forEach(({ difference, fuzzCase }, index) => {
      process.stdout.write(`\n${difference}\n${JSON.stringify(fuzzCase)}\n${written[index]}\n`)
    })
    process.stdout.write(`seed ${seed}: ${counts.compared} decisions compared, ${perSecond} a second, ${findings.length} disagreements\n`)
  }
  return findings.length > 0 ? 1 : 0
}

function table(counts: Counts): string {
  return Object.entries(counts.report())
    .flatMap(([title, rows]) => [title, ...Object.entries(rows).map(([name, number]) => `${String(number).padStart(10)}  ${name}`)])
    .map((line) => `${line}\n`)
    .join('')
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new TypeError(`${option} takes a whole number, not \`${text}\``)
  return Number(text)
}

try {
  process.exitCode = main()
} catch (error) {
  process.stderr.write(`fuzz: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}
