/** SimulateCustomPolicy and SimulatePrincipalPolicy. Texts of refusals are those that users of AWS's simulator were answered with. */
import type { IamOperations, iam } from '@bailiwick/model'
import {
  type Context,
  type ContextValue,
  compile,
  type GrammarName,
  grammars,
  type Policy,
  type PolicyGrammar,
  type PolicySet,
  type Principal,
  parsePolicy,
} from '@bailiwick/policy'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { readEntityArn } from '../arns.js'
import { onAccount } from '../noun.js'
import { pageOf } from '../paging.js'
import { hasScenario, isKnown, isUnknown, nameOf } from './action-resources.js'
import { contextOf } from './context-entries.js'
import { exclusionsOf } from './exclusions.js'
import { type PolicySource, policySource, sourceResource } from './policy-source.js'
import { distinct, type Outcome, outcomeOf, type Simulation } from './simulation.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Asked = Omit<iam.SimulatePrincipalPolicyRequest, 'PolicySourceArn'> & iam.SimulateCustomPolicyRequest
type Fail = (code: 'InvalidInput', message: string) => never
type Verdict = iam.EvaluationResult['EvalDecision']

const common = ['ActionNames', 'ResourceArns', 'ResourceOwner', 'CallerArn', 'ResourceHandlingOption', 'Marker', 'MaxItems'] as const

const simulateCustomPolicy: Op<'SimulateCustomPolicy'> = {
  mode: 'read',
  access: onAccount,
  shows: { input: common },
  async run(input, { tx, fail }) {
    return answer(input, { accountId: tx.accountId, policies: [] }, fail)
  },
}

const simulatePrincipalPolicy: Op<'SimulatePrincipalPolicy'> = {
  mode: 'read',
  access: { resource: ({ PolicySourceArn }, look) => sourceResource(PolicySourceArn, look) },
  shows: { input: ['PolicySourceArn', ...common] },
  async run(input, { tx, caller, fail }) {
    const source = await policySource(tx, input.PolicySourceArn, fail)
    const { leavesOut, boundary, organization } = exclusionsOf(input.PolicyExclusionList ?? [], fail)
    const { scp } = caller.inForce
    return answer(
      { PolicyInputList: [], ...input },
      {
        accountId: tx.accountId,
        source,
        policies: source.policies.filter((policy) => !leavesOut(policy)),
        ...(source.boundary !== undefined && !boundary && { boundary: source.boundary }),
        ...(scp !== undefined && !organization && { scp }),
      },
      fail,
    )
  },
}

export const simulateRows: Rows<IamOperations, 'SimulateCustomPolicy' | 'SimulatePrincipalPolicy'> = {
  SimulateCustomPolicy: simulateCustomPolicy,
  SimulatePrincipalPolicy: simulatePrincipalPolicy,
}

/** What a simulation starts from, before the input's own policies come to it. */
interface Base {
  readonly accountId: string
  readonly source?: PolicySource
  readonly policies: readonly Policy[]
  readonly boundary?: PolicySet
  readonly scp?: readonly PolicySet[]
}

/** Decisions that one call makes at most; a page ends before that, as MaxItems would end it. */
const mostDecisions = 10_000

function answer(input: Asked, base: Base, fail: Fail): iam.SimulatePolicyResponse {
  const resources = input.ResourceArns?.length ? input.ResourceArns : ['*']
  checkActions(input.ActionNames, resources, fail)
  checkResources(resources, fail)
  checkHandling(input, resources, fail)
  const simulation = simulationOf(input, base, resources, fail)
  const numbered = input.ActionNames.map((action, index) => ({ action, place: String(index).padStart(9, '0') }))
  const MaxItems = Math.max(1, Math.min(input.MaxItems ?? 100, Math.floor(mostDecisions / resources.length)))
  const page = { MaxItems, ...(input.Marker !== undefined && { Marker: input.Marker }) }
  const badMarker = (): never => fail('InvalidInput', 'Invalid marker for pagination.')
  const { items, answer: more } = pageOf(numbered, ({ place }) => place, page, badMarker)
  return { EvaluationResults: items.map(({ action }) => resultOf(simulation, action, resources)), ...more }
}

const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:./s

function checkResources(resources: readonly string[], fail: Fail): void {
  if (resources.length > 1 || resources[0] !== '*') checkArns(resources, fail)
}

function checkArns(arns: readonly string[], fail: Fail): void {
  const wrong = arns.find((arn) => !ARN.test(arn))
  if (wrong !== undefined) fail('InvalidInput', `ResourceNames are not in a valid ARN format: ${wrong}.`)
}

