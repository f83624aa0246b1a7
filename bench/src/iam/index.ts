/**
 * The rows of the IAM API: accounts of a million users, long lists, and what speaks of the whole account. Each group can be run alone, such as
 * `--only "iam GetUser"`; those of the same account fill it once in a run. Start in `scenery.ts`.
 */
import { besideMotoGroups } from './beside-moto.js'
import { growthGroups } from './growth.js'
import { wholeAccountGroups } from './whole-account.js'

export const iamGroups = [...growthGroups, ...besideMotoGroups, ...wholeAccountGroups]
