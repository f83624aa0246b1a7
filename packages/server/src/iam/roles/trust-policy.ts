/** Trust policies as they are saved: checked, and their principals resolved to the unique ids that they stand for at that moment. */
import { firstApiMessage, type PolicyDocument, parsePolicy } from '@bailiwick/policy'
import { accounts, wholeServer } from '../../accounts/account.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import { type EntityArn, type EntityType, entityArn, readEntityArn } from '../arns.js'
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

interface Kind {
  readonly byName: (tx: AccountReader, name: string) => Promise<Named>
  readonly byId: (tx: AccountReader, id: string) => Promise<Named>
}

/** The kinds of entity that a principal ARN can name; one row each, since each table has a record type of its own. */
const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['user', { byName: (tx, name) => tx.find(users, 'name', name), byId: (tx, id) => tx.get(users, id) }],
  ['role', { byName: (tx, name) => tx.find(roles, 'name', name), byId: (tx, id) => tx.get(roles, id) }],
])

const bareAccount = /^\d{12}$/
const maybeBareAccount = /"\d{12}"/

/**
 * A trust policy as it is read: byte for byte as it was given, unless a principal is a bare account id, which shows the ARN of the account,
 * was renamed since, which shows its ARN of now, or was deleted, which leaves its unique id (policy-semantics §2.2).
 */
export async function shownTrust(tx: AccountReader, { text, principalIds }: TrustPolicyRecord): Promise<string> {
  const changed = new Map<string, string>()
  for (const [arn, id] of Object.entries(principalIds)) {
    const { accountId, type } = readEntityArn(arn)!
    const entity = await kinds.get(type)!.byId(tx.of(accountId), id)
    const now = entity === undefined ? id : entityArn('aws', accountId, type as EntityType, entity)
    if (now !== arn) changed.set(arn, now)
  }
  if (changed.size === 0 && !maybeBareAccount.test(text)) return text
  const document = JSON.parse(text) as { Statement: TrustStatement | readonly TrustStatement[] }
  let differs = false
  const current = (id: string): string => {
    const now = changed.get(id) ?? (bareAccount.test(id) ? `arn:aws:iam::${id}:root` : id)
    differs ||= now !== id
    return now
  }
  for (const { Principal } of [document.Statement].flat()) {
    if (Principal?.AWS !== undefined)
      Principal.AWS = typeof Principal.AWS === 'string' ? current(Principal.AWS) : Principal.AWS.map(current)
  }
  return differs ? JSON.stringify(document) : text
}

/** The part of a statement, already checked when it was saved, that names principals. */
interface TrustStatement {
  readonly Principal?: { AWS?: string | readonly string[] }
}

async function resolved(tx: AccountReader, document: PolicyDocument, fail: Fail): Promise<Readonly<Record<string, string>>> {
  const ids: Record<string, string> = {}
  for (const { principal } of document.statements) {
    for (const { type, id } of principal?.entries ?? []) {
      if (type !== 'AWS' || id === '*') continue
      const named = readEntityArn(id)
      if (named !== undefined && kinds.has(named.type)) ids[id] = (await entityOf(tx, named))?.id ?? unknown(id, fail)
      if (!(await isThere(tx, id))) unknown(id, fail)
    }
  }
  return ids
}

async function entityOf(tx: AccountReader, { accountId, type, path, name }: EntityArn): Promise<Named> {
  const found = await kinds.get(type)!.byName(tx.of(accountId), name)
  return found?.path === path && found.name === name ? found : undefined
}

/** Whether the account, or the role of a session, exists. All accounts are of the partition `aws`; what else there may be is not looked up. */
async function isThere(tx: AccountReader, id: string): Promise<boolean> {
  if (id.startsWith('arn:') && !id.startsWith('arn:aws:')) return false
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(id)?.[1]
  if (account !== undefined) return (await tx.of(wholeServer).get(accounts, account)) !== undefined
  const [, ofSession, name] = /^arn:aws:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(id) ?? []
  return ofSession === undefined || (await tx.of(ofSession).find(roles, 'name', name!))?.name === name
}

const unknown = (id: string, fail: Fail): never => fail('MalformedPolicyDocument', `Invalid principal in policy: "AWS":"${id}"`)
