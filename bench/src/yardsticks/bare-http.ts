/** Yardstick: `node:http` that reads the body and answers 300 bytes. Prints its port. */
import { createServer } from 'node:http'

const answer = Buffer.alloc(300, 'x')
const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    Buffer.concat(chunks)
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': answer.length })
    response.end(answer)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\nReady.\n`)
})
process.on('SIGTERM', () => process.exit(0))
