import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StoreError } from '@bailiwick/store'
import type { Server } from '../server.js'
import { openPath } from './open-paths.js'

/** The status at a path of a server whose store answers like this. */
async function statusAt(path: string, readAt: () => Promise<unknown>): Promise<number | undefined> {
  const server = { store: { description: 'a store', revision: 7, readAt } } as unknown as Server
  const request = { method: 'GET', path, query: '', headers: new Map(), body: new Uint8Array() }
  const options = { server, version: '0', ownHosts: () => new Set<string>() }
  return (await openPath(request, { sourceIp: '127.0.0.1', secure: false }, options))?.status
}

const gone = () => Promise.reject(new StoreError('StoreUnavailable', 'connect ECONNREFUSED'))

test('[item 9] a node whose database is gone is alive, and not ready', async () => {
  assert.equal(await statusAt('/_bailiwick/health', gone), 200)
  assert.equal(await statusAt('/_bailiwick/ready', gone), 503)
  assert.equal(await statusAt('/_bailiwick/ready', async () => ({})), 200)
  await assert.rejects(
    statusAt('/_bailiwick/ready', () => Promise.reject(new TypeError('a mistake of ours'))),
    TypeError,
  )
})
