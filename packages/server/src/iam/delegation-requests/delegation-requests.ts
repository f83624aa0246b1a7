/** Delegation requests: one account asks another for some hours of rights; the other one takes, accepts or rejects, and lets go. */
import type { IamOperations, iam } from '@bailiwick/model'
import { wholeServer } from '../../accounts/account.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { ContextKeys, Operation, Rows, WriteCall } from '../../pipeline/operation.js'
import { page } from '../paging.js'
import { tellPartner } from './notification.js'
import {
  type DelegationRequestRecord,
  delegationRequests,
  isOwner,
  keptMilliseconds,
  missing,
  onRequest,
  requestArn,
  requestNamed,
  resourceOf,
  type Step,
  stateOf,
  steps,
} from './request.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail<Code extends string> = (code: Code, message: string) => never

const createRequest: Op<'CreateDelegationRequest'> = {
  mode: 'write',
  access: {
    // It has no id before it is there.
    resource: async (_, { tx }) => ({ arn: requestArn(tx.accountId, ''), accountId: tx.accountId }),
    context: ({ SessionDuration, NotificationChannel, Permissions: { PolicyTemplateArn } }): ContextKeys => ({
      'iam:DelegationDuration': String(SessionDuration),
      'iam:NotificationChannel': NotificationChannel,
      ...(PolicyTemplateArn !== undefined && { 'iam:TemplateArn': PolicyTemplateArn }),
    }),
  },
  shows: {
    input: [
      'OwnerAccountId',
      'Description',
      'Permissions',
      'RequestMessage',
      'RequestorWorkflowId',
      'RedirectUrl',
      'NotificationChannel',
      'SessionDuration',
      'OnlySendByOwner',
    ],
    output: ['DelegationRequestId'],
  },
  async run(input, { tx, now, fail, surroundings }) {
    const { PolicyTemplateArn, Parameters = [] } = input.Permissions
    if (PolicyTemplateArn === undefined || !/^arn:[^:]+:iam::[^:]+:./.test(PolicyTemplateArn))
      return fail('InvalidInput', 'The permissions must name a policy template by its ARN.')
    const names = Parameters.map(({ Name }) => Name)
    if (names.includes(undefined) || new Set(names).size !== names.length)
      fail('InvalidInput', 'Every parameter must have a name, and each a different one.')
    if (Parameters.some(({ Type = 'string', Values = [] }) => Values.length === 0 || (Type === 'string' && Values.length > 1)))
      fail('InvalidInput', 'A parameter must have a value, and one of type string exactly one.')
    if (!/^arn:[^:]+:sns:[^:]+:\d{12}:[^:]+$/.test(input.NotificationChannel))
      fail('InvalidInput', 'The notification channel must be the ARN of an SNS topic.')
    const server = tx.of(wholeServer)
    if (await server.find(delegationRequests, 'workflow', `${tx.accountId}/${input.RequestorWorkflowId}`))
      fail('EntityAlreadyExists', `A delegation request with the workflow id ${input.RequestorWorkflowId} already exists.`)
    const request: DelegationRequestRecord = {
      id: surroundings.uuid(),
      requestorId: tx.accountId,
      workflowId: input.RequestorWorkflowId,
      description: input.Description,
      templateArn: PolicyTemplateArn,
      parameters: Parameters,
      notificationChannel: input.NotificationChannel,
      sessionSeconds: input.SessionDuration,
      onlySendByOwner: input.OnlySendByOwner ?? false,
      state: 'UNASSIGNED',
      createdAt: now,
      updatedAt: now,
      expiresAt: now + keptMilliseconds.unassigned,
      ...(input.OwnerAccountId !== undefined && { ownerAccountId: input.OwnerAccountId }),
      ...(input.RequestMessage !== undefined && { message: input.RequestMessage }),
      ...(input.RedirectUrl !== undefined && { redirectUrl: input.RedirectUrl }),
    }
    await server.add(delegationRequests, request)
    return {
      ConsoleDeepLink: `${surroundings.federation.publicUrl()}/console/iam/delegation-requests/${request.id}`,
      DelegationRequestId: request.id,
    }
  },
}

async function theRequest(tx: AccountReader, id: string, fail: Fail<'NoSuchEntity'>): Promise<DelegationRequestRecord> {
  return (await requestNamed(tx, id)) ?? fail('NoSuchEntity', missing(id))
}

