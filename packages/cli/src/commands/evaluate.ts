/** `bailiwick evaluate`: a case a line in, an answer a line out, each before the next is read. */
import { createInterface } from 'node:readline'
import { answerCase } from '@bailiwick/policy'
import { parseFlags } from '../flags.js'

/** Answers that came in one piece of input leave in one piece of output. */
const flushAtCharacters = 65_536

export async function evaluate(args: readonly string[]): Promise<number> {
  parseFlags(args, [])
  let answers = ''
  const flush = (): void => {
    if (answers !== '') process.stdout.write(answers)
    answers = ''
  }
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })
  lines.on('line', (line) => {
    if (line.trim() === '') return
    if (answers === '') setImmediate(flush)
    answers += `${answerCase(line)}\n`
    if (answers.length > flushAtCharacters) flush()
  })
  await new Promise((resolve) => lines.on('close', resolve))
  flush()
  return 0
}
