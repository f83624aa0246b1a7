import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readPolicies } from '../cases/read-policies.js'
import { readRequest } from '../cases/read-request.js'
import { memberObject } from '../cases/unreadable-case.js'
import { answerOf, policy, policySet, type Scenario, scenarios } from '../fixtures.test.support.js'
import {
  type AuthorizationRequest,
  compile,
  decide,
  type Edit,
  type PoliciesInForce,
  type Principal,
  parsePolicy,
  smallestChange,
} from '../index.js'
import { readJson } from '../language/index.js'

const account = '111122223333'
const other = '444455556666'
const dana: Principal = { kind: 'user', arn: `arn:aws:iam::${account}:user/dana`, accountId: account, id: 'AIDADANA' }
const session: Principal = {
  kind: 'role',
  arn: `arn:aws:sts::${account}:assumed-role/deploy/visit`,
  roleArn: `arn:aws:iam::${account}:role/deploy`,
  accountId: account,
}
const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more })
const deny = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({ ...allow(Action, Resource, more), Effect: 'Deny' })
const everything = policySet(policy(allow('*')))

function asks(change: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return { principal: dana, action: 's3:GetObject', resource: { arn: 'arn:aws:s3:::depot/k', accountId: account }, context: {}, ...change }
}

function editsOf(inForce: PoliciesInForce, change: Partial<AuthorizationRequest> = {}): readonly Edit[] {
  const found = smallestChange(asks(change), inForce)
  assert.equal(found?.kind, 'change', JSON.stringify(found))
  return found.edits
}

const short = (edits: readonly Edit[]): string[] =>
  edits.map((edit) => {
    if (edit.kind === 'supply') return `supply ${edit.key}=${edit.values.join()}`
    if (edit.kind === 'add') return `add ${edit.policyType}${edit.level ?? ''} ${edit.statement.Action} ${edit.statement.Resource ?? '-'}`
    return `${edit.kind} ${edit.place.policyType}${edit.place.level ?? ''}.${edit.place.statementIndex}: ${edit.what}`
  })

test('what is allowed needs no change', () => {
  assert.equal(smallestChange(asks(), { identity: everything }), undefined)
})

test('where nothing allows, the owner’s own policies get a statement for exactly this', () => {
  const [edit, ...more] = editsOf({})
  assert.deepEqual(more, [])
  assert.deepEqual(edit, {
    kind: 'add',
    policyType: 'identity',
    statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::depot/k' },
    what: `add a statement to the policies of arn:aws:iam::${account}:user/dana`,
    allows: { actions: 's3:GetObject', resources: 'arn:aws:s3:::depot/k', conditions: [] },
  })
})

test('wildcards and variables in an ARN stand for themselves in what is added', () => {
  for (const arn of ['arn:aws:s3:::depot/*', 'arn:aws:s3:::depot/a?b', 'arn:aws:s3:::depot/${aws:username}', 'arn:aws:s3:::depot/$x']) {
    const resource = { arn, accountId: account }
    const [edit] = editsOf({}, { resource })
    assert.ok(edit!.kind === 'add')
    const identity = policySet(policy(edit!.statement))
    assert.equal(decide(asks({ resource }), { identity }).verdict, 'Allowed', arn)
    for (const near of ['arn:aws:s3:::depot/x', 'arn:aws:s3:::depot/axb', 'arn:aws:s3:::depot/dana'])
      assert.equal(decide(asks({ resource: { arn: near, accountId: account } }), { identity }).verdict, 'ImplicitDeny', near)
  }
})

test('every limit that is silent gets its own statement, and no other does', () => {
  const nothing = policySet(policy(allow('ec2:*')))
  const edits = editsOf({ identity: nothing, boundary: nothing, scp: [everything, nothing, everything, nothing] })
  assert.deepEqual(short(edits), [
    'add scp1 s3:GetObject arn:aws:s3:::depot/k',
    'add scp3 s3:GetObject arn:aws:s3:::depot/k',
    'add identity s3:GetObject arn:aws:s3:::depot/k',
    'add boundary s3:GetObject arn:aws:s3:::depot/k',
  ])
})

test('one statement of the resource’s own policy is fewer edits than one for each limit that it goes past', () => {
  const nothing = policySet(policy(allow('ec2:*')))
  const own = { kind: 'resource', policies: policySet(policy()) } as const
  const edits = editsOf({ identity: nothing, boundary: nothing, resource: own })
  assert.deepEqual(short(edits), ['add resource s3:GetObject arn:aws:s3:::depot/k'])
  assert.ok(edits[0]!.kind === 'add')
  assert.deepEqual(edits[0]!.statement.Principal, { AWS: `arn:aws:iam::${account}:user/dana` })
  assert.deepEqual(short(editsOf({ identity: nothing, resource: own })), ['add identity s3:GetObject arn:aws:s3:::depot/k'])
})

test('across accounts both sides are changed, each by its owner', () => {
  const edits = editsOf({}, { resource: { arn: 'arn:aws:s3:::depot/k', accountId: other } })
  assert.deepEqual(short(edits), ['add resource s3:GetObject arn:aws:s3:::depot/k', 'add identity s3:GetObject arn:aws:s3:::depot/k'])
  assert.match(edits[0]!.what, new RegExp(`account ${other}'s to write`))
})

