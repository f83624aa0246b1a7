/** Reports of last access. A job is done when it is asked for, and shows what was so at that moment. */

import type { IamOperations, iam } from '@bailiwick/model'
import { actionCatalogue } from '@bailiwick/model/actions'
import { defineTable } from '@bailiwick/store'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { entityArn } from '../arns.js'
import { onAccount } from '../noun.js'
import { pageOf } from '../paging.js'
import { type Attempt, accessed, latestOf } from './accessed.js'
import { actionsGranted, grantsService } from './granted.js'
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

const withPolicies: ReadonlySet<string> = new Set(['user', 'group', 'role', 'policy'])
const holders: ReadonlySet<string> = new Set(['user', 'group', 'role'])

async function reportOn(tx: AccountReader, { policies, actors }: Subject, granularity: JobRecord['granularity']): Promise<ServiceReport[]> {
  const records = await Promise.all(actors.map(({ id }) => tx.all(accessed, 'entity', id)))
  const documents = policies.map(({ document }) => document)
  const attemptsAt = (service: string, action?: string): ActorsAttempt[] =>
    records
      .flatMap((ofActor, actor) => {
        const { actions = {} } = ofActor.find((record) => record.service === service) ?? {}
        const last = action === undefined ? latestOf(Object.values(actions)) : actions[action]
        return last === undefined ? [] : [{ ...last, actor }]
      })
      .sort((a, b) => b.at - a.at)
  return Object.keys(actionCatalogue().services)
    .sort()
    .flatMap((service) => {
      const granted = actionsGranted(documents, service)
      if (granted.length === 0) return []
      const attempts = attemptsAt(service)
      if (granularity === 'SERVICE_LEVEL' || !tracked.has(service)) return [{ service, attempts }]
      const actions = granted.map((name) => {
        const [last] = attemptsAt(service, name)
        return { name, ...(last !== undefined && { last }) }
      })
      return [{ service, attempts, actions }]
    })
}

const generate: Op<'GenerateServiceLastAccessedDetails'> = {
  mode: 'write',
  access: onSubject(withPolicies),
  shows: { input: ['Arn', 'Granularity'], output: ['JobId'] },
  async run({ Arn, Granularity = 'SERVICE_LEVEL' }, { tx, now, fail, surroundings }) {
    const subject = await subjectOf(tx, Arn, withPolicies, fail)
    for (const { id, createdAt } of (await tx.list(jobs, 'age', { limit: mostForgottenAtOnce })).items) {
      if (now - createdAt > keptMilliseconds) await tx.delete(jobs, id)
    }
    const services = await reportOn(tx, subject, Granularity)
    const job: JobRecord = { id: surroundings.uuid(), granularity: Granularity, createdAt: now, actors: subject.actors, services }
    await tx.put(jobs, job)
    return { JobId: job.id }
  },
}

const theJob = async (tx: AccountReader, id: string, fail: (code: 'NoSuchEntity', message: string) => never): Promise<JobRecord> =>
  (await tx.get(jobs, id)) ?? fail('NoSuchEntity', `The job with id ${id} cannot be found.`)

const done = ({ createdAt }: JobRecord) => ({
  JobStatus: 'COMPLETED' as const,
  JobCreationDate: new Date(createdAt),
  JobCompletionDate: new Date(createdAt),
})

function shown(tx: AccountReader, { actors }: JobRecord, { service, attempts, actions }: ServiceReport): iam.ServiceLastAccessed {
  const arnOf = ({ actor }: ActorsAttempt): string => entityArn('aws', tx.accountId, actors[actor]!.type, actors[actor]!)
  const [last] = attempts
  return {
    ServiceName: actionCatalogue().services[service]!.name,
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

const getDetails: Op<'GetServiceLastAccessedDetails'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: ['JobId', 'MaxItems', 'Marker'] },
  async run(input, { tx, fail }) {
    const job = await theJob(tx, input.JobId, fail)
    const { items, answer } = pageOf(job.services, ({ service }) => service, input, fail)
    return { ...done(job), JobType: job.granularity, ServicesLastAccessed: items.map((service) => shown(tx, job, service)), ...answer }
  },
}

const entityTypes = { user: 'USER', role: 'ROLE' } as const

/** Everybody who could have used the service, latest use first and those who never did last. */
const getDetailsWithEntities: Op<'GetServiceLastAccessedDetailsWithEntities'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: ['JobId', 'ServiceNamespace', 'MaxItems', 'Marker'] },
  async run(input, { tx, fail }) {
    const job = await theJob(tx, input.JobId, fail)
    const report =
      job.services.find(({ service }) => service === input.ServiceNamespace) ??
      fail('NoSuchEntity', `The service ${input.ServiceNamespace} is not in the report of the job ${input.JobId}.`)
    const used = new Set(report.attempts.map(({ actor }) => actor))
    const all: { readonly actor: number; readonly at?: number }[] = [
      ...report.attempts,
      ...job.actors.flatMap((_, actor) => (used.has(actor) ? [] : [{ actor }])),
    ]
    const placed = all.map((item, place) => ({ ...item, place: String(place).padStart(9, '0') }))
    const { items, answer } = pageOf(placed, ({ place }) => place, input, fail)
    const details = items.map(({ actor, at }): iam.EntityDetails => {
      const { type, id, name, path } = job.actors[actor]!
      return {
        EntityInfo: {
          Arn: entityArn('aws', tx.accountId, type, { path, name }),
          Name: name,
          Type: entityTypes[type],
          Id: id,
          Path: path,
        },
        ...(at !== undefined && { LastAuthenticated: new Date(at) }),
      }
    })
    return { ...done(job), EntityDetailsList: details, ...answer }
  },
}

const listPoliciesGrantingServiceAccess: Op<'ListPoliciesGrantingServiceAccess'> = {
  mode: 'read',
  access: onSubject(holders),
  shows: { input: ['Arn', 'ServiceNamespaces', 'Marker'] },
  async run({ Arn, ServiceNamespaces, Marker }, { tx, fail }) {
    const { policies } = await subjectOf(tx, Arn, holders, fail)
    // All of it fits into one answer, so that no marker was ever given.
    if (Marker !== undefined) fail('ValidationError', 'Invalid Marker.')
    return {
      PoliciesGrantingServiceAccess: ServiceNamespaces.map((ServiceNamespace) => ({
        ServiceNamespace,
        Policies: policies.filter(({ document }) => grantsService(document, ServiceNamespace)).map((policy) => policy.shown),
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
