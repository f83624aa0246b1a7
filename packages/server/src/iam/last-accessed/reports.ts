/** Reports of last access. A job is done when it is asked for, and shows what was so at that moment. */

import type { IamOperations, iam } from '@bailiwick/model'
import { serviceNames } from '@bailiwick/model/actions'
import { defineTable } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Caller } from '../../pipeline/caller.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { entityArn } from '../arns.js'
import { onAccount } from '../noun.js'
import { type PageAnswer, type PageRequest, pageOf, readMarker } from '../paging.js'
import { roles, users } from '../records.js'
import { type Attempt, accessed, latestOf } from './accessed.js'
import { Granted, grantsService } from './granted.js'
import { type Actor, onSubject, type Subject, subjectOf } from './subject.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

/** An attempt of one of the job's actors, by its place in the list of them. */
interface ActorsAttempt extends Attempt {
  readonly actor: number
}

interface ServiceReport {
  readonly service: string
  /** The last attempt of each actor that made one, latest first. */
  readonly attempts: readonly ActorsAttempt[]
  /** In a report of actions, of a service whose calls come here: each action that is granted, and its last attempt. */
  readonly actions?: readonly { readonly name: string; readonly last?: ActorsAttempt }[]
}

interface JobRecord {
  readonly id: string
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL'
  /** Who asked for it; nobody else may ask about it. */
  readonly owner: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly actors: readonly Actor[]
  readonly services: readonly ServiceReport[]
}

const jobs = defineTable<JobRecord>()({
  name: 'iam.last-accessed-job',
  key: ({ id }) => id,
  indexes: { age: { values: ({ createdAt }) => [String(createdAt).padStart(16, '0')] } },
})

/** How long a job can be asked about. */
const keptMilliseconds = 86_400_000
const mostForgottenAtOnce = 20

/** Services whose calls this server itself answers, so that it knows every attempt at their actions. */
const tracked: ReadonlySet<string> = new Set(['iam', 'sts', 'organizations', 'access-analyzer'])

/** Permissions that other calls ask for: nobody can attempt them. */
const untracked: ReadonlySet<string> = new Set(['iam:PassRole'])

const withPolicies: ReadonlySet<string> = new Set(['user', 'group', 'role', 'policy'])
const holders: ReadonlySet<string> = new Set(['user', 'group', 'role'])

async function reportOn(tx: AccountReader, { policies, actors }: Subject, granularity: JobRecord['granularity']): Promise<ServiceReport[]> {
  const records = await Promise.all(actors.map(({ id }) => tx.all(accessed, 'entity', id)))
  const granted = new Granted(policies.map(({ document }) => document))
  const attemptsAt = (service: string, action?: string): ActorsAttempt[] =>
    records
      .flatMap((ofActor, actor) => {
        const { actions = {} } = ofActor.find((record) => record.service === service) ?? {}
        const last = action === undefined ? latestOf(Object.values(actions)) : actions[action]
        return last === undefined ? [] : [{ ...last, actor }]
      })
      .sort((a, b) => b.at - a.at)
  return [...serviceNames().keys()]
    .filter((service) => granted.has(service))
    .map((service) => {
      const attempts = attemptsAt(service)
      const told = granularity === 'SERVICE_LEVEL' || !tracked.has(service) ? [] : granted.actions(service)
      const actions = told
        .filter((name) => !untracked.has(`${service}:${name}`))
        .map((name) => {
          const [last] = attemptsAt(service, name)
          return { name, ...(last !== undefined && { last }) }
        })
      return { service, attempts, ...(actions.length > 0 && { actions }) }
    })
}

/** All of a user's keys are one caller, and each session of a role is one of its own. */
const ownerOf = ({ session, accessKeyId, userId }: Caller): string => (session?.issuer.type === 'Role' ? accessKeyId : userId)

const generate: Op<'GenerateServiceLastAccessedDetails'> = {
  mode: 'write',
  access: onSubject(withPolicies),
  shows: { input: ['Arn', 'Granularity'], output: ['JobId'] },
  async run({ Arn, Granularity = 'SERVICE_LEVEL' }, { tx, caller, now, fail, surroundings }) {
    const subject = await subjectOf({ tx, caller }, Arn, withPolicies, fail)
    for (const { id, createdAt } of (await tx.list(jobs, 'age', { limit: mostForgottenAtOnce })).items) {
      if (now - createdAt > keptMilliseconds) await tx.delete(jobs, id)
    }
    const services = await reportOn(tx, subject, Granularity)
    const owner = ownerOf(caller)
    const job: JobRecord = { id: surroundings.uuid(), granularity: Granularity, owner, createdAt: now, actors: subject.actors, services }
    await tx.put(jobs, job)
    return { JobId: job.id }
  },
}

interface Asking {
  readonly tx: AccountReader
  readonly caller: Caller
  fail(code: 'NoSuchEntity' | 'InvalidInput' | 'ValidationError', message: string): never
}

async function theJob({ tx, caller, fail }: Asking, id: string): Promise<JobRecord> {
  const job = await tx.get(jobs, id)
  return job?.owner === ownerOf(caller) ? job : fail('NoSuchEntity', `Job ${id} does not exist.`)
}

/** Markers are of one job and of one of the two calls; the services of a job share those of its entities, as recorded in 2026. */
function pageOfJob<T>(all: readonly T[], list: string, request: PageRequest, { fail }: Asking): { items: T[]; answer: PageAnswer } {
  if (request.Marker !== undefined && !readMarker(request.Marker, fail).startsWith(list))
    fail('InvalidInput', 'The marker passed in the request was invalid.')
  const placed = all.map((item, place) => ({ item, place: `${list} ${String(place).padStart(9, '0')}` }))
  const { items, answer } = pageOf(placed, ({ place }) => place, request, fail)
  return { items: items.map(({ item }) => item), answer }
}