/** What an option changes is which resources must be listed together, and every listed one is simulated anyway. */
function checkHandling({ ResourceHandlingOption: option, ActionNames }: Asked, resources: readonly string[], fail: Fail): void {
  if (option === undefined || resources[0] === '*') return
  const other = ActionNames.find((action) => !hasScenario(action, option))
  if (other !== undefined)
    fail(
      'InvalidInput',
      `Invalid input resource handling options. Action does not support resource handling options: ${other}. Please refer to the documentation for more details: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html`,
    )
}

/** On resources, actions that AWS knows and such as it does not are not simulated together. */
function checkActions(actions: readonly string[], resources: readonly string[], fail: Fail): void {
  if (actions.some((action) => !action.includes(':'))) fail('InvalidInput', 'The action is invalid since it is missing names')
  if (resources[0] === '*' && resources.length === 1) return
  if (!actions.some(isKnown) || !actions.some(isUnknown)) return
  const others = actions.filter((action) => !isKnown(action))
  fail(
    'InvalidInput',
    `Invalid Input Actions: [${actions.filter(isKnown).join()}] and [${others.join()}] require different authorization information. `,
  )
}

function simulationOf(input: Asked, base: Base, resources: readonly string[], fail: Fail): Simulation {
  const context = contextOf(input.ContextEntries ?? [], fail)
  const { principal, derived } = callerOf(input, base, fail)
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()))
  const inputs = input.PolicyInputList.map((text, index): Policy => {
    const name = `PolicyInputList.${index + 1}`
    return { name, document: documentOf(text, identityInput, fail, `Policy input list item ${index + 1}`) }
  })
  const [boundaryText, second] = input.PermissionsBoundaryPolicyInputList ?? []
  if (second !== undefined) fail('InvalidInput', 'The list of Permissions Boundary policies cannot exceed 1 items.')
  const boundary =
    boundaryText === undefined
      ? base.boundary
      : compile([
          {
            name: 'PermissionsBoundaryPolicyInputList.1',
            document: documentOf(boundaryText, identityInput, fail, 'Permissions boundary policy input list item 1'),
          },
        ])
  const scp = organizationLevels(input, fail) ?? base.scp
  return {
    principal,
    context: { ...Object.fromEntries(Object.entries(derived).filter(([key]) => !given.has(key.toLowerCase()))), ...context },
    given,
    inForce: { identity: compile([...base.policies, ...inputs]), ...(boundary && { boundary }), ...(scp && { scp }) },
    ...(input.ResourcePolicy !== undefined && { resourcePolicy: resourcePolicyOf(input.ResourcePolicy, input, base, resources, fail) }),
    ownerOf: ownerRule(input, 'accountId' in principal ? principal.accountId : base.accountId, fail),
  }
}

/** As stored documents are: any version, with or without an id, laid out in any way. */
const identityInput: PolicyGrammar = { ...grammars.identity, version: 'any', leadingSpace: true, versionFirst: false }

function documentOf(text: string, grammar: PolicyGrammar | GrammarName, fail: Fail, what: string): Policy['document'] {
  return parsePolicy(text, grammar as GrammarName).document ?? fail('InvalidInput', `${what} has invalid content`)
}

/** From the root down to the account; every level must allow. */
function organizationLevels({ OrderedOrganizationPolicyInputList: levels }: Asked, fail: Fail): PolicySet[] | undefined {
  if (levels === undefined || levels.length === 0) return undefined
  return levels.map(({ ServiceControlPolicyInputList: texts = [] }, index) => {
    if (texts.length === 0)
      fail('InvalidInput', `Organization policy at index ${index + 1} must contain at least one service control policy`)
    return compile(texts.map((text) => ({ document: documentOf(text, 'scp', fail, `Organization policy at index ${index + 1}`) })))
  })
}

interface SimulatedCaller {
  readonly principal: Principal
  /** Condition keys that the simulator fills in; entries of the input replace them. */
  readonly derived: Context
}

/** What `aws:userid` is when nobody is named. */
const NOBODY = 'STUB_PRINCIPAL_FOR_POLICY_SIMULATOR'

/** A key with this value is absent, also where the engine would derive it from the principal. */
const absent = undefined as unknown as ContextValue

