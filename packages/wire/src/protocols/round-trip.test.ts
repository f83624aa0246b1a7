import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadService, type ServiceModel, serviceNames } from '@bailiwick/model'
import fc from 'fast-check'
import type { HttpRequest } from '../http.js'
import { makeRouter } from '../routing/index.js'
import { arbitraryOf } from './arbitrary.js'
import { protocolOf } from './index.js'
import type { OutgoingRequest } from './protocol.js'

const received = ({ method, path, query, headers, body }: OutgoingRequest): HttpRequest => ({
  method,
  path,
  query,
  headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
  body: new TextEncoder().encode(body),
})

/** Both sides without prototypes, so that a map and an object compare by what is in them. */
const plain = (value: unknown): unknown => {
  if (value instanceof Date || value instanceof Uint8Array || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  return Object.fromEntries(Object.entries(value).map(([key, own]) => [key, plain(own)]))
}

const cases = async (): Promise<{ model: ServiceModel; operation: string }[]> =>
  (await Promise.all(serviceNames.map(loadService))).flatMap((model) =>
    [...model.operations.keys()].map((operation) => ({ model, operation })),
  )

test('[item 3] what is encoded is decoded to the same, input and output of every operation of every model', async () => {
  for (const { model, operation } of await cases()) {
    const protocol = protocolOf(model)
    const { input, output } = model.operations.get(operation)!
    const inputs = input === undefined ? fc.constant({}) : (arbitraryOf(model, input) as fc.Arbitrary<object>)
    const outputs = output === undefined ? fc.constant({}) : (arbitraryOf(model, output) as fc.Arbitrary<object>)
    fc.assert(
      fc.property(inputs, outputs, (sent, answered) => {
        assert.deepEqual(
          plain(protocol.decodeInput(model, operation, received(protocol.encodeInput(model, operation, sent)))),
          plain(sent),
          operation,
        )
        assert.deepEqual(
          plain(protocol.decodeOutput(model, operation, protocol.encodeOutput(model, operation, answered, 'id'))),
          plain(answered),
          operation,
        )
      }),
      { numRuns: 15, seed: 20261124 },
    )
  }
})

test('[item 3] every operation is routed to from its own request, whatever the service', async () => {
  const models = await Promise.all(serviceNames.map(loadService))
  const route = makeRouter(models, models[0]!)
  for (const { model, operation } of await cases()) {
    const { input } = model.operations.get(operation)!
    const [sent] = fc.sample(input === undefined ? fc.constant({}) : (arbitraryOf(model, input) as fc.Arbitrary<object>), {
      numRuns: 1,
      seed: 7,
    })
    const request = received(protocolOf(model).encodeInput(model, operation, sent!))
    const signed = {
      ...request,
      headers: new Map([
        ...request.headers,
        [
          'authorization',
          [`AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/${model.signingName}/aws4_request, SignedHeaders=host, Signature=0`],
        ],
      ]),
    }
    const found = route(signed)
    assert.equal(found.error, undefined)
    assert.equal(`${found.model.service}:${found.operation}`, `${model.service}:${operation}`)
  }
})
