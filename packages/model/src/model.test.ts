import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { actionCatalogue, actionsOf } from './actions/index.js'
import { loadService, serviceNames } from './api/load-service.js'
import { readArn } from './arn.js'
import { generate } from './generate/generate.js'
import { accountOfId, idPrefixes, makeId, makeSecret } from './ids.js'
import {
  managedPolicies,
  managedPolicy,
  managedPolicyDescription,
  managedPolicyDocument,
  managedPolicyVersions,
} from './managed-policies/index.js'
import { calledInDenials, iamResources } from './operations/index.js'
import { quotas } from './quotas.js'
import { isRegion } from './regions.js'
import { roleTemplates } from './role-templates/index.js'
import { serviceLinkedRoles } from './service-linked-roles/index.js'

const counts = { iam: 180, sts: 12, organizations: 63, accessanalyzer: 39, bailiwick: 10 }

test('[item 2] the models hold every operation, and every shape that they name', async () => {
  for (const service of serviceNames) {
    const model = await loadService(service)
    assert.equal(model.operations.size, counts[service])
    const need = (name: string | undefined): void => assert.ok(name === undefined || model.shapes.has(name), `${service} lacks ${name}`)
    for (const { input, output, errors } of model.operations.values()) {
      need(input)
      need(output)
      for (const code of errors) assert.ok(model.errors.has(code), `${service} lacks the error ${code}`)
    }
    for (const { members, member, key, value } of model.shapes.values()) {
      for (const found of members ?? []) need(found.shape)
      need(member)
      need(key)
      need(value)
    }
  }
})

test('[item 2] generated files are what the data makes today', () => {
  for (const service of serviceNames) {
    for (const { name, text } of generate(service, readFileSync(new URL(`../data/${service}.json`, import.meta.url), 'utf8'))) {
      assert.equal(readFileSync(new URL(`../src/generated/${name}`, import.meta.url), 'utf8'), text, `${name}: run \`npm run generate\``)
    }
  }
})

test('[item 2] the newest SDK packages have no operation that the models lack', async () => {
  const clients = {
    iam: await import('@aws-sdk/client-iam'),
    sts: await import('@aws-sdk/client-sts'),
    organizations: await import('@aws-sdk/client-organizations'),
    accessanalyzer: await import('@aws-sdk/client-accessanalyzer'),
  } as const
  for (const [service, client] of Object.entries(clients)) {
    const { operations } = await loadService(service as keyof typeof clients)
    const commands = Object.keys(client)
      .filter((name) => /^[A-Z].*Command$/.test(name) && name !== '$Command')
      .map((name) => name.slice(0, -'Command'.length))
    assert.ok(commands.length > 10 || service === 'sts')
    assert.deepEqual(
      commands.filter((name) => !operations.has(name)),
      [],
      `${service}: operations to add to the model`,
    )
  }
})

test('the newest SDK packages have no structure, member or error that the models lack', async () => {
  const clients = {
    iam: await import('@aws-sdk/client-iam'),
    sts: await import('@aws-sdk/client-sts'),
    organizations: await import('@aws-sdk/client-organizations'),
    accessanalyzer: await import('@aws-sdk/client-accessanalyzer'),
  } as const
  for (const [service, client] of Object.entries(clients)) {
    const { shapes } = await loadService(service as keyof typeof clients)
    // The SDK's schemas are rows: kind, namespace, name, traits, names of members.
    const schemas = Object.entries(client).filter(([name, value]) => name.endsWith('$') && Array.isArray(value)) as [string, unknown[]][]
    const structures = schemas
      .map(([, schema]) => schema)
      .filter(
        ([kind, , name]) => kind === 3 || (kind === -3 && !/^(?:IAM|STS|Organizations|AccessAnalyzer)ServiceException$/.test(String(name))),
      )
    assert.ok(structures.length > 40, service)
    const missing = structures.flatMap(([kind, , name, , members]) => {
      const shape = shapes.get(String(name))
      if (shape === undefined) return [String(name)]
      const known = new Set(shape.members?.map((member) => member.name))
      return kind === 3 ? (members as string[]).filter((member) => !known.has(member)).map((member) => `${name}.${member}`) : []
    })
    assert.deepEqual(missing, [], `${service}: to add to the model`)
  }
})

test('[item 2] wire codes are those of the models: the shape name only where it has no code of its own', async () => {
  const iam = await loadService('iam')
  assert.deepEqual(iam.errors.get('NoSuchEntity'), { code: 'NoSuchEntity', status: 404, fault: 'client' })
  assert.equal(iam.errors.get('ServiceFailure')?.fault, 'server')
  assert.equal((await loadService('sts')).errors.get('MalformedPolicyDocument')?.status, 400)
  assert.equal((await loadService('organizations')).errors.get('AccountNotFoundException')?.code, 'AccountNotFoundException')
})

