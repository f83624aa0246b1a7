/** DecodeAuthorizationMessage: what a service said in code when it denied. */
import type { StsOperations } from '@bailiwick/model'
import type { Operation } from '../pipeline/operation.js'

export const decodeAuthorizationMessage: Operation<StsOperations['DecodeAuthorizationMessage']> = {
  mode: 'read',
  access: { resource: async (_, { tx }) => ({ arn: '*', accountId: tx.accountId }) },
  shows: { input: [] },
  async run({ EncodedMessage }, { tx, now, fail, surroundings }) {
    const DecodedMessage = surroundings.authorizationMessages.decode(EncodedMessage, tx.accountId, now)
    return DecodedMessage === undefined ? fail('InvalidAuthorizationMessageException', 'Message is not valid') : { DecodedMessage }
  },
}
