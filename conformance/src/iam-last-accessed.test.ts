import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ServiceLastAccessed } from '@aws-sdk/client-iam'
import type { Key } from './clients.js'
import { account, allow, allPages, deny, policy, refused, trust, useServer } from './iam-scene.js'

const scene = useServer()
const arn = (typeAndName: string): string => `arn:aws:iam::${account}:${typeAndName}`

type Granularity = 'SERVICE_LEVEL' | 'ACTION_LEVEL'

async function report(
  Arn: string,
  Granularity: Granularity = 'SERVICE_LEVEL',
): Promise<{ jobId: string; services: ServiceLastAccessed[] }> {
  const root = scene.iam()
  const { JobId } = await root.generateServiceLastAccessedDetails({ Arn, Granularity })
  const services = await allPages(async (Marker) => {
    const { ServicesLastAccessed: items, ...rest } = await root.getServiceLastAccessedDetails({ JobId, MaxItems: 3, Marker })
    return { items, ...rest }
  })
  return { jobId: JobId!, services }
}

/** Attempts are written soon after they are answered: asks until they are there. */
async function reportWhen(Arn: string, ready: (services: ServiceLastAccessed[]) => boolean, granularity?: Granularity) {
  for (let tries = 0; tries < 500; tries++) {
    const found = await report(Arn, granularity)
    if (ready(found.services)) return found
  }
  throw new Error(`the report on ${Arn} never told of the attempt`)
}

const of = (services: readonly ServiceLastAccessed[], namespace: string) =>
  services.find(({ ServiceNamespace }) => ServiceNamespace === namespace)

const calls = (key: Key) => scene.iam(key).getUser({ UserName: 'reader' })

test('a report shows the services that policies give, and when a user last tried each, refused or not, also after a restart', async () => {
  const key = await scene.newUser('reader', allow(['iam:GetUser', 'sqs:*']), deny('sqs:*'), allow('dynamodb:Get*'))
  const before = await report(arn('user/reader'))
  assert.deepEqual(
    before.services.map(({ ServiceNamespace }) => ServiceNamespace),
    ['dynamodb', 'iam'],
    'what is denied without condition is not given',
  )
  assert.deepEqual(of(before.services, 'iam'), {
    ServiceName: 'AWS Identity and Access Management',
    ServiceNamespace: 'iam',
    TotalAuthenticatedEntities: 0,
  })
  await calls(key)
  assert.match(await refused(scene.iam(key).listRoles({})), /^AccessDenied/)
  const seen = await reportWhen(
    arn('user/reader'),
    (services) => of(services, 'iam')?.TrackedActionsLastAccessed?.[0]?.LastAccessedTime !== undefined,
    'ACTION_LEVEL',
  )
  const iam = of(seen.services, 'iam')!
  assert.equal(iam.LastAuthenticatedEntity, arn('user/reader'))
  assert.equal(iam.LastAuthenticatedRegion, 'us-east-1')
  assert.equal(iam.TotalAuthenticatedEntities, 1)
  assert.deepEqual(
    iam.TrackedActionsLastAccessed!.map(({ ActionName, LastAccessedEntity, LastAccessedRegion }) => [
      ActionName,
      LastAccessedEntity,
      LastAccessedRegion,
    ]),
    [['GetUser', arn('user/reader'), 'us-east-1']],
  )
  assert.ok(Math.abs(Date.now() - iam.LastAuthenticated!.getTime()) < 600_000)
  const dynamodb = of(seen.services, 'dynamodb')!
  assert.equal(dynamodb.LastAuthenticated, undefined)
  assert.equal(dynamodb.TrackedActionsLastAccessed, undefined, 'of a service that is called elsewhere nothing is known')
  await scene.restart()
  const { $metadata: _, ServicesLastAccessed, ...job } = await scene.iam().getServiceLastAccessedDetails({ JobId: seen.jobId })
  assert.deepEqual(ServicesLastAccessed, seen.services)
  assert.equal(job.JobStatus, 'COMPLETED')
  assert.equal(job.JobType, 'ACTION_LEVEL')
  assert.ok(job.JobCreationDate instanceof Date && job.JobCompletionDate instanceof Date)
  assert.equal(of((await report(arn('user/reader'))).services, 'iam')!.LastAuthenticatedEntity, arn('user/reader'))
})

