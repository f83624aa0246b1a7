/** Which condition keys policies ask about, so that a simulation can be given them. */
import type { IamOperations } from '@bailiwick/model'
import { type Condition, operatorNames, type PolicyDocument, parsePolicy, spelledKeys } from '@bailiwick/policy'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'
import { policySource, sourceResource } from './policy-source.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail = (code: 'InvalidInput', message: string) => never

const getContextKeysForCustomPolicy: Op<'GetContextKeysForCustomPolicy'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: [] },
  async run({ PolicyInputList }, { fail }) {
    return { ContextKeyNames: namesIn(documentsOf(PolicyInputList, fail)) }
  },
}

/** Of a user also those of its groups, and of a boundary. */
const getContextKeysForPrincipalPolicy: Op<'GetContextKeysForPrincipalPolicy'> = {
  mode: 'read',
  access: { resource: ({ PolicySourceArn }, look) => sourceResource(PolicySourceArn, look) },
  shows: { input: ['PolicySourceArn'] },
  async run({ PolicySourceArn, PolicyInputList = [] }, { tx, fail }) {
    const given = documentsOf(PolicyInputList, fail)
    const { policies, boundary } = await policySource(tx, PolicySourceArn, fail)
    // One that is attached to a user and to its group is read once.
    const own = new Map([...policies, ...(boundary?.policies ?? [])].map(({ arn, document }) => [arn ?? document, document]))
    return { ContextKeyNames: namesIn([...given, ...own.values()]) }
  },
}

export const contextKeyRows: Rows<IamOperations, 'GetContextKeysForCustomPolicy' | 'GetContextKeysForPrincipalPolicy'> = {
  GetContextKeysForCustomPolicy: getContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy: getContextKeysForPrincipalPolicy,
}

/** What several documents ask about is named as often. */
const namesIn = (documents: readonly PolicyDocument[]): string[] => documents.flatMap(spelledKeys)

const isUnknown = ({ operator }: Condition): boolean => !operatorNames.includes(operator)

/** Policies of any kind, resource policies too, and unfinished ones: only what cannot be read at all is refused. */
function documentsOf(texts: readonly string[], fail: Fail): PolicyDocument[] {
  return texts.map((text, index) => {
    const { document, findings } = parsePolicy(text, 'lenient')
    const isUnread =
      findings.length > 0 ||
      document.statements.some(
        ({ notUnderstood, onlyLacks, conditions }) => (notUnderstood !== undefined && !onlyLacks) || conditions.some(isUnknown),
      )
    return isUnread ? fail('InvalidInput', `Policy input list item ${index + 1} has invalid content`) : document
  })
}