test('a role is opened by its trust policy, which names no resource', () => {
  const role = { arn: `arn:aws:iam::${account}:role/target`, accountId: account }
  const trust = { kind: 'trust', policies: policySet(policy()) } as const
  const edits = editsOf({ resource: trust }, { principal: session, action: 'sts:AssumeRole', resource: role })
  assert.deepEqual(short(edits), ['add trust sts:AssumeRole -'])
  assert.ok(edits[0]!.kind === 'add')
  assert.deepEqual(edits[0]!.statement.Principal, { AWS: `arn:aws:iam::${account}:role/deploy` })
})

test('of the ways to narrow a denial the one that lets least through is taken', () => {
  const cases: readonly (readonly [object, string])[] = [
    [
      deny('s3:*', undefined, { NotResource: 'arn:aws:s3:::other/*' }),
      'narrow identity.0: add `arn:aws:s3:::depot/k` to its `NotResource`',
    ],
    [{ Effect: 'Deny', NotAction: 'iam:*', Resource: '*' }, 'narrow identity.0: add `s3:GetObject` to its `NotAction`'],
    [deny(['s3:PutObject', 's3:getobject']), 'narrow identity.0: take `s3:GetObject` out of its `Action`'],
    [deny('s3:*', ['arn:aws:s3:::a', 'arn:aws:s3:::depot/k']), 'narrow identity.0: take `arn:aws:s3:::depot/k` out of its `Resource`'],
    [
      deny('s3:*'),
      `narrow identity.0: spare this principal: add the condition \`{"ArnNotEquals":{"aws:PrincipalArn":"arn:aws:iam::${account}:user/dana"}}\``,
    ],
  ]
  for (const [statement, expected] of cases) {
    if ('NotResource' in statement) delete (statement as { Resource?: unknown }).Resource
    const identity = policySet(policy(statement), policy(allow('*')))
    assert.deepEqual(short(editsOf({ identity })), [expected])
  }
})

test('a denial that cannot be narrowed is removed, and an AWS managed one detached', () => {
  const service: Principal = { kind: 'service', names: ['logs.amazonaws.com'] }
  const own = policySet(policy({ ...deny('s3:*'), Principal: '*' }, { ...allow('s3:*'), Principal: '*' }))
  assert.deepEqual(short(editsOf({ resource: { kind: 'resource', policies: own } }, { principal: service })), [
    'remove resource.0: remove the statement',
  ])
  const document = parsePolicy(JSON.stringify(policy(deny('*'))), 'lenient').document
  const identity = compile([{ document, arn: 'arn:aws:iam::aws:policy/AWSDenyAll' }, ...everything.policies])
  assert.deepEqual(short(editsOf({ identity })), ['remove identity.0: detach the policy, which is AWS’s own'])
})

test('several denials are each narrowed, and the rest of them goes on denying', () => {
  const identity = policySet(policy(deny(['s3:GetObject', 's3:PutObject']), deny('s3:Get*'), allow('*')))
  const edits = editsOf({ identity, scp: [policySet(policy(allow('*'), { Effect: 'Deny', NotAction: 'ec2:*', Resource: '*' }))] })
  assert.deepEqual(
    edits.map(({ kind }) => kind),
    ['narrow', 'narrow', 'narrow'],
  )
})

test('a value that the request can carry comes before writing a policy', () => {
  const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }
  assert.deepEqual(short(editsOf({ identity: policySet(policy(allow('s3:*', '*', { Condition: mfa }))) })), [
    'supply aws:MultiFactorAuthPresent=true',
  ])
  const withoutMfa = deny('*', '*', { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } })
  assert.deepEqual(short(editsOf({ identity: policySet(policy(withoutMfa, allow('*'))) })), ['supply aws:MultiFactorAuthPresent=true'])
  const office = deny('*', '*', { Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })
  const both = policySet(policy(office, withoutMfa, allow('*')))
  assert.deepEqual(short(editsOf({ identity: both }, { context: { 'aws:SourceIp': '198.51.100.1' } })), [
    'supply aws:SourceIp=203.0.113.0',
    'supply aws:MultiFactorAuthPresent=true',
  ])
  const tagged = policySet(
    policy(
      allow('s3:*', '*', { Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] }, Null: { 'aws:TagKeys': 'false' } } }),
    ),
  )
  assert.deepEqual(short(editsOf({ identity: tagged })), ['add identity s3:GetObject arn:aws:s3:::depot/k'])
})

