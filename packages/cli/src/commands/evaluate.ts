/** `bailiwick evaluate`: a case a line in, an answer a line out, each before the next is waited for. */
import { once } from 'node:events'
import { answerCase } from '@bailiwick/policy'
import { parseFlags } from '../flags.js'
import { UsageError } from '../usage-error.js'

/** Answers that came in one piece of input leave in one piece of output, and the next piece is read when that is taken. */
export async function evaluate(args: readonly string[]): Promise<number> {
  const { words } = parseFlags(args, [])
  if (words.length > 0) throw new UsageError(`unexpected argument \`${words[0]}\`: cases are read from standard input`)
  // Lines end with LF and nothing else: JSON may hold U+2028 as it is, which `node:readline` would break at.
  let begun = ''
  process.stdin.setEncoding('utf8')
  for await (const text of process.stdin as AsyncIterable<string>) {
    const lines = (begun + text).split('\n')
    begun = lines.pop()!
    await write(lines)
  }
  await write([begun])
  return 0
}

async function write(lines: readonly string[]): Promise<void> {
  const answers = lines.filter((line) => line.trim() !== '').map((line) => `${answerCase(line)}\n`)
  if (answers.length > 0 && !process.stdout.write(answers.join(''))) await once(process.stdout, 'drain')
}