function callerOf({ CallerArn }: Asked, { accountId, source }: Base, fail: Fail): SimulatedCaller {
  const arn = CallerArn ?? source?.arn
  if (arn === undefined) {
    return {
      principal: { kind: 'user', arn: `arn:aws:iam::${accountId}:user/${NOBODY}`, accountId },
      derived: { 'aws:PrincipalArn': absent, 'aws:username': absent, 'aws:PrincipalAccount': accountId, 'aws:userid': NOBODY },
    }
  }
  const named = readEntityArn(arn)
  if (named === undefined || !['user', 'role', 'group'].includes(named.type) || named.accountId === 'aws')
    return fail('InvalidInput', 'Invalid caller - Caller must be an IAM user, role or group in this context.')
  const identity = { arn, accountId: named.accountId }
  const id = source?.arn === arn ? source.id : undefined
  const keys = { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': named.accountId, 'aws:userid': arn }
  if (named.type === 'role') {
    const session = `arn:aws:sts::${named.accountId}:assumed-role/${named.name}/${NOBODY}`
    const serviceLinked = named.path.startsWith('/aws-service-role/')
    return {
      principal: { ...identity, kind: 'role', arn: session, roleArn: arn, ...(id && { id }), ...(serviceLinked && { serviceLinked }) },
      derived: keys,
    }
  }
  const isUser = named.type === 'user'
  return {
    principal: { ...identity, kind: 'user', ...(id && { id }) },
    derived: { ...keys, 'aws:username': isUser ? named.name : absent },
  }
}

function resourcePolicyOf(text: string, { CallerArn }: Asked, { source }: Base, resources: readonly string[], fail: Fail): PolicySet {
  if (CallerArn === undefined && source === undefined) fail('InvalidInput', 'Invalid caller - Caller cannot be null or empty.')
  if (resources[0] === '*') fail('InvalidInput', 'Invalid Entity Arn: * does not clearly define entity type and name.')
  const document = documentOf(text, 'resource', fail, 'Resource policy')
  checkArns(
    document.statements.flatMap(({ resource }) => resource?.patterns ?? []),
    fail,
  )
  return compile([{ document }])
}

/** The account that the input names, else the one in the ARN, else the caller's: bucket ARNs name none. */
function ownerRule({ ResourceOwner }: Asked, own: string, fail: Fail): (arn: string) => string {
  if (ResourceOwner === undefined) return (arn) => /^(?:\d{12}|aws)$/.exec(arn.split(':', 6)[4] ?? '')?.[0] ?? own
  // A bare account id is refused as well.
  const owner = /^arn:[^:]+:iam::(\d{12}):./.exec(ResourceOwner)?.[1]
  if (owner === undefined) return fail('InvalidInput', `'${ResourceOwner}' is not a valid as a Resource Owner.`)
  return () => owner
}

const RANK: readonly Verdict[] = ['allowed', 'implicitDeny', 'explicitDeny']

/** One result an action; of several resources the strictest verdict, and each of them on its own (recorded fact 77). */
function resultOf(simulation: Simulation, action: string, resources: readonly string[]): iam.EvaluationResult {
  const outcomes = resources.map((arn) => ({ arn, ...outcomeOf(simulation, action, arn) }))
  const verdict = outcomes.reduce<Verdict>(
    (worst, one) => (RANK.indexOf(one.verdict) > RANK.indexOf(worst) ? one.verdict : worst),
    'allowed',
  )
  const deciders = verdict === 'explicitDeny' ? outcomes.filter((one) => one.verdict === verdict) : outcomes
  const isNamed = resources[0] !== '*'
  const details = outcomes.find((outcome) => outcome.details !== undefined)?.details
  return {
    EvalActionName: action,
    EvalResourceName: nameOf(action, resources),
    EvalDecision: verdict,
    MatchedStatements: distinct(deciders.flatMap(({ statements }) => statements)),
    MissingContextValues: [...new Set(outcomes.flatMap(({ missing }) => missing))],
    ...organizationDetail(outcomes),
    ...boundaryDetail(outcomes),
    ...(isNamed && { EvalDecisionDetails: details ?? {}, ResourceSpecificResults: outcomes.map(specific) }),
  }
}

/** Lists that would be empty are left out here, and only here. */
function specific({ arn, verdict, statements, missing, details, ...more }: Outcome & { readonly arn: string }): iam.ResourceSpecificResult {
  return {
    EvalResourceName: arn,
    EvalResourceDecision: verdict,
    ...(statements.length > 0 && { MatchedStatements: statements }),
    ...(missing.length > 0 && { MissingContextValues: missing }),
    ...(details !== undefined && { EvalDecisionDetails: details }),
    ...boundaryDetail([more]),
  }
}

function organizationDetail(outcomes: readonly Pick<Outcome, 'organization'>[]): Pick<iam.EvaluationResult, 'OrganizationsDecisionDetail'> {
  if (outcomes.every(({ organization }) => organization === undefined)) return {}
  return { OrganizationsDecisionDetail: { AllowedByOrganizations: outcomes.every(({ organization }) => organization) } }
}

function boundaryDetail(outcomes: readonly Pick<Outcome, 'boundary'>[]): Pick<iam.EvaluationResult, 'PermissionsBoundaryDecisionDetail'> {
  const known = outcomes.flatMap(({ boundary }) => boundary ?? [])
  return known.length === 0 ? {} : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: known.every(Boolean) } }
}