test('[item 2] an id carries its account number, and gives it back', () => {
  assert.equal(accountOfId('ASIAY34FZKBOKMUTVV7A'), '609629065308')
  assert.equal(accountOfId('APKAY5Y4D45RED32ZSFH'), accountOfId('APKAY5Y4D45RF5LMJPUX'), 'two SSH keys of one user')
  let seed = 7
  const random = (length: number): Uint8Array => Uint8Array.from({ length }, () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 16)
  for (const account of ['000000000000', '609629065308', '999999999999', '000000000001']) {
    for (const kind of Object.keys(idPrefixes) as (keyof typeof idPrefixes)[]) {
      const id = makeId(kind, account, random(20))
      assert.equal(id.length, kind === 'accessKey' || kind === 'temporaryAccessKey' || kind === 'publicKey' ? 20 : 21)
      assert.match(id, /^[A-Z2-7]+$/)
      assert.ok(id.startsWith(idPrefixes[kind]))
      assert.equal(accountOfId(id), account)
    }
  }
  assert.equal(accountOfId('AKIA'), undefined)
  assert.equal(accountOfId('AKIA11111111111111'), undefined)
  assert.match(makeSecret(random(40)), /^[A-Za-z0-9+/]{40}$/)
})

test('[item 2] AWS managed policies have their real documents, one read at a time', () => {
  assert.equal(managedPolicies().length, 1594)
  assert.deepEqual(JSON.parse(managedPolicyDocument('arn:aws:iam::aws:policy/AdministratorAccess')!), {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
  })
  const passes = JSON.parse(managedPolicyDocument('arn:aws:iam::aws:policy/IAMUserChangePassword')!)
  assert.ok(JSON.stringify(passes).includes('iam:ChangePassword'))
  assert.equal(managedPolicy('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole')?.path, '/service-role/')
  assert.equal(managedPolicyDocument('arn:aws:iam::aws:policy/NoSuchPolicy'), undefined)
  for (const { arn, id } of managedPolicies()) {
    JSON.parse(managedPolicyDocument(arn)!)
    assert.match(id, /^ANPA[A-Z2-7]{17}$/)
  }
  assert.equal(new Set(managedPolicies().map(({ id }) => id)).size, 1594)
})

test('AWS managed policies have their earlier versions, the newest first', () => {
  const versionsOf = (name: string) => managedPolicyVersions(`arn:aws:iam::aws:policy/${name}`)
  const told = (name: string) => versionsOf(name).map(({ id, createdAt }) => [id, createdAt && new Date(createdAt).toISOString()].join(' '))
  assert.deepEqual(told('AmazonGuardDutyReadOnlyAccess').slice(-4), [
    'v4 2023-11-16T23:07:06.000Z',
    'v3 2021-02-16T23:37:57.000Z',
    'v2 2018-04-25T21:07:17.000Z',
    'v1 2017-11-28T22:29:40.000Z',
  ])
  assert.deepEqual(
    told('job-function/SupportUser').slice(0, 3),
    ['v11 2026-02-12T18:03:12.000Z', 'v10 ', 'v9 '],
    'some times are not known',
  )
  assert.deepEqual(told('AdministratorAccess'), ['v1 2015-02-06T18:39:46.000Z'])
  assert.deepEqual(told('NoSuchPolicy'), [])
  assert.deepEqual(
    versionsOf('AmazonS3FullAccess').map(({ document }) => JSON.parse(document).Statement[0].Action),
    [['s3:*', 's3-object-lambda:*'], 's3:*'],
  )
  let all = 0
  for (const { arn, defaultVersionId, updatedAt } of managedPolicies()) {
    const versions = managedPolicyVersions(arn)
    assert.deepEqual(versions[0], { id: defaultVersionId, createdAt: updatedAt, document: managedPolicyDocument(arn) })
    const numbers = versions.map(({ id }) => Number(id.slice(1)))
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((one, other) => other - one),
      arn,
    )
    for (const { document } of versions) assert.ok(document.startsWith('{') && document.endsWith('}'), arn)
    all += versions.length
  }
  assert.equal(all, 6194)
})

test('AWS managed policies have their descriptions, but for those that AWS has withdrawn', () => {
  const described = [
    ['IAMUserChangePassword', 'Provides the ability for an IAM user to change their own password.'],
    [
      'job-function/SystemAdministrator',
      'Grants full access permissions necessary for resources required for application and development operations.',
    ],
    ['AWSOpsWorks_FullAccess', undefined],
    ['NoSuchPolicy', undefined],
  ] as const
  for (const [name, text] of described) assert.equal(managedPolicyDescription(`arn:aws:iam::aws:policy/${name}`), text, name)
  assert.equal(managedPolicies().filter(({ arn }) => managedPolicyDescription(arn) === undefined).length, 26)
})

