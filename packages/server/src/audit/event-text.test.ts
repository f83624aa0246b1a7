import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventWriter, eventOf, joinTexts, type Line, readLines } from './event-text.js'

const event = (id: string, own: object = {}) => ({
  recipientAccountId: '111122223333',
  eventID: id,
  ...own,
  bailiwick: { at: 5, decisions: [], contexts: [{ 'aws:SourceIp': '::1' }, { 'aws:username': 'dana' }] },
})
const line = (id: string, own: object = {}): Line => ({
  accountId: '111122223333',
  id,
  at: 5,
  parts: ['{"recipientAccountId":"111122223333"}'],
  contexts: ['{"aws:SourceIp":"::1"}', '{"aws:username":"dana"}'],
  json: JSON.stringify({ eventID: id, ...own, bailiwick: { at: 5, decisions: [] } }),
})
const written = (lines: readonly Line[]): string => {
  const writer = new EventWriter()
  return lines.map((each) => writer.write(each)).join('')
}

test('[item 8] what events share is written once, and each event reads back whole', () => {
  const strange = { requestParameters: { userName: '"],"contexts":[9],"parts":[1],\n[{"a":1}]' } }
  const lines = [line('a'), line('b', strange), line('c')]
  const text = written(lines)
  assert.equal(text.split('dana').length, 2)
  assert.equal(text.split('111122223333').length, 2)
  assert.deepEqual([...readLines(text)], lines)
  assert.deepEqual([...readLines(text)].map(eventOf), [event('a'), event('b', strange), event('c')])
})

test('[item 8] events of the time when each stood for itself read as they did', () => {
  const before = `${JSON.stringify(event('a'))}\n${JSON.stringify(event('b'))}\n`
  const read = [...readLines(before)]
  assert.deepEqual(
    read.map(({ accountId, id, at }) => [accountId, id, at]),
    [
      ['111122223333', 'a', 5],
      ['111122223333', 'b', 5],
    ],
  )
  assert.deepEqual(read.map(eventOf), [event('a'), event('b')])
  assert.equal(written(read), before)
})

test('[item 8] texts put together share what their events share', () => {
  const lines = [line('a'), line('b', { errorCode: 'x' }), line('c'), line('d')]
  const joined = joinTexts([written(lines.slice(0, 1)), written(lines.slice(1, 3)), written(lines.slice(3))])
  assert.equal(joined, written(lines))
})

test('[item 8] a context has what it shares with others, and at its place what is its own', () => {
  const own = {
    ...line('a'),
    json: JSON.stringify({ eventID: 'a', bailiwick: { at: 5, decisions: [], contexts: [{}, { 'aws:username': 'eve', a: 'b' }] } }),
  }
  const [read] = [...readLines(written([line('b'), own]))].map(eventOf).slice(1)
  assert.deepEqual(read!.bailiwick.contexts, [{ 'aws:SourceIp': '::1' }, { 'aws:username': 'eve', a: 'b' }])
})
