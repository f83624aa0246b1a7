/** Collects garbage now, so that the next round does not pay for the one before it. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void

export function collect(what: 'minor' | 'all'): void {
  if (what === 'minor') gc({ type: 'minor' })
  else for (let at = 0; at < 3; at++) gc()
}

/** Megabytes that are in use after everything that can be collected is. */
export function heapMegabytes(): number {
  collect('all')
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}
