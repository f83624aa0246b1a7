/** What must be gone before an entity can be deleted: one row a reason, asked in AWS's order. */
import type { AccountReader } from '../../pipeline/account-store.js'

export interface Refusal<R> {
  readonly when: (tx: AccountReader, entity: R) => Promise<boolean>
  /** The end of AWS's sentence. */
  readonly must: string
}

export async function refuse<R>(
  refusals: readonly Refusal<R>[],
  tx: AccountReader,
  entity: R,
  fail: (code: 'DeleteConflict', message: string) => never,
): Promise<void> {
  for (const { when, must } of refusals) if (await when(tx, entity)) fail('DeleteConflict', `Cannot delete entity, must ${must} first.`)
}
