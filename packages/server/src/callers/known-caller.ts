/** Who a key or a session token belongs to, and what such a caller may do. */
import { type Context, compile, type PolicySet, parsePolicy } from '@bailiwick/policy'
import type { Memo, Reader } from '@bailiwick/store'
import { accounts, wholeServer } from '../accounts/account.js'
import type { SessionClaims } from '../credentials/session-token.js'
import { entityArn, rootArn } from '../iam/arns.js'
import { managedPolicyIfThere, roleInForce, userInForce } from '../iam/policies-in-force.js'
import { policyDocument } from '../iam/policy-documents.js'
import type { TagRecord } from '../iam/records.js'
import type { Caller, CallerSession, SignedPrincipal } from '../pipeline/caller.js'
import { mergedKeys } from '../pipeline/merged-keys.js'
import { isoSeconds } from '../pipeline/time-text.js'

export const isOpen = async (reader: Reader, accountId: string): Promise<boolean> =>
  (await reader.get(accounts, wholeServer, accountId))?.status === 'ACTIVE'

/** By the claims of an opened token, as text; the caller is absent when its principal is gone or its account is closed. */
export const sessionCaller: Memo<Caller | undefined> = {
  name: 'credentials.session-caller',
  async compute(reader, id) {
    const claims = JSON.parse(id) as SessionClaims
    return (await isOpen(reader, claims.accountId)) ? callers[claims.kind](reader, claims) : undefined
  },
}

/** The caller of a long-term key; undefined when its user is gone. `ownerId` is the account's id for its root. */
export async function longTermCaller(reader: Reader, accountId: string, ownerId: string, accessKeyId: string): Promise<Caller | undefined> {
  return ownerId === accountId ? rootCaller(accountId, accessKeyId) : userCaller(reader, accountId, ownerId, accessKeyId)
}

function rootCaller(accountId: string, accessKeyId: string): Caller {
  const arn = rootArn('aws', accountId)
  return callerOf({ kind: 'root', arn, accountId }, accountId, accessKeyId, {}, { 'aws:PrincipalType': 'Account', 'aws:PrincipalArn': arn })
}

async function userCaller(
  reader: Reader,
  accountId: string,
  userId: string,
  accessKeyId: string,
  limits: ReturnType<typeof limitsOf> = {},
): Promise<Caller | undefined> {
  const found = await userInForce.compute(reader, `${accountId}/${userId}`)
  if (found === undefined) return undefined
  const { user, identity, boundary } = found
  const arn = entityArn('aws', accountId, 'user', user)
  const principal: SignedPrincipal = { kind: 'user', arn, accountId, id: userId, ...limits }
  const inForce = { identity, ...(boundary && { boundary }) }
  const context = { 'aws:PrincipalType': 'User', 'aws:PrincipalArn': arn, 'aws:username': user.name, ...principalTags(user.tags, []) }
  return { userName: user.name, ...callerOf(principal, userId, accessKeyId, inForce, context) }
}

/** What GetSessionToken's sessions may not do, those of the console may. */
const limitsOf = ({ signedIn }: SessionClaims): { readonly session?: 'GetSessionToken' } => (signedIn ? {} : { session: 'GetSessionToken' })