const done = ({ createdAt }: JobRecord) => ({
  JobStatus: 'COMPLETED' as const,
  JobCreationDate: new Date(createdAt),
  JobCompletionDate: new Date(createdAt),
})

function shown(tx: AccountReader, { actors }: JobRecord, { service, attempts, actions }: ServiceReport): iam.ServiceLastAccessed {
  const arnOf = ({ actor }: ActorsAttempt): string => entityArn('aws', tx.accountId, actors[actor]!.type, actors[actor]!)
  const [last] = attempts
  return {
    ServiceName: serviceNames().get(service)!,
    ...(last !== undefined && { LastAuthenticated: new Date(last.at) }),
    ServiceNamespace: service,
    ...(last !== undefined && { LastAuthenticatedEntity: arnOf(last), LastAuthenticatedRegion: last.region }),
    TotalAuthenticatedEntities: attempts.length,
    ...(actions !== undefined && {
      TrackedActionsLastAccessed: actions.map((action) => ({
        ActionName: action.name,
        ...(action.last !== undefined && {
          LastAccessedEntity: arnOf(action.last),
          LastAccessedTime: new Date(action.last.at),
          LastAccessedRegion: action.last.region,
        }),
      })),
    }),
  }
}

/** As recorded, whatever the documentation says. */
const servicesPerPage = 200

const getDetails: Op<'GetServiceLastAccessedDetails'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: ['JobId', 'MaxItems', 'Marker'] },
  async run(input, call) {
    const job = await theJob(call, input.JobId)
    const { items, answer } = pageOfJob(job.services, `${job.id} services`, { MaxItems: servicesPerPage, ...input }, call)
    return { ...done(job), JobType: job.granularity, ServicesLastAccessed: items.map((service) => shown(call.tx, job, service)), ...answer }
  },
}

const entityTypes = { user: 'USER', role: 'ROLE' } as const

/**
 * Everybody who could have used the service, latest use first and those who never did last. Who is gone since is left out, and who is
 * renamed is told of as it is now.
 */
const getDetailsWithEntities: Op<'GetServiceLastAccessedDetailsWithEntities'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: ['JobId', 'ServiceNamespace', 'MaxItems', 'Marker'] },
  async run(input, call) {
    const job = await theJob(call, input.JobId)
    // The spelling is AWS's.
    if (!serviceNames().has(input.ServiceNamespace))
      call.fail('InvalidInput', `Service namepace ${input.ServiceNamespace} is either invalid or unsupported.`)
    const report = job.services.find(({ service }) => service === input.ServiceNamespace)
    const all = report === undefined ? [] : everyActor(job, report)
    const { items, answer } = pageOfJob(all, `${job.id} entities`, input, call)
    const details = await Promise.all(items.map((item) => entityDetails(call.tx, job.actors[item.actor]!, item.at)))
    return { ...done(job), EntityDetailsList: details.filter((each) => each !== undefined), ...answer }
  },
}

function everyActor({ actors }: JobRecord, { attempts }: ServiceReport): readonly { readonly actor: number; readonly at?: number }[] {
  const used = new Set(attempts.map(({ actor }) => actor))
  const order = ({ actor }: { readonly actor: number }): string => `${actors[actor]!.type === 'user' ? 1 : 2}${actors[actor]!.name}`
  const idle = actors.flatMap((_, actor) => (used.has(actor) ? [] : [{ actor }]))
  return [...attempts, ...idle.sort((a, b) => (order(a) < order(b) ? -1 : 1))]
}

async function entityDetails(tx: AccountReader, { type, id }: Actor, at: number | undefined): Promise<iam.EntityDetails | undefined> {
  const entity = type === 'user' ? await tx.get(users, id) : await tx.get(roles, id)
  if (entity === undefined) return undefined
  const { name, path } = entity
  return {
    EntityInfo: { Arn: entityArn('aws', tx.accountId, type, { path, name }), Name: name, Type: entityTypes[type], Id: id, Path: path },
    ...(at !== undefined && { LastAuthenticated: new Date(at) }),
  }
}

const listPoliciesGrantingServiceAccess: Op<'ListPoliciesGrantingServiceAccess'> = {
  mode: 'read',
  access: onSubject(holders),
  shows: { input: ['Arn', 'ServiceNamespaces', 'Marker'] },
  async run({ Arn, ServiceNamespaces, Marker }, { tx, caller, fail }) {
    const { policies } = await subjectOf({ tx, caller }, Arn, holders, fail)
    // All of it fits into one answer, so that no marker was ever given.
    if (Marker !== undefined) fail('ValidationError', 'Invalid Marker.')
    const unknown = ServiceNamespaces.filter((service) => !serviceNames().has(service))
    if (unknown.length > 0) fail('InvalidInput', `Invalid service namespace: [${unknown.join(', ')}]`)
    // One that a user has by itself and by its groups is told of once.
    const held = [...new Map(policies.map((policy) => [policy.shown.PolicyArn ?? policy, policy])).values()]
    return {
      PoliciesGrantingServiceAccess: [...new Set(ServiceNamespaces)].map((ServiceNamespace) => ({
        ServiceNamespace,
        Policies: held.filter(({ document }) => grantsService(document, ServiceNamespace)).map((policy) => policy.shown),
      })),
      IsTruncated: false,
    }
  },
}

export const lastAccessedRows = {
  GenerateServiceLastAccessedDetails: generate,
  GetServiceLastAccessedDetails: getDetails,
  GetServiceLastAccessedDetailsWithEntities: getDetailsWithEntities,
  ListPoliciesGrantingServiceAccess: listPoliciesGrantingServiceAccess,
} satisfies Partial<Rows<IamOperations>>
