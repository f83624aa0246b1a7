/** The child of `crash.slow.test.ts`: writes without end and says on standard output, line by line, what was acknowledged. */
import { writeSync } from 'node:fs'
import { entries, openOptions, users } from '../conformance/index.js'
import { openStore } from '../index.js'

const [path = '', life = ''] = process.argv.slice(2)
const writers = 6

const store = await openStore({ ...openOptions(`life ${life}`), url: path })
writeSync(1, 'open\n')

/** Each transaction leaves two records and an entry of the log that agree. */
async function write(writer: number): Promise<never> {
  for (let n = 0; ; n++) {
    const mark = `${life}.${writer}.${n}`
    await store.transact(async (tx) => {
      await tx.put(users, 'a', { id: `first ${writer}`, name: `first ${writer}`, groups: [mark] })
      await tx.put(users, 'a', { id: `second ${mark}`, name: `second ${mark}`, groups: [mark] })
      tx.append(entries, 'a', { id: mark, at: n, what: `${writer}` })
    })
    writeSync(1, `${mark}\n`)
  }
}

await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))