test('[item 2] the catalogue knows actions with level, resources and condition keys', () => {
  assert.equal(actionsOf('iam')?.actions.CreateRole?.level, 'Write')
  assert.equal(actionsOf('constructor'), undefined)
  assert.equal(actionCatalogue().globalConditionKeys['aws:TagKeys'], 'ArrayOfString')
  assert.equal(iamResources().get('AddRoleToInstanceProfile')?.also?.[0]?.action, 'iam:PassRole')
  assert.equal(iamResources().size, 180)
})

test('[item 2] quotas, regions and ARNs are data', () => {
  assert.equal(quotas.get('AccessKeysPerUser')?.default, 2)
  assert.equal(quotas.get('toString'), undefined)
  assert.ok(isRegion('eu-central-1') && isRegion('us-gov-west-1') && !isRegion('us-east-1;') && !isRegion('mars'))
  assert.equal(readArn('arn:aws:iam::111122223333:user/a:b')?.resource, 'user/a:b')
  assert.equal(readArn('arn:aws:iam::111122223333'), undefined)
})

test('role templates need nothing that their rendering does not know', () => {
  assert.equal(roleTemplates().size, 5)
  for (const [arn, template] of roleTemplates()) {
    assert.equal(template.TemplateArn, arn)
    assert.equal(arn, `arn:aws:iam::aws:role-template/${template.ManagedByValue}/${template.TemplateName}:${template.MajorVersion}`)
    assert.deepEqual([template.Enabled, template.VersionEnabled, template.MinorVersion, template.DefaultMinorVersion], [true, true, 0, 0])
    assert.ok(!('PermissionBoundaryArn' in template) && !('RoleTagsTemplate' in template), arn)
    for (const policyArn of template.ManagedPolicyArns ?? []) assert.ok(managedPolicy(policyArn), policyArn)
    const { CreateTimestamp, UpdateTimestamp, ...rest } = template
    for (const at of [CreateTimestamp, UpdateTimestamp]) assert.ok(!Number.isNaN(at?.getTime()))
    const text = JSON.stringify(rest)
    const types = new Map(template.ParametersDefinition.map(({ Name, Type }) => [Name, Type]))
    const used = [...text.matchAll(/@\{(\w+)\}/g)].map((found) => found[1]!)
    for (const name of used) {
      assert.ok(types.has(name), `${arn} has no parameter ${name}`)
      const alone = text.split(`\\"@{${name}}\\"`).length
      if (types.get(name) === 'StringList') assert.equal(text.split(`@{${name}}`).length, alone, 'a list stands alone')
    }
    const switches = [...text.matchAll(/@Enabled\\":\\"(\w+)/g)].map((found) => found[1]!)
    for (const { Name, DefaultValue } of template.ParametersDefinition) {
      if (switches.includes(Name)) assert.equal(DefaultValue, 'False')
      else assert.ok(used.includes(Name), `${arn} has no use for ${Name}`)
    }
    for (const name of switches) assert.ok(types.has(name), name)
  }
})

test('service-linked roles are known by the principal that they are linked to', () => {
  assert.deepEqual(serviceLinkedRoles().get('autoscaling.amazonaws.com'), {
    roleName: 'AWSServiceRoleForAutoScaling',
    policyArns: ['arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy'],
    allowsSuffix: true,
  })
  assert.deepEqual(serviceLinkedRoles().get('custom-resource.application-autoscaling.amazonaws.com'), {
    roleName: 'AWSServiceRoleForApplicationAutoScaling_CustomResource',
    policyArns: ['arn:aws:iam::aws:policy/aws-service-role/AWSApplicationAutoScalingCustomResourcePolicy'],
    allowsSuffix: false,
  })
  for (const service of ['spot', 'spotfleet', 'ecs.application-autoscaling', 'es', 'transitgateway'])
    assert.ok(serviceLinkedRoles().has(`${service}.amazonaws.com`), service)
  assert.equal(serviceLinkedRoles().get('constructor'), undefined)
  assert.equal(serviceLinkedRoles().size, 107)
  for (const { roleName } of serviceLinkedRoles().values()) assert.match(roleName, /^AWSServiceRole[\w+=,.@-]+$/)
})

test('the policies of service-linked roles are managed policies, but for one whose document our source lacks', () => {
  const unknown = [...serviceLinkedRoles().values()]
    .flatMap(({ policyArns }) => policyArns)
    .filter((arn) => managedPolicy(arn) === undefined)
  assert.deepEqual(unknown, ['arn:aws:iam::aws:policy/aws-service-role/AmazonLexBotPolicy'])
})

test('a denial calls existing entities by kind and name, and everything else by its ARN', () => {
  assert.equal(calledInDenials.get('instance-profile'), 'instance profile')
  assert.equal(calledInDenials.get('oidc-provider'), undefined)
})
