/** How often managed policies are used: by attachment, and as a boundary. */
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

export const usesOfOne = async (tx: AccountReader, arn: string): Promise<Uses> => (await usesOf(tx, [arn]))[0]!
