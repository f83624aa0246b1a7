/** Trust policies as they are saved: checked, and their principals resolved to the unique ids that they stand for at that moment. */
import { firstApiMessage, type PolicyDocument, parsePolicy } from '@bailiwick/policy'
import { accounts, wholeServer } from '../../accounts/account.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import { readEntityArn } from '../arns.js'
import { quota } from '../quota.js'
import { roles, type TrustPolicyRecord, users } from '../records.js'

type Fail = (code: 'MalformedPolicyDocument' | 'LimitExceeded', message: string) => never

/** Refuses a document that is malformed, too long, or names a principal that does not exist (policy-semantics §2.2, §12.2). */
export async function savedTrust(tx: AccountReader, text: string, fail: Fail): Promise<TrustPolicyRecord> {
  const { document, findings } = parsePolicy(text, 'trust')
  const wrong = firstApiMessage(findings)
  if (wrong !== undefined || document === undefined) return fail('MalformedPolicyDocument', wrong ?? 'Syntax error in policy.')
  const most = await quota(tx, 'ACLSizePerRole')
  if (text.length > most) fail('LimitExceeded', `Cannot exceed quota for ACLSizePerRole: ${most}`)
  return { text, principalIds: await resolved(tx, document, fail) }
}

type Named = { readonly id: string; readonly name: string; readonly path: string } | undefined

const entities: ReadonlyMap<string, (tx: AccountReader, name: string) => Promise<Named>> = new Map([
  ['user', (tx: AccountReader, name: string): Promise<Named> => tx.find(users, 'name', name)],
  ['role', (tx: AccountReader, name: string): Promise<Named> => tx.find(roles, 'name', name)],
])

async function resolved(tx: AccountReader, document: PolicyDocument, fail: Fail): Promise<Readonly<Record<string, string>>> {
  const ids: Record<string, string> = {}
  for (const { principal } of document.statements) {
    for (const { type, id } of principal?.entries ?? []) {
      if (type !== 'AWS' || id === '*') continue
      const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(id)?.[1]
      if (account !== undefined) {
        if ((await tx.of(wholeServer).get(accounts, account)) === undefined) unknown(id, fail)
        continue
      }
      const named = readEntityArn(id)
      const find = named && entities.get(named.type)
      if (named === undefined || find === undefined) continue
      const found = await find(tx.of(named.accountId), named.name)
      if (found === undefined || found.path !== named.path || found.name !== named.name) unknown(id, fail)
      else ids[id] = found.id
    }
  }
  return ids
}

const unknown = (id: string, fail: Fail): never => fail('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${id}"`)
