import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import { after, test } from 'node:test'
import type { ServiceModel } from '@bailiwick/model'
import { signedRequest } from '../bad-input.support.js'
import type { Key } from '../clients.js'
import { useServer } from '../iam-scene.js'
import { bailiwick } from '../running-server.js'
import { type Probe, probesOf } from './probes.js'
import { iamModel, stsModel } from './world.js'

let nobody: Key
const missing = new Map<string, ReadonlySet<string>>()

const scene = useServer(async () => {
  nobody = await scene.newUser('nobody')
  const counted = JSON.parse((await bailiwick(['coverage', '--json'])).stdout)
  for (const { service } of [iamModel, stsModel]) missing.set(service, new Set(counted[service].missing))
})

const agent = new Agent({ keepAlive: true, maxSockets: 8 })
after(() => agent.destroy())

interface Answer {
  readonly status: number
  readonly code: string
  readonly message: string
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g, (_, hex, decimal, name) =>
    name ? entities[name]! : String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal)),
  )

/** Sends the form as it is: no client checks it before. */
async function send({ apiVersion, signingName }: ServiceModel, operation: string, { form }: Probe, key: Key): Promise<Answer> {
  const pairs = [['Action', operation], ['Version', apiVersion], ...form]
  const body = pairs.map(([name, value]) => `${encodeURIComponent(name!)}=${encodeURIComponent(value!)}`).join('&')
  const { endpoint } = scene.server()
  const signed = await signedRequest({ key, endpoint, body, service: signingName })
  const { hostname, port } = new URL(endpoint)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method: 'POST', path: '/', agent, headers: Object.fromEntries(signed.headers) }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (more) => (text += more))
      response.on('end', () => {
        const read = (name: string): string => unescaped(new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '')
        resolve({ status: response.statusCode!, code: read('Code'), message: read('Message') })
      })
    })
    sent.on('error', reject)
    sent.end(signed.body)
  })
}

/** A sentence of the validation, which what the model allows must not be answered with. */
const isRefusalOfTheModel = ({ code, message }: Answer): boolean =>
  code === 'MalformedInput' || /^\d+ validation errors? detected|^The specified value for/.test(message)

function check(operation: string, { name, refusal }: Probe, answer: Answer): string[] {
  const told = `${operation}: ${name}: ${answer.status} ${answer.code} ${answer.message.slice(0, 300)}`
  if (refusal === undefined) return answer.status >= 500 || isRefusalOfTheModel(answer) ? [`${told}\n  but the model allows it`] : []
  const right = answer.status === 400 && answer.code === refusal.code && (refusal.message ?? answer.message) === answer.message
  return right ? [] : [`${told}\n  and not ${refusal.code} ${refusal.message?.slice(0, 300) ?? ''}`]
}

for (const model of [iamModel, stsModel]) {
  test(
    `[item 2] every operation of ${model.service}: each member missing, too short, too long, of another form or type, before anybody's rights are looked at`,
    {
      concurrency: 4,
    },
    async (t) => {
      const operations = [...model.operations.keys()].filter((name) => !missing.get(model.service)!.has(name))
      await Promise.all(
        operations.map((operation) =>
          t.test(operation, async () => {
            const probes = probesOf(model, operation)
            const wrong = await Promise.all(
              probes.map(async (probe) => check(operation, probe, await send(model, operation, probe, nobody))),
            )
            assert.deepEqual(wrong.flat(), [])
            assert.ok(probes.length >= 2)
          }),
        ),
      )
    },
  )
}

test('[item 2] validation comes before existence too, and what the model allows never ends as a failure of the server', async () => {
  const { rootKey } = scene.server()
  const wrong: string[] = []
  for (const model of [iamModel, stsModel]) {
    for (const operation of model.operations.keys()) {
      if (missing.get(model.service)!.has(operation)) continue
      const probes = probesOf(model, operation)
      const bad = probes.find(({ refusal }) => refusal?.code === 'ValidationError')
      if (bad !== undefined) wrong.push(...check(operation, bad, await send(model, operation, bad, rootKey)))
      for (const probe of probes.filter(({ refusal }) => refusal === undefined))
        wrong.push(...check(operation, probe, await send(model, operation, probe, rootKey)))
    }
  }
  assert.deepEqual(wrong, [])
})
