/**
 * Bailiwick's own signed API: accounts and their quotas, workloads, and why a request is allowed or denied. What it answers is in the folders
 * of those; `docs/reference` has its operations.
 */
import type { BailiwickOperations } from '@bailiwick/model'
import { accountRows } from '../accounts/account-rows.js'
import { explainRow } from '../explain/index.js'
import { defineService, type Service } from '../pipeline/operation.js'
import { workloadRows } from '../workloads/index.js'

export const bailiwick: Service = defineService<BailiwickOperations>('bailiwick')(
  { ...accountRows, ...workloadRows, Explain: explainRow },
  [],
)
