import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import * as accessanalyzer from '@aws-sdk/client-accessanalyzer'
import * as iam from '@aws-sdk/client-iam'
import * as organizations from '@aws-sdk/client-organizations'
import * as sts from '@aws-sdk/client-sts'
import { loadService, type ServiceModel } from '@bailiwick/model'
import fc from 'fast-check'
import type { HttpRequest, HttpResponse } from '../http.js'
import { arbitraryOf } from './arbitrary.js'
import { protocolOf } from './index.js'

/** What the test needs of an SDK client: it sends a command through the handler that it was given. */
interface Client {
  send(command: unknown): Promise<Record<string, unknown>>
}

interface SentRequest {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** A network that keeps what was sent and answers what it is told. */
class Network {
  sent: HttpRequest | undefined
  answer: HttpResponse = { status: 200, headers: {}, body: '' }

  async handle(request: SentRequest): Promise<unknown> {
    this.sent = received(request)
    const { status, headers, body } = this.answer
    return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) } }
  }
}

const received = ({ method, path, query = {}, headers, body = '' }: SentRequest): HttpRequest => ({
  method,
  path,
  query: Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((own) => `${encodeURIComponent(name)}=${encodeURIComponent(own ?? '')}`))
    .join('&'),
  headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
  body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
})

const network = new Network()
const settings = {
  region: 'us-east-1',
  endpoint: 'http://localhost:1',
  credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  maxAttempts: 1,
  requestHandler: network as never,
}
const clients: Readonly<Record<string, { readonly client: Client; readonly module: object }>> = {
  iam: { client: new iam.IAMClient(settings) as unknown as Client, module: iam },
  sts: { client: new sts.STSClient(settings) as unknown as Client, module: sts },
  organizations: { client: new organizations.OrganizationsClient(settings) as unknown as Client, module: organizations },
  accessanalyzer: { client: new accessanalyzer.AccessAnalyzerClient(settings) as unknown as Client, module: accessanalyzer },
}

function send(service: string, operation: string, input: object): Promise<Record<string, unknown>> {
  const { client, module } = clients[service]!
  const Command = (module as Record<string, new (input: object) => unknown>)[`${operation}Command`]!
  return client.send(new Command(input))
}

const sample = (model: ServiceModel, shape: string | undefined, seed: number): object =>
  shape === undefined ? {} : (fc.sample(arbitraryOf(model, shape) as fc.Arbitrary<object>, { numRuns: 1, seed })[0] ?? {})

/**
 * The value as the SDK can say it and as it hands it out: it sends no empty maps, and does not decode policy documents, which IAM
 * percent-encodes in answers.
 */
function asTheSdkHas(model: ServiceModel, name: string, value: unknown, side: 'input' | 'output'): unknown {
  const shape = model.shapes.get(name)!
  if (shape.type === 'list') return (value as unknown[]).map((item) => asTheSdkHas(model, shape.member!, item, side))
  if (shape.type === 'map')
    return Object.fromEntries(Object.entries(value as object).map(([key, own]) => [key, asTheSdkHas(model, shape.value!, own, side)]))
  if (shape.type === 'structure') {
    const members = (shape.members ?? []).flatMap((member): [string, unknown][] => {
      const own = (value as Record<string, unknown>)[member.name]
      const empty = model.protocol === 'query' && side === 'input' && model.shapes.get(member.shape)!.type === 'map'
      if (own === undefined || (empty && Object.keys(own as object).length === 0)) return []
      return [[member.name, asTheSdkHas(model, member.shape, own, side)]]
    })
    return Object.fromEntries(members)
  }
  if (side === 'output' && name === 'policyDocumentType')
    return encodeURIComponent(value as string).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)
  return value instanceof Uint8Array ? [...value] : value
}

for (const service of ['iam', 'sts', 'organizations', 'accessanalyzer'] as const) {
  test(`what the SDK's ${service} client sends is read as it was meant, and our answers reach its caller unchanged`, async () => {
    const model = await loadService(service)
    const protocol = protocolOf(model)
    for (const { name: operation, input, output } of model.operations.values()) {
      for (const seed of [1, 2, 3]) {
        const meant = sample(model, input, seed)
        const answered = sample(model, output, seed)
        network.answer = protocol.encodeOutput(model, operation, answered, 'b1a2')
        const { $metadata, ...got } = await send(service, operation, meant)
        const read = protocol.decodeInput(model, operation, network.sent!)
        const where = `${service}:${operation}, seed ${seed}`
        if (input !== undefined) {
          const { clientToken: _, ...rest } = asTheSdkHas(model, input, read, 'input') as Record<string, unknown>
          const { clientToken: __, ...wanted } = asTheSdkHas(model, input, meant, 'input') as Record<string, unknown>
          assert.deepEqual(rest, wanted, `${where}: input`)
        }
        if (output !== undefined) {
          const wanted = asTheSdkHas(model, output, answered, 'output')
          assert.deepEqual(plain(got), wanted, `${where}: output`)
        }
        assert.equal(($metadata as { requestId?: string }).requestId, 'b1a2', where)
      }
    }
  })
}

const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return [...value]
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, own]) => own !== undefined)
      .map(([key, own]) => [key, plain(own)]),
  )
}

test('the SDK knows every declared error by its wire code, with our message and request id', async () => {
  for (const service of ['iam', 'sts', 'organizations', 'accessanalyzer'] as const) {
    const model = await loadService(service)
    for (const { name: operation, errors } of model.operations.values()) {
      const code = errors[0]
      if (code === undefined) continue
      const { status, fault } = model.errors.get(code)!
      network.answer = protocolOf(model).encodeError(model, { code, message: `<${operation}> & "more"`, status, fault }, 'c3d4')
      await assert.rejects(
        send(service, operation, sample(model, model.operations.get(operation)!.input, 1)),
        (error: Error & { $metadata: { requestId?: string; httpStatusCode?: number }; $fault?: string; Code?: string }) => {
          assert.ok(
            [code, `${code}Exception`].includes(error.name) || error.Code === code,
            `${service}:${operation}: ${error.name} is not ${code}`,
          )
          assert.equal(error.message, `<${operation}> & "more"`)
          assert.equal(error.$metadata.requestId, 'c3d4')
          assert.equal(error.$metadata.httpStatusCode, network.answer.status)
          return true
        },
      )
    }
  }
})