test('what follows from who asks is never asked of the request', () => {
  const tag = allow('s3:*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } })
  assert.deepEqual(short(editsOf({ identity: policySet(policy(tag)) })), ['add identity s3:GetObject arn:aws:s3:::depot/k'])
})

test('policies that may not be shown lend no values', () => {
  const identity = policySet(policy(allow('s3:*', '*', { Condition: { StringEquals: { 'x:secret': 'word' } } })))
  assert.deepEqual(short(editsOf({ identity })), ['supply x:secret=word'])
  const found = smallestChange(asks(), { identity }, { hidden: () => true })
  assert.ok(found?.kind === 'change')
  assert.ok(!JSON.stringify(found).includes('secret'))
})

test('where rules deny, no change is made up', () => {
  const impossible = (inForce: PoliciesInForce, change: Partial<AuthorizationRequest>): string => {
    const found = smallestChange(asks(change), inForce)
    assert.equal(found?.kind, 'impossible', JSON.stringify(found))
    return found.because
  }
  const theirs = { arn: `arn:aws:iam::${other}:user/erin`, accountId: other }
  assert.match(
    impossible({ identity: everything }, { action: 'iam:GetUser', resource: theirs }),
    new RegExp(`assume a role of account ${other}`),
  )
  assert.match(
    impossible({ identity: everything }, { action: 'iam:DeletePolicy', resource: { arn: 'arn:aws:iam::aws:policy/X', accountId: 'aws' } }),
    /managed policies of AWS/,
  )
  const linked: Principal = { ...session, serviceLinked: true } as Principal
  assert.match(impossible({}, { principal: linked }), /service-linked/)
  const federated: Principal = {
    kind: 'federatedUser',
    arn: `arn:aws:sts::${account}:federated-user/f`,
    accountId: account,
    federatedBy: `arn:aws:iam::${account}:user/dana`,
  }
  assert.match(impossible({ identity: everything }, { principal: federated, action: 'iam:GetUser' }), /GetFederationToken cannot call IAM/)
  assert.match(impossible({ identity: everything, rcp: [policySet()] }, {}), /RCPFullAWSAccess/)
})

test('a statement that is not understood is written anew', () => {
  const identity = policySet(policy(allow('s3:*', '*', { Condition: { StringMaybe: { 'x:y': 'z' } } }), allow('*')))
  assert.match(short(editsOf({ identity }))[0]!, /^remove identity\.0: write the statement anew or remove it: it is not understood/)
})

test('looking for a change leaves the policies as they decide', () => {
  const text = JSON.stringify(policy(deny(['s3:GetObject', 's3:PutObject']), allow('*')))
  const identity = () => compile([{ document: parsePolicy(text, 'lenient').document }])
  editsOf({ identity: identity() })
  assert.equal(decide(asks(), { identity: identity() }).verdict, 'ExplicitDeny')
  assert.equal(decide(asks({ action: 's3:PutObject' }), { identity: identity() }).verdict, 'ExplicitDeny')
})

function inputOf(scenario: Scenario): readonly [AuthorizationRequest, PoliciesInForce] {
  const line = JSON.stringify(scenario)
  const read = readJson(line)
  assert.ok('node' in read && read.node.kind === 'object')
  const request = readRequest(memberObject(read.node, 'request'))
  return [request, readPolicies(memberObject(read.node, 'policies'), line, request.resource.arn)]
}

test('of every scenario that is denied there is a change that allows it, or a reason why there is none', () => {
  let changed = 0
  for (const scenario of scenarios()) {
    const found = smallestChange(...inputOf(scenario))
    if (scenario.expected === 'allowed') assert.equal(found, undefined, scenario.id)
    else if (found?.kind === 'change') changed++
    else assert.equal(found?.kind, 'impossible', scenario.id)
    assert.equal(answerOf(scenario).decision, scenario.expected, `${scenario.id} is decided as before`)
  }
  assert.ok(changed > 100, `${changed} changes`)
})

const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom('*', 's3:*', 's3:GetObject', 's3:PutObject', 'ec2:*'),
  Resource: fc.constantFrom('*', 'arn:aws:s3:::depot/*', 'arn:aws:s3:::depot/k', 'arn:aws:s3:::other'),
})
const document = fc.array(statement, { maxLength: 3 }).map((statements) => policySet(policy(...statements)))

test('no edit of a change can be left out: one less than all never allows', () => {
  fc.assert(
    fc.property(document, fc.option(document), fc.option(document), (identity, boundary, scp) => {
      const inForce: PoliciesInForce = { identity, ...(boundary && { boundary }), ...(scp && { scp: [scp] }) }
      const found = smallestChange(asks(), inForce)
      if (found === undefined) return
      assert.equal(found.kind, 'change')
      // Every reason to deny needs an edit of its own: as many as there are statements that deny, and kinds that are silent.
      const applies = ({ Effect, Action, Resource }: { Effect: string; Action: string; Resource: string }, effect: string) =>
        Effect === effect &&
        ['*', 's3:*', 's3:GetObject'].includes(Action) &&
        ['*', 'arn:aws:s3:::depot/*', 'arn:aws:s3:::depot/k'].includes(Resource)
      const sets = [identity, boundary, scp].filter((set) => set !== null)
      const reasons = sets.reduce((sum, set) => {
        const statements = set.policies.flatMap(({ document: { text } }) => JSON.parse(text).Statement)
        return sum + statements.filter((one) => applies(one, 'Deny')).length + (statements.some((one) => applies(one, 'Allow')) ? 0 : 1)
      }, 0)
      assert.equal(found.edits.length, reasons)
    }),
    { numRuns: 100 },
  )
})
