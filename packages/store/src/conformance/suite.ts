/** Registers the whole suite for one backend. */
import { describe, test } from 'node:test'
import { openOptions, type Place, type Scenario } from './fixtures.js'
import { history } from './history.js'
import { logs } from './logs.js'
import { memos } from './memos.js'
import { model } from './model.js'
import { reading } from './reading.js'
import { secrets } from './secrets.js'
import { transactions } from './transactions.js'

/** `place` makes a new one for every test. `size` scales the generated operations: a backend that answers over a wire gets fewer. */
export function storeConformance(name: string, place: () => Promise<Place>, size: 'large' | 'small'): void {
  const scenario: Scenario = (what, run) => {
    test(what, async () => {
      const here = await place()
      const store = await here.open(openOptions())
      try {
        await run(store, here)
      } finally {
        await store.close()
        await here.remove()
      }
    })
  }
  describe(`[item 4] ${name}`, () => {
    transactions(scenario)
    reading(scenario)
    history(scenario)
    logs(scenario)
    secrets(scenario)
    memos(scenario)
    model(scenario, size === 'large' ? 60 : 12)
  })
}
