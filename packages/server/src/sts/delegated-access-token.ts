/**
 * GetDelegatedAccessToken exchanges what SendDelegationToken sent to a partner. What a partner is told here holds no token (see
 * `../iam/delegation-requests/notification.ts`), so that no token is a good one.
 */
import type { StsOperations } from '@bailiwick/model'
import type { Operation } from '../pipeline/operation.js'

export const getDelegatedAccessToken: Operation<StsOperations['GetDelegatedAccessToken']> = {
  mode: 'read',
  access: { resource: async (_, { tx }) => ({ arn: '*', accountId: tx.accountId }) },
  shows: { input: [] },
  run: async (_, { fail }) => fail('ExpiredTradeInTokenException', 'The trade-in token is expired or not valid.'),
}