/** One row a kind of session (policy-semantics §8.2). */
const callers: Readonly<Record<SessionClaims['kind'], (reader: Reader, claims: SessionClaims) => Promise<Caller | undefined>>> = {
  async root(_, claims) {
    const caller = rootCaller(claims.accountId, claims.accessKeyId)
    const principal: SignedPrincipal = { kind: 'root', arn: caller.arn, accountId: claims.accountId, ...limitsOf(claims) }
    return withSession({ ...caller, principal }, claims, { type: 'Root', id: claims.accountId, arn: caller.arn }, mfaKeys(claims))
  },
  async user(reader, claims) {
    const caller = await userCaller(reader, claims.accountId, claims.principalId, claims.accessKeyId, limitsOf(claims))
    if (caller === undefined) return undefined
    return withSession(caller, claims, { type: 'User', id: claims.principalId, arn: caller.arn, name: caller.userName! }, mfaKeys(claims))
  },
  async role(reader, claims) {
    const { accountId, principalId, accessKeyId, sessionName = '' } = claims
    const found = await roleInForce.compute(reader, `${accountId}/${principalId}`)
    if (found === undefined) return undefined
    const { role, identity, boundary } = found
    const roleArn = entityArn('aws', accountId, 'role', role)
    const arn = `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`
    const session = await sessionPolicies(reader, claims)
    const principal: SignedPrincipal = {
      kind: 'role',
      arn,
      roleArn,
      accountId,
      id: principalId,
      ...(role.path.startsWith('/aws-service-role/') && { serviceLinked: true }),
    }
    const inForce = { identity, ...(boundary && { boundary }), ...(session && { session }) }
    const context = {
      ...claims.keys,
      'aws:PrincipalType': 'AssumedRole',
      'aws:PrincipalArn': roleArn,
      ...principalTags(role.tags, claims.tags ?? []),
    }
    const caller = callerOf(principal, `${principalId}:${sessionName}`, accessKeyId, inForce, context)
    return withSession(caller, claims, { type: 'Role', id: principalId, arn: roleArn, name: role.name }, {})
  },
  /** The rights of who made the session, within its session policies; without one it has none (policy-semantics §6.7). */
  async federatedUser(reader, claims) {
    const { accountId, principalId, accessKeyId, sessionName = '' } = claims
    const isRoot = principalId === accountId
    const found = isRoot ? undefined : await userInForce.compute(reader, `${accountId}/${principalId}`)
    if (!isRoot && found === undefined) return undefined
    const federatedBy = found === undefined ? rootArn('aws', accountId) : entityArn('aws', accountId, 'user', found.user)
    const arn = `arn:aws:sts::${accountId}:federated-user/${sessionName}`
    const principal: SignedPrincipal = {
      kind: 'federatedUser',
      arn,
      accountId,
      federatedBy,
      federatedById: principalId,
      ...(claims.atConsole && { console: true }),
    }
    const session = await sessionPolicies(reader, claims)
    const inForce = {
      identity: found?.identity ?? everything,
      ...(found?.boundary && { boundary: found.boundary }),
      ...(session && { session }),
    }
    const context = {
      'aws:PrincipalType': 'FederatedUser',
      'aws:PrincipalArn': arn,
      ...principalTags(found?.user.tags ?? [], claims.tags ?? []),
    }
    const caller = callerOf(principal, `${accountId}:${sessionName}`, accessKeyId, inForce, context)
    const issuer = found === undefined ? { type: 'Root' as const } : { type: 'User' as const, name: found.user.name }
    return withSession(caller, claims, { ...issuer, id: principalId, arn: federatedBy }, {})
  },
}

/** What the root user may do, which no policy says. */
const everything: PolicySet = compile([
  {
    document: parsePolicy('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}', 'lenient').document,
  },
])

function callerOf(principal: SignedPrincipal, userId: string, accessKeyId: string, inForce: Caller['inForce'], context: Context): Caller {
  const { arn, accountId } = principal
  const common = { 'aws:PrincipalAccount': accountId, 'aws:userid': userId, 'aws:PrincipalIsAWSService': 'false' }
  return { principal, arn, accountId, userId, accessKeyId, inForce, context: mergedKeys(common, context) }
}

function withSession(caller: Caller, claims: SessionClaims, issuer: CallerSession['issuer'], keys: Context): Caller {
  const { issuedAt, expiresAt, sourceIdentity, tags = [], transitiveTagKeys = [], mfaAt, signInSessionArn } = claims
  const session: CallerSession = {
    issuedAt,
    expiresAt,
    mfa: mfaAt !== undefined,
    ...(claims.kind !== 'role' && mfaAt !== undefined && { mfaAt }),
    tags,
    transitiveTagKeys,
    issuer,
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  }
  return {
    session,
    ...caller,
    context: mergedKeys(
      caller.context,
      keys,
      { 'aws:TokenIssueTime': isoSeconds(issuedAt) },
      sourceIdentity !== undefined && { 'aws:SourceIdentity': sourceIdentity },
      signInSessionArn !== undefined && { 'aws:SignInSessionArn': signInSessionArn },
    ),
  }
}

/** Sessions of users say whether there was an MFA code; those of roles say nothing (policy-semantics §8.2). */
const mfaKeys = ({ mfaAt }: SessionClaims): Context => ({ 'aws:MultiFactorAuthPresent': String(mfaAt !== undefined) })

/** The principal's own tags, and over them those of the session; keys are the same in any letter case (policy-semantics §6.14). */
export function principalTags(own: readonly TagRecord[], session: readonly TagRecord[]): Context {
  const overlaid = new Set(session.map(({ Key }) => Key.toLowerCase()))
  const tags = [...own.filter(({ Key }) => !overlaid.has(Key.toLowerCase())), ...session]
  return Object.fromEntries(tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]))
}

/** Undefined when none were passed, which limits nothing. When one is no longer there, nobody can tell what it denied: nothing is allowed. */
async function sessionPolicies(
  reader: Reader,
  { accountId, policies = [], policyArns = [] }: SessionClaims,
): Promise<PolicySet | undefined> {
  if (policies.length + policyArns.length === 0) return undefined
  const managed = await Promise.all(policyArns.map((arn) => managedPolicyIfThere(reader, accountId, arn)))
  const there = managed.filter((policy) => policy !== undefined)
  if (there.length < managed.length) return compile([])
  return compile([...policies.map((text) => ({ document: policyDocument(text) })), ...there])
}