test('a report on a group or a policy tells who of those that have it used it, and who never did', async () => {
  const root = scene.iam()
  const PolicyArn = (await root.createPolicy({ PolicyName: 'shared', Path: '/p/', PolicyDocument: policy(allow('iam:GetUser')) })).Policy!
    .Arn!
  await root.createGroup({ GroupName: 'team' })
  await root.attachGroupPolicy({ GroupName: 'team', PolicyArn })
  const active = await scene.newUser('active')
  await scene.newUser('idle')
  for (const UserName of ['active', 'idle']) await root.addUserToGroup({ GroupName: 'team', UserName })
  const { Role } = await root.createRole({ RoleName: 'worker', Path: '/r/', AssumeRolePolicyDocument: trust(arn('user/active')) })
  await root.attachRolePolicy({ RoleName: 'worker', PolicyArn })
  const session = await scene.assume(active, Role!.Arn!)
  await scene.iam(session).getUser({ UserName: 'idle' })
  await calls(active)
  const found = await reportWhen(PolicyArn, (services) => of(services, 'iam')?.TotalAuthenticatedEntities === 2)
  const { EntityDetailsList } = await root.getServiceLastAccessedDetailsWithEntities({ JobId: found.jobId, ServiceNamespace: 'iam' })
  assert.deepEqual(
    EntityDetailsList!.map(({ EntityInfo, LastAuthenticated }) => [EntityInfo!.Name, LastAuthenticated !== undefined]).sort(),
    [
      ['active', true],
      ['idle', false],
      ['worker', true],
    ],
  )
  assert.equal(EntityDetailsList!.at(-1)!.EntityInfo!.Name, 'idle')
  const { $metadata: _, ...worker } = EntityDetailsList!.find(({ EntityInfo }) => EntityInfo!.Name === 'worker')!.EntityInfo as never as {
    $metadata?: unknown
  }
  assert.deepEqual(worker, { Arn: Role!.Arn, Name: 'worker', Type: 'ROLE', Id: Role!.RoleId, Path: '/r/' })
  const paged = await allPages(async (Marker) => {
    const { EntityDetailsList: items, ...rest } = await root.getServiceLastAccessedDetailsWithEntities({
      JobId: found.jobId,
      ServiceNamespace: 'iam',
      MaxItems: 1,
      Marker,
    })
    return { items, ...rest }
  })
  assert.deepEqual(paged, EntityDetailsList)
  const group = await reportWhen(arn('group/team'), (services) => of(services, 'iam')?.TotalAuthenticatedEntities === 1)
  assert.equal(of(group.services, 'iam')!.LastAuthenticatedEntity, arn('user/active'))
  const ofOther = await root.getServiceLastAccessedDetailsWithEntities({ JobId: found.jobId, ServiceNamespace: 's3' })
  assert.deepEqual(ofOther.EntityDetailsList, [])
  assert.equal(
    await refused(root.getServiceLastAccessedDetailsWithEntities({ JobId: found.jobId, ServiceNamespace: 'unheard-of' })),
    'InvalidInput 400 Service namepace unheard-of is either invalid or unsupported.',
  )
})

test('a report on a role tells what its sessions tried; one that is made again begins anew', async () => {
  const root = scene.iam()
  const key = await scene.newUser('taker')
  const make = async () => {
    const { Role } = await root.createRole({ RoleName: 'again', AssumeRolePolicyDocument: trust(arn('user/taker')) })
    await root.putRolePolicy({ RoleName: 'again', PolicyName: 'own', PolicyDocument: policy(allow('iam:GetUser')) })
    return Role!.Arn!
  }
  const RoleArn = await make()
  await calls(await scene.assume(key, RoleArn))
  await reportWhen(RoleArn, (services) => of(services, 'iam')?.TotalAuthenticatedEntities === 1)
  await root.deleteRolePolicy({ RoleName: 'again', PolicyName: 'own' })
  await root.deleteRole({ RoleName: 'again' })
  assert.equal(await refused(root.generateServiceLastAccessedDetails({ Arn: RoleArn })), `NoSuchEntity 404 ARN ${RoleArn} does not exist.`)
  await make()
  assert.equal(of((await report(RoleArn)).services, 'iam')!.TotalAuthenticatedEntities, 0)
})

