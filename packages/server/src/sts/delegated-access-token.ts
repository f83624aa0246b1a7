/**
 * GetDelegatedAccessToken exchanges what SendDelegationToken sent to a partner. No delegation request can be made here yet, so nothing was
 * ever sent: no token is a good one.
 */
import type { StsOperations } from '@bailiwick/model'
import type { Operation } from '../pipeline/operation.js'

export const getDelegatedAccessToken: Operation<StsOperations['GetDelegatedAccessToken']> = {
  mode: 'read',
  access: { resource: async (_, { tx }) => ({ arn: '*', accountId: tx.accountId }) },
  shows: { input: [] },
  run: async (_, { fail }) => fail('ExpiredTradeInTokenException', 'The trade-in token is expired or not valid.'),
}
