/** Opens the store that a URL names. Drivers are loaded only when they are used. */
import { type Backend, Engine } from './engine/index.js'
import type { OpenOptions, Store } from './store.js'

/** Throws `WrongMasterKey`, `StoreInUse`, `StoreTooNew`, `StoreUnavailable`. */
export async function openStore(options: OpenOptions): Promise<Store> {
  return Engine.open(await openBackend(options.url), options)
}

async function openBackend(url: string): Promise<Backend> {
  if (url === 'memory:') {
    const { MemoryBackend } = await import('./memory/index.js')
    return new MemoryBackend()
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { PostgresBackend } = await import('./postgres/index.js')
    return PostgresBackend.open(url)
  }
  if (/^[a-z][a-z+.-]+:/i.test(url))
    throw new TypeError(`a store is \`memory:\`, \`postgres://…\` or the path of a file, not \`${url.replace(/:.*/s, ':')}…\``)
  const { EmbeddedBackend } = await import('./embedded/index.js')
  return EmbeddedBackend.open(url)
}