test('jobs that are not there, ARNs that are none, and entities of other accounts are refused', async () => {
  const root = scene.iam()
  const JobId = '00000000-0000-4000-8000-000000000000'
  assert.match(await refused(root.getServiceLastAccessedDetails({ JobId })), /^NoSuchEntity 404 /)
  assert.match(await refused(root.getServiceLastAccessedDetailsWithEntities({ JobId, ServiceNamespace: 'iam' })), /^NoSuchEntity 404 /)
  const of = (Arn: string) => refused(root.generateServiceLastAccessedDetails({ Arn }))
  const { JobId: plain } = await root.generateServiceLastAccessedDetails({ Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
  assert.equal((await root.getServiceLastAccessedDetails({ JobId: plain })).JobType, 'SERVICE_LEVEL')
  assert.equal(await of('nothing that is an ARN'), 'ValidationError 400 Invalid ARN:  Could not be parsed!')
  assert.match(await of(arn('instance-profile/x')), /^InvalidInput 400 /)
  assert.match(await of(arn('user/never-made')), /^NoSuchEntity 404 /)
  const other = await scene.newAccount('last-accessed-neighbour')
  await scene.iam(other.root).createUser({ UserName: 'reader' })
  assert.match(await of(`arn:aws:iam::${other.id}:user/reader`), /^AccessDenied 403 /)
  const theirs = await scene.iam(other.root).generateServiceLastAccessedDetails({ Arn: `arn:aws:iam::${other.id}:user/reader` })
  assert.match(await refused(root.getServiceLastAccessedDetails({ JobId: theirs.JobId })), /^NoSuchEntity 404 /)
})

test('the policies that give a service are told with where they come from', async () => {
  const root = scene.iam()
  await scene.newUser('holder', allow('s3:Get*'))
  await root.createGroup({ GroupName: 'holders' })
  await root.putGroupPolicy({
    GroupName: 'holders',
    PolicyName: 'most',
    PolicyDocument: policy({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }),
  })
  await root.addUserToGroup({ GroupName: 'holders', UserName: 'holder' })
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
  await root.attachUserPolicy({ UserName: 'holder', PolicyArn })
  const ServiceNamespaces = ['s3', 'iam', 's3', 'athena']
  const { PoliciesGrantingServiceAccess, IsTruncated } = await root.listPoliciesGrantingServiceAccess({
    Arn: arn('user/holder'),
    ServiceNamespaces,
  })
  assert.equal(IsTruncated, false)
  const most = { PolicyName: 'most', PolicyType: 'INLINE', EntityType: 'GROUP', EntityName: 'holders' }
  assert.deepEqual(PoliciesGrantingServiceAccess, [
    {
      ServiceNamespace: 's3',
      Policies: [
        { PolicyName: 'own', PolicyType: 'INLINE', EntityType: 'USER', EntityName: 'holder' },
        { PolicyName: 'AmazonS3ReadOnlyAccess', PolicyType: 'MANAGED', PolicyArn },
      ],
    },
    { ServiceNamespace: 'iam', Policies: [most] },
    { ServiceNamespace: 'athena', Policies: [most] },
  ])
  assert.equal(
    await refused(root.listPoliciesGrantingServiceAccess({ Arn: arn('user/holder'), ServiceNamespaces: ['s3', 'S3', 'unheard-of'] })),
    'InvalidInput 400 Invalid service namespace: [S3, unheard-of]',
  )
  assert.match(await refused(root.listPoliciesGrantingServiceAccess({ Arn: PolicyArn, ServiceNamespaces })), /^InvalidInput 400 /)
  const own = scene.iam(await scene.newUser('asker', allow('iam:ListPoliciesGrantingServiceAccess', arn('user/asker'))))
  await own.listPoliciesGrantingServiceAccess({ Arn: arn('user/asker'), ServiceNamespaces })
  assert.match(
    await refused(own.listPoliciesGrantingServiceAccess({ Arn: arn('user/holder'), ServiceNamespaces })),
    /iam:ListPoliciesGrantingServiceAccess on resource: user holder because no identity-based policy/,
  )
})

test('no account is in an organization, and what is about one says so', async () => {
  const root = scene.iam()
  const none = /^OrganizationNotFound(?:Exception)? \d+ Your account/
  assert.match(await refused(root.listOrganizationsFeatures({})), none)
  assert.match(await refused(root.enableOrganizationsRootSessions({})), none)
  assert.match(await refused(root.disableOrganizationsRootSessions({})), none)
  assert.match(await refused(root.enableOrganizationsRootCredentialsManagement({})), none)
  assert.match(await refused(root.disableOrganizationsRootCredentialsManagement({})), none)
  assert.match(
    await refused(root.generateOrganizationsAccessReport({ EntityPath: 'o-a1b2c3d4e5/r-f6g7' })),
    /^AccessDenied 403 Your account/,
  )
  const own = scene.iam(await scene.newUser('organizer', deny('iam:GenerateOrganizationsAccessReport')))
  assert.match(
    await refused(own.generateOrganizationsAccessReport({ EntityPath: 'o-a1b2c3d4e5/r-f6g7' })),
    /on resource: arn:aws:iam::000000000000:access-report\/o-a1b2c3d4e5\/r-f6g7 with an explicit deny/,
  )
  const Condition = { StringEquals: { 'iam:OrganizationsPolicyId': 'p-abcdefgh' } }
  const ofPolicy = scene.iam(await scene.newUser('of-policy', allow('iam:GenerateOrganizationsAccessReport', '*', { Condition })))
  const reportOf = (OrganizationsPolicyId?: string) =>
    refused(ofPolicy.generateOrganizationsAccessReport({ EntityPath: 'o-a1b2c3d4e5/r-f6g7', OrganizationsPolicyId }))
  assert.match(await reportOf('p-abcdefgh'), /^AccessDenied 403 Your account/)
  assert.match(await reportOf('p-ijklmnop'), /because no identity-based policy/)
  assert.match(await reportOf(), /because no identity-based policy/)
  const JobId = '00000000-0000-4000-8000-000000000000'
  assert.match(await refused(root.getOrganizationsAccessReport({ JobId })), /^NoSuchEntity 404 /)
})
