/** How often managed policies are used: by attachment, and as a boundary. */
import type { Page } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import { attachments, roles, users } from '../records.js'

export interface Uses {
  readonly attached: number
  readonly bounding: number
}

/** In the order of the ARNs, of which there may be 10,000. */
export async function usesOf(tx: AccountReader, arns: readonly string[]): Promise<readonly Uses[]> {
  const [attached, ofUsers, ofRoles] = await Promise.all([
    tx.countEach(attachments, 'policy', arns),
    tx.countEach(users, 'boundary', arns),
    tx.countEach(roles, 'boundary', arns),
  ])
  return arns.map((_, at) => ({ attached: attached[at]!, bounding: ofUsers[at]! + ofRoles[at]! }))
}

const readAtOnce = 1000

/** How many managed policies are used at all, the account's own and AWS's. */
export async function policiesInUse(tx: AccountReader): Promise<number> {
  const used = new Set<string>()
  const note = (arn: string | undefined): void => void (arn !== undefined && used.add(arn))
  await eachPage(
    (after) => tx.list(attachments, 'policy', { limit: readAtOnce, ...after }),
    ({ policyArn }) => note(policyArn),
  )
  const ofBoundary = ({ boundaryArn }: { readonly boundaryArn?: string }): void => note(boundaryArn)
  await eachPage((after) => tx.list(users, 'boundary', { limit: readAtOnce, ...after }), ofBoundary)
  await eachPage((after) => tx.list(roles, 'boundary', { limit: readAtOnce, ...after }), ofBoundary)
  return used.size
}

async function eachPage<R extends object>(
  read: (after: { readonly after?: string }) => Promise<Page<R>>,
  note: (record: R) => void,
): Promise<void> {
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const { items, next } = await read(after === undefined ? {} : { after })
    for (const item of items) note(item)
    after = next
  }
}

export const usesOfOne = async (tx: AccountReader, arn: string): Promise<Uses> => (await usesOf(tx, [arn]))[0]!