/** Takes a request one step further and tells its partner, or fails with `code` when it is not in a state for it. */
async function goOn<Code extends string>(
  step: Step,
  id: string,
  { code, ...call }: WriteCall<Code | 'NoSuchEntity'> & { readonly code: Code },
  change: (request: DelegationRequestRecord) => Partial<DelegationRequestRecord>,
): Promise<void> {
  const { tx, now } = call
  const fail: Fail<Code | 'NoSuchEntity'> = call.fail
  const request = await theRequest(tx, id, fail)
  const { from, to } = steps[step]
  const state = stateOf(request, now)
  if (!(from as readonly string[]).includes(state)) fail(code, `The delegation request ${id} is in the state ${state}.`)
  const moved = { ...request, state: to, updatedAt: now, expiresAt: now + keptMilliseconds.taken, ...change(request) }
  await tx.of(wholeServer).put(delegationRequests, moved)
  await tellPartner(tx, moved, call)
}

const associate: Op<'AssociateDelegationRequest'> = {
  mode: 'write',
  access: onRequest,
  shows: { input: ['DelegationRequestId'] },
  async run({ DelegationRequestId }, call) {
    const { caller } = call
    await goOn('associate', DelegationRequestId, { ...call, code: 'InvalidInput' }, () => ({
      ownerId: caller.arn,
      ownerUserId: caller.userId,
      ownerAccountId: caller.accountId,
    }))
    return {}
  },
}

const update: Op<'UpdateDelegationRequest'> = {
  mode: 'write',
  access: onRequest,
  shows: { input: ['DelegationRequestId', 'Notes'] },
  async run({ DelegationRequestId, Notes }, call) {
    const change = Notes === undefined ? {} : { notes: Notes }
    await goOn('update', DelegationRequestId, { ...call, code: 'InvalidInput' }, () => change)
    return {}
  },
}

/** A root user may not give more than this. */
const rootsMostSeconds = 4 * 3600

const accept: Op<'AcceptDelegationRequest'> = {
  mode: 'write',
  access: onRequest,
  shows: { input: ['DelegationRequestId'] },
  async run({ DelegationRequestId }, call) {
    const { caller, fail } = call
    await goOn('accept', DelegationRequestId, { ...call, code: 'ConcurrentModification' }, ({ sessionSeconds }) => {
      if (caller.principal.kind === 'root' && sessionSeconds > rootsMostSeconds)
        fail('AccessDenied', `A root user can accept requests for at most ${rootsMostSeconds} seconds.`)
      return { approverId: caller.arn }
    })
    return {}
  },
}

const reject: Op<'RejectDelegationRequest'> = {
  mode: 'write',
  access: onRequest,
  shows: { input: ['DelegationRequestId', 'Notes'] },
  async run({ DelegationRequestId, Notes }, call) {
    const change = Notes === undefined ? {} : { rejectionReason: Notes }
    await goOn('reject', DelegationRequestId, { ...call, code: 'InvalidInput' }, () => change)
    return {}
  },
}

/** The time that was asked for begins to run, and the partner is told so. */
const sendToken: Op<'SendDelegationToken'> = {
  mode: 'write',
  access: onRequest,
  shows: { input: ['DelegationRequestId'] },
  async run({ DelegationRequestId }, call) {
    const { now, fail, caller } = call
    await goOn('send', DelegationRequestId, { ...call, code: 'InvalidInput' }, (request) => {
      if (request.onlySendByOwner && !isOwner(request, caller))
        fail('AccessDenied', 'Only the owner of this delegation request can send its token.')
      return { expiresAt: now + request.sessionSeconds * 1000 }
    })
    return {}
  },
}

