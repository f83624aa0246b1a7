/**
 * Yardstick: the least that a durable write over `node:http` can cost with this driver. It reads the body, makes the hashes of a signature
 * check, commits a row and its audit event together with those of the requests that came in the same turn, and answers 600 bytes: nothing
 * is verified, decoded, decided or encoded. Argument: the database. Prints its port.
 */
import { createServer } from 'node:http'
import Database from 'libsql'
import { oneShotHashes } from './one-shot-hashes.js'

const database = new Database(process.argv[2]!)
database.exec(
  `pragma journal_mode=WAL; pragma synchronous=FULL; create table if not exists user (id text primary key, name text unique, value text);
  create table if not exists log (at integer primary key, text text)`,
)
const insert = database.prepare('insert into user values (?, ?, ?)')
const log = database.prepare('insert into log values (?, ?)')
const value = JSON.stringify({ filler: 'x'.repeat(480) })

let rows = 0
let waiting: (() => void)[] = []

function flush(): void {
  const group = waiting
  waiting = []
  database.exec('begin')
  for (let at = 0; at < group.length; at++) {
    rows++
    insert.run(`AIDA${rows}`, `user-${rows}`, value)
    log.run(rows, value)
  }
  database.exec('commit')
  for (const done of group) done()
}

const answer = Buffer.alloc(600, 'x')
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    Buffer.concat(chunks)
    oneShotHashes(1)
    waiting.push(() => {
      response.writeHead(200, { 'content-type': 'text/xml', 'content-length': answer.length })
      response.end(answer)
    })
    if (waiting.length === 1) setImmediate(flush)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\nReady.\n`)
})
process.on('SIGTERM', () => process.exit(0))
