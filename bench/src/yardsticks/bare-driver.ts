/**
 * Yardstick: the bare SQLite driver, durable. `1` commits a row at a time; `16` has sixteen writers whose rows share a commit, which
 * is made as soon as the one before has returned. Runs for a number of milliseconds and prints how many rows it committed.
 */
import { rmSync } from 'node:fs'
import Database from 'libsql'

const [file = '', writers = '1', milliseconds = '1000'] = process.argv.slice(2)
const database = new Database(file)
database.exec(
  'pragma journal_mode=WAL; pragma synchronous=FULL; create table if not exists user (id text primary key, name text unique, value text)',
)
const insert = database.prepare('insert into user values (?, ?, ?)')
const value = JSON.stringify({ filler: 'x'.repeat(480) })

let rows = 0
const until = Date.now() + Number(milliseconds)
const add = (): void => {
  rows++
  insert.run(`AIDA${rows}`, `user-${rows}`, value)
}

if (writers === '1') {
  while (Date.now() < until) add()
} else {
  let waiting: (() => void)[] = []
  const flush = (): void => {
    const group = waiting
    waiting = []
    database.exec('begin')
    for (let at = 0; at < group.length; at++) add()
    database.exec('commit')
    for (const done of group) done()
  }
  const write = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve)
      if (waiting.length === 1) setImmediate(flush)
    })
  await Promise.all(
    Array.from({ length: Number(writers) }, async () => {
      while (Date.now() < until) await write()
    }),
  )
}
const { user, system } = process.cpuUsage()
process.stdout.write(`${JSON.stringify({ rows, cpuSeconds: (user + system) / 1e6 })}\n`)
database.close()
for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true })