function shown(request: DelegationRequestRecord, now: number): iam.DelegationRequest {
  const { ownerAccountId, message, ownerId, approverId, redirectUrl, notes, rejectionReason } = request
  return {
    DelegationRequestId: request.id,
    ...(ownerAccountId !== undefined && { OwnerAccountId: ownerAccountId }),
    Description: request.description,
    ...(message !== undefined && { RequestMessage: message }),
    Permissions: { PolicyTemplateArn: request.templateArn, Parameters: request.parameters },
    ...(ownerId !== undefined && { OwnerId: ownerId }),
    ...(approverId !== undefined && { ApproverId: approverId }),
    State: stateOf(request, now),
    ExpirationTime: new Date(request.expiresAt),
    RequestorId: request.requestorId,
    CreateDate: new Date(request.createdAt),
    SessionDuration: request.sessionSeconds,
    ...(redirectUrl !== undefined && { RedirectUrl: redirectUrl }),
    ...(notes !== undefined && { Notes: notes }),
    ...(rejectionReason !== undefined && { RejectionReason: rejectionReason }),
    OnlySendByOwner: request.onlySendByOwner,
    UpdatedTime: new Date(request.updatedAt),
  }
}

const getRequest: Op<'GetDelegationRequest'> = {
  mode: 'read',
  access: onRequest,
  shows: { input: ['DelegationRequestId', 'DelegationPermissionCheck'] },
  async run({ DelegationRequestId, DelegationPermissionCheck = false }, { tx, now, fail }) {
    const request = await theRequest(tx, DelegationRequestId, fail)
    return {
      DelegationRequest: shown(request, now),
      // What a template holds is known to AWS and its partner alone, so that nobody here can tell more.
      ...(DelegationPermissionCheck && { PermissionCheckStatus: 'COMPLETE', PermissionCheckResult: 'UNSURE' }),
    }
  },
}

const listRequests: Op<'ListDelegationRequests'> = {
  mode: 'read',
  access: {
    resource: async (_, { tx }) => ({ arn: requestArn(tx.accountId, ''), accountId: tx.accountId }),
    context: ({ OwnerId }): ContextKeys => (OwnerId === undefined ? {} : { 'iam:DelegationRequestOwner': OwnerId }),
  },
  shows: { input: ['OwnerId', 'Marker', 'MaxItems'] },
  async run(input, { tx, now, fail }) {
    const keep = input.OwnerId === undefined ? undefined : ({ ownerId }: DelegationRequestRecord) => ownerId === input.OwnerId
    const { items, answer } = await page(tx.of(wholeServer), delegationRequests, 'ownerAccount', input, fail, {
      equals: tx.accountId,
      keep,
    })
    const { IsTruncated, ...marker } = answer
    return { DelegationRequests: items.map((request) => shown(request, now)), isTruncated: IsTruncated, ...marker }
  },
}

const idIn = (arn: string): string =>
  /^arn:[^:]+:iam::\d{12}:delegation-request\/([\w-]+)$/.exec(arn)?.[1] ??
  fail('InvalidInput', `${arn} is not the ARN of a delegation request.`)

const english = 'en-US'

/** AWS has a language model write it. Ours is a sentence made of the request, in English or not at all. */
const getSummary: Op<'GetHumanReadableSummary'> = {
  mode: 'read',
  access: { resource: ({ EntityArn }, look) => resourceOf(idIn(EntityArn), look) },
  shows: { input: ['EntityArn', 'Locale'] },
  async run({ EntityArn, Locale = english }, { tx, fail }) {
    const { requestorId, description, templateArn, parameters, sessionSeconds } = await theRequest(tx, idIn(EntityArn), fail)
    if (!/^en(?:[-_]|$)/i.test(Locale)) return { SummaryContent: '', Locale, SummaryState: 'NOT_SUPPORTED' }
    const values = parameters.map(({ Name, Values = [] }) => `${Name} = ${Values.join(', ')}`)
    const withValues = values.length > 0 ? ` with ${values.join('; ')}` : ''
    const summary = `Account ${requestorId} asks for the permissions of ${templateArn}${withValues}, for ${sessionSeconds} seconds. Its reason: ${description}`
    return { SummaryContent: summary.slice(0, mostSummaryCharacters), Locale, SummaryState: 'AVAILABLE' }
  },
}

const mostSummaryCharacters = 10_000

export const delegationRequestRows = {
  CreateDelegationRequest: createRequest,
  AssociateDelegationRequest: associate,
  UpdateDelegationRequest: update,
  AcceptDelegationRequest: accept,
  RejectDelegationRequest: reject,
  SendDelegationToken: sendToken,
  GetDelegationRequest: getRequest,
  ListDelegationRequests: listRequests,
  GetHumanReadableSummary: getSummary,
} satisfies Partial<Rows<IamOperations>>
