import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import { loadService } from '@bailiwick/model'
import { Listener } from './listener.js'
import { longBodies, parameterAtEnd } from './long-bodies.js'
import { trustedProxies } from './trusted-proxies.js'

const mebibyte = 1_048_576
const models = await Promise.all((['iam', 'sts'] as const).map(loadService))

test('only what the models allow to be long is let in longer', () => {
  assert.deepEqual(
    longBodies(models, mebibyte),
    new Map([
      ['SAMLMetadataDocument', 30_065_536],
      ['CertificateChain', 6_356_992],
    ]),
  )
})

test('the parameter at the end of a form that is cut off', () => {
  const at = (form: string) => parameterAtEnd(Buffer.from(form))
  assert.equal(at('Action=CreateSAMLProvider&SAMLMetadataDocument=%3Cmd'), 'SAMLMetadataDocument')
  assert.equal(at('SAMLMetadataDocument=%3Cmd'), 'SAMLMetadataDocument')
  assert.equal(at('SAMLMetadataDocument=x&Name=y'), 'Name')
  assert.equal(at('SAMLMetadataDocument=x&Na'), undefined)
  assert.equal(at(`${'x'.repeat(200)}=`), undefined)
})

const listener = await Listener.open({
  host: '127.0.0.1',
  port: 0,
  trustedProxies: trustedProxies([]),
  open: ({ body }) => ({ status: 200, headers: {}, body: String(body.length) }),
  answer: async () => ({ status: 500, headers: {}, body: '' }),
  models,
})
after(() => listener.close())

/** Sends the start of a body; `finish` sends the rest of it. */
function sending(start: string, length: number): { readonly status: Promise<number>; readonly finish: () => void } {
  const sent = request({ host: '127.0.0.1', port: listener.port, method: 'POST', headers: { 'content-length': length } })
  const status = new Promise<number>((resolve, reject) => {
    sent.on('response', (response) => {
      response.resume()
      resolve(response.statusCode!)
    })
    sent.on('error', reject)
  })
  sent.write(start)
  return { status, finish: () => sent.end('x'.repeat(length - start.length)) }
}

const long = `Name=a&SAMLMetadataDocument=${'x'.repeat(2 * mebibyte)}`

test('two long bodies are read at once, a third is sent away, and afterwards there is room again', async () => {
  const three = Array.from({ length: 3 }, () => sending(long, long.length + 10))
  // Which of them comes too late is left to chance.
  const refused = await Promise.race(three.map(async ({ status }, at) => ({ status: await status, at })))
  assert.equal(refused.status, 503)
  const short = sending('Name=a', 10)
  short.finish()
  assert.equal(await short.status, 200, 'others are not held up')
  for (const { finish } of three) finish()
  const statuses = await Promise.all(three.map(({ status }) => status))
  assert.deepEqual(
    statuses.filter((_, at) => at !== refused.at),
    [200, 200],
  )
  const again = sending(long, long.length)
  again.finish()
  assert.equal(await again.status, 200)
})

test('what is no such parameter, and what is longer than its own length, is too large', async () => {
  for (const form of [`Description=${'x'.repeat(2 * mebibyte)}`, `SAMLMetadataDocument=x&Name=${'x'.repeat(2 * mebibyte)}`]) {
    const sent = sending(form, form.length)
    sent.finish()
    assert.equal(await sent.status, 413)
  }
  const chain = `CertificateChain=${'x'.repeat(7 * mebibyte)}`
  const sent = sending(chain, chain.length)
  sent.finish()
  assert.equal(await sent.status, 413)
})
