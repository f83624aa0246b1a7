/** Service-specific credentials: a user name and password, or an API key, for a service that takes no signatures (recorded facts 44–48). */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail as refuse } from '../../pipeline/api-error.js'
import type { Caller } from '../../pipeline/caller.js'
import type { Access, ContextKeys, Operation, ResourceUnderRequest, Rows } from '../../pipeline/operation.js'
import type { Surroundings } from '../../pipeline/surroundings.js'
import { onThe, the } from '../noun.js'
import { page, pageOf } from '../paging.js'
import { checkQuota } from '../quota.js'
import { type ServiceSpecificCredentialRecord as Credential, serviceSpecificCredentials, type UserRecord, users } from '../records.js'
import { theUserOrCaller, userNameOr, userNoun } from '../users/users.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail<Code extends string> = (code: Code, message: string) => never
type RandomBytes = Surroundings['randomBytes']

interface Login {
  readonly login: string
  readonly secret: string
}

interface CredentialKind {
  readonly secret: (login: string, randomBytes: RandomBytes) => string
  readonly shown: (login: Login) => Partial<iam.ServiceSpecificCredential>
  readonly listed: (login: Login) => Partial<iam.ServiceSpecificCredentialMetadata>
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** 60 characters. */
const newPassword = (randomBytes: RandomBytes): string => base64(randomBytes(45))

const userNameAndPassword: CredentialKind = {
  secret: (_, randomBytes) => newPassword(randomBytes),
  shown: ({ login, secret }) => ({ ServiceUserName: login, ServicePassword: secret }),
  listed: ({ login }) => ({ ServiceUserName: login }),
}

/** The key holds its own alias, so that it is all that a client has to know. */
const apiKey = (prefix: string): CredentialKind => ({
  secret: (login, randomBytes) => `${prefix}${base64(Buffer.from(`${login}:${newPassword(randomBytes)}`))}`,
  shown: ({ login, secret }) => ({ ServiceCredentialAlias: login, ServiceCredentialSecret: secret }),
  listed: ({ login }) => ({ ServiceCredentialAlias: login }),
})

const kinds: ReadonlyMap<string, CredentialKind> = new Map([
  ['codecommit.amazonaws.com', userNameAndPassword],
  ['cassandra.amazonaws.com', userNameAndPassword],
  ['bedrock.amazonaws.com', apiKey('ABSK')],
  ['logs.amazonaws.com', apiKey('ACWL')],
  ['cloudwatch.amazonaws.com', apiKey('APIAACWM')],
  ['aws-external-anthropic.amazonaws.com', apiKey('AEAA')],
])

const mostTries = 1000
const dayMilliseconds = 86_400_000

/** Services are named in any letter case, and kept and authorized in lower case. */
const serviceOf = (name: string): string => name.toLowerCase()

const kindOf = (name: string, fail: Fail<'NoSuchEntity'>): CredentialKind =>
  kinds.get(serviceOf(name)) ?? fail('NoSuchEntity', `No such service ${name} is supported for Service Specific Credentials`)

/** A name that no other credential of the service has: a user of an earlier name may still have it. */
async function freeLogin(tx: AccountReader, service: string, user: string): Promise<string> {
  for (let n = 0; n < mostTries; n++) {
    const login = `${user}${n === 0 ? '' : `+${n}`}-at-${tx.accountId}`
    if ((await tx.find(serviceSpecificCredentials, 'login', `${service}/${login}`)) === undefined) return login
  }
  throw new Error(`no free name for a credential of ${service} was found`)
}

const common = ({ id, service, status, createdAt, expiresAt }: Credential, user: UserRecord, now: number) => ({
  UserName: user.name,
  Status: expiresAt !== undefined && now >= expiresAt ? ('Expired' as const) : status,
  CreateDate: new Date(createdAt),
  ServiceSpecificCredentialId: id,
  ServiceName: service,
  ...(expiresAt !== undefined && { ExpirationDate: new Date(expiresAt) }),
})

const shown = (credential: Credential, user: UserRecord, now: number): iam.ServiceSpecificCredential => ({
  ...common(credential, user, now),
  ...kinds.get(credential.service)!.shown(credential),
})

const listed = (credential: Credential, user: UserRecord, now: number): iam.ServiceSpecificCredentialMetadata => ({
  ...common(credential, user, now),
  ...kinds.get(credential.service)!.listed(credential),
})

/** The credential of the user named, or of the caller. */
async function theCredential(
  tx: AccountReader,
  caller: Caller,
  { UserName, ServiceSpecificCredentialId: id }: { readonly UserName?: string; readonly ServiceSpecificCredentialId: string },
  fail: Fail<'NoSuchEntity' | 'ValidationError'>,
): Promise<{ credential: Credential; user: UserRecord }> {
  const user = await the(userNoun, tx, userNameOr(caller, UserName, fail), fail)
  const credential = (await tx.get(serviceSpecificCredentials, id)) ?? fail('NoSuchEntity', `No such credential ${id} exists`)
  if (credential.userId === user.id) return { credential, user }
  return fail('ValidationError', `User ${user.name} does not have a service specific credential with id ${id}`)
}

/** The user, and the service of the credential named. */
const theUsersCredential: Access<{ readonly UserName?: string; readonly ServiceSpecificCredentialId: string }> = {
  async resource(input, look): Promise<ResourceUnderRequest> {
    const user = await theUserOrCaller.resource(input, look)
    const found = await look.tx.get(serviceSpecificCredentials, input.ServiceSpecificCredentialId)
    return found === undefined ? user : { ...user, context: { ...user.context, ...serviceKey(found.service) } }
  },
}

const serviceKey = (name: string): ContextKeys => ({ 'iam:ServiceSpecificCredentialServiceName': serviceOf(name) })

const createServiceSpecificCredential: Op<'CreateServiceSpecificCredential'> = {
  mode: 'write',
  access: {
    ...onThe(userNoun, ({ UserName }: { readonly UserName: string }) => UserName),
    context: ({ ServiceName, CredentialAgeDays }) => ({
      ...serviceKey(ServiceName),
      ...(CredentialAgeDays !== undefined && { 'iam:ServiceSpecificCredentialAgeDays': String(CredentialAgeDays) }),
    }),
  },
  // The answer holds the secret: none of it is shown.
  shows: { input: ['UserName', 'ServiceName', 'CredentialAgeDays'] },
  async run({ UserName, ServiceName, CredentialAgeDays }, { tx, now, fail, surroundings }) {
    const user = await the(userNoun, tx, UserName, fail)
    const kind = kindOf(ServiceName, fail)
    const service = serviceOf(ServiceName)
    const others = await tx.all(serviceSpecificCredentials, 'owner', user.id)
    await checkQuota(tx, 'ContextSpecificCredentialsPerUserPerContext', others.filter((other) => other.service === service).length, fail)
    const login = await freeLogin(tx, service, user.name)
    const credential: Credential = {
      id: makeId('serviceSpecificCredential', tx.accountId, surroundings.randomBytes(20)),
      userId: user.id,
      service,
      login,
      secret: kind.secret(login, surroundings.randomBytes),
      status: 'Active',
      createdAt: now,
      ...(CredentialAgeDays !== undefined && { expiresAt: now + CredentialAgeDays * dayMilliseconds }),
    }
    await tx.add(serviceSpecificCredentials, credential)
    return { ServiceSpecificCredential: shown(credential, user, now) }
  },
}

/** Of a user, or of all users, which is asked on the users as a whole. */
const listServiceSpecificCredentials: Op<'ListServiceSpecificCredentials'> = {
  mode: 'read',
  access: {
    resource: async ({ AllUsers = false, ...input }, look) =>
      AllUsers ? { arn: `arn:aws:iam::${look.tx.accountId}:user/`, accountId: look.tx.accountId } : theUserOrCaller.resource(input, look),
  },
  shows: { input: ['UserName', 'ServiceName', 'AllUsers', 'Marker', 'MaxItems'] },
  async run(input, { tx, caller, now, fail }) {
    const { UserName, AllUsers = false } = input
    if (!/^[a-zA-Z0-9.-]*$/.test(input.ServiceName ?? '')) fail('ValidationError', 'ServiceName must match [a-zA-Z0-9.-]*')
    // No name stands for all services.
    const ServiceName = input.ServiceName === '' ? undefined : input.ServiceName
    const isAsked = ({ service }: Credential): boolean => ServiceName === undefined || service === serviceOf(ServiceName)
    if (AllUsers) {
      if (UserName !== undefined) refuse('InvalidInput', 'Cannot list credentials for all users if a username is given')
      if (ServiceName !== undefined) kindOf(ServiceName, fail)
      const keep = ServiceName === undefined ? undefined : isAsked
      const { items, answer } = await page(tx, serviceSpecificCredentials, 'id', input, fail, { keep })
      const found = await Promise.all(items.map(async (item) => listed(item, (await tx.get(users, item.userId))!, now)))
      return { ServiceSpecificCredentials: found, ...answer }
    }
    const user = await the(userNoun, tx, userNameOr(caller, UserName, fail), fail)
    if (ServiceName !== undefined) kindOf(ServiceName, fail)
    const own = (await tx.all(serviceSpecificCredentials, 'owner', user.id)).filter(isAsked)
    const { items, answer } = pageOf(own, ({ id }) => id, input, fail)
    return { ServiceSpecificCredentials: items.map((item) => listed(item, user, now)), ...answer }
  },
}

const updateServiceSpecificCredential: Op<'UpdateServiceSpecificCredential'> = {
  mode: 'write',
  access: theUsersCredential,
  shows: { input: ['UserName', 'ServiceSpecificCredentialId', 'Status'] },
  async run(input, { tx, caller, fail }) {
    const { credential } = await theCredential(tx, caller, input, fail)
    if (input.Status === 'Expired') return refuse('InvalidInput', 'Operation does not support status Expired')
    await tx.put(serviceSpecificCredentials, { ...credential, status: input.Status })
    return {}
  },
}

/** A new secret under the same name; an inactive credential stays so (recorded fact 48). */
const resetServiceSpecificCredential: Op<'ResetServiceSpecificCredential'> = {
  mode: 'write',
  access: theUsersCredential,
  shows: { input: ['UserName', 'ServiceSpecificCredentialId'] },
  async run(input, { tx, caller, now, fail, surroundings }) {
    const { credential, user } = await theCredential(tx, caller, input, fail)
    const fresh = { ...credential, secret: kindOf(credential.service, fail).secret(credential.login, surroundings.randomBytes) }
    await tx.put(serviceSpecificCredentials, fresh)
    return { ServiceSpecificCredential: shown(fresh, user, now) }
  },
}

const deleteServiceSpecificCredential: Op<'DeleteServiceSpecificCredential'> = {
  mode: 'write',
  access: theUsersCredential,
  shows: { input: ['UserName', 'ServiceSpecificCredentialId'] },
  async run(input, { tx, caller, fail }) {
    const { credential } = await theCredential(tx, caller, input, fail)
    await tx.delete(serviceSpecificCredentials, credential.id)
    return {}
  },
}

export const serviceSpecificCredentialRows = {
  CreateServiceSpecificCredential: createServiceSpecificCredential,
  ListServiceSpecificCredentials: listServiceSpecificCredentials,
  UpdateServiceSpecificCredential: updateServiceSpecificCredential,
  ResetServiceSpecificCredential: resetServiceSpecificCredential,
  DeleteServiceSpecificCredential: deleteServiceSpecificCredential,
} satisfies Partial<Rows<IamOperations>>
