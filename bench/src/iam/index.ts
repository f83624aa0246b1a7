/**
 * The rows of the IAM API: accounts of a million users, long lists, and what speaks of the whole account. Each group can be run alone, such as
 * `--only "iam GetUser"`; those of the same account fill it once in a run. Start in `scenery.ts`.
 */
import { say } from '../rounds.js'
import { isMeasured, print, resultOf } from '../rows.js'
import { besideMotoGroups } from './beside-moto.js'
import { growthGroups } from './growth.js'

import { wholeAccountGroups } from './whole-account.js'

const groups = [...growthGroups, ...besideMotoGroups, ...wholeAccountGroups]

/** What is found is told at once: the whole takes minutes. */
export const iamGroups = groups.map(({ name, rows }) => ({
  name,
  async rows() {
    const found = await rows()
    say(print(found.filter(isMeasured).map(resultOf)).replaceAll('\n', '\n  '))
    return found
  },
}))
