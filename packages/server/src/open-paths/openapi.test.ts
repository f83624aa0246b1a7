import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadService } from '@bailiwick/model'
import { openApi } from './openapi.js'

// biome-ignore lint/suspicious/noExplicitAny: a document as its reader sees it
type Json = any

const model = await loadService('bailiwick')
const described: Json = JSON.parse(JSON.stringify(openApi(model, '1.2.3')))

/** Of every place in the document. */
function* nodes(value: Json): Iterable<Json> {
  if (typeof value !== 'object' || value === null) return
  yield value
  for (const inner of Object.values(value)) yield* nodes(inner)
}

test('[item 1] every operation of the own API is described at its method and path, and nothing else', () => {
  assert.equal(described.openapi, '3.1.0')
  assert.deepEqual([described.info.version, described.info.title], ['1.2.3', 'Bailiwick'])
  const found = Object.entries<Json>(described.paths).flatMap(([path, methods]) =>
    Object.entries<Json>(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
  )
  assert.deepEqual(
    found.sort(),
    [...model.operations.values()].map(({ name, method, uri }) => `${name} ${method} ${uri}`),
  )
})

test('[item 1] what is referred to is there, and no input or error is left over as a schema', () => {
  const schemas = Object.keys(described.components.schemas)
  const used = new Set([...nodes(described)].flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref])))
  assert.deepEqual(
    [...used].sort(),
    schemas.map((name) => `#/components/schemas/${name}`),
  )
})

test('[item 1] a member travels in the path, the query or the body, as it is sent', () => {
  const put = described.paths['/_bailiwick/v1/accounts/{AccountId}/quotas/{QuotaName}'].put
  assert.deepEqual(
    put.parameters.map((parameter: Json) => [parameter.name, parameter.in, parameter.required]),
    [
      ['AccountId', 'path', true],
      ['QuotaName', 'path', true],
    ],
  )
  assert.deepEqual(put.requestBody, {
    required: true,
    content: {
      'application/json': {
        schema: { type: 'object', properties: { Value: { $ref: '#/components/schemas/QuotaValue' } }, required: ['Value'] },
      },
    },
  })
  const list = described.paths['/_bailiwick/v1/accounts'].get
  assert.deepEqual(
    list.parameters.map((parameter: Json) => [parameter.name, parameter.in, parameter.required]),
    [
      ['maxResults', 'query', false],
      ['nextToken', 'query', false],
    ],
  )
  assert.equal(list.requestBody, undefined)
})

test('[item 1] constraints are those of the model, over the whole value; times are seconds', () => {
  const { AccountId, AccountName, QuotaValue, AccountStatus, Accounts, ContextMap, Account, Timestamp } = described.components.schemas
  assert.deepEqual(AccountId, { type: 'string', pattern: '^(?:\\d{12})$' })
  assert.deepEqual([AccountName.minLength, AccountName.maxLength], [1, 50])
  assert.deepEqual([QuotaValue.type, QuotaValue.minimum], ['integer', 1])
  assert.deepEqual(AccountStatus, { type: 'string', enum: ['ACTIVE', 'CLOSED'] })
  assert.deepEqual(Accounts, { type: 'array', items: { $ref: '#/components/schemas/Account' } })
  assert.deepEqual(ContextMap, { type: 'object', additionalProperties: { $ref: '#/components/schemas/Strings' } })
  assert.deepEqual(Account.required, ['AccountId', 'AccountName', 'Email', 'Arn', 'Status', 'CreatedAt'])
  assert.equal(Timestamp.type, 'number')
})

test('[item 1] every call is signed, and says how it fails', () => {
  assert.deepEqual(described.security, [{ sigv4: [] }])
  const { responses } = described.paths['/_bailiwick/v1/accounts/{AccountId}'].delete
  assert.deepEqual(Object.keys(responses), ['200', '400', '403', '404', '409', 'default'])
  assert.equal(responses['409'].description, 'AccountClosedException')
})
