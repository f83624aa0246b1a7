import assert from 'node:assert/strict'
import { test } from 'node:test'
import { account, allow, refused, useServer } from './iam-scene.js'

const scene = useServer()
const codecommit = 'codecommit.amazonaws.com'
const bedrock = 'bedrock.amazonaws.com'

test('[item 5] a credential is made, listed without its password, switched off, reset and deleted, through a restart', async () => {
  let root = scene.iam()
  await root.createUser({ UserName: 'ada' })
  const made = (await root.createServiceSpecificCredential({ UserName: 'ada', ServiceName: codecommit })).ServiceSpecificCredential!
  assert.match(made.ServiceSpecificCredentialId!, /^ACCA[A-Z2-7]{17}$/)
  assert.equal(made.ServiceUserName, `ada-at-${account}`)
  assert.equal(made.ServicePassword!.length, 60)
  const second = (await root.createServiceSpecificCredential({ UserName: 'ada', ServiceName: codecommit })).ServiceSpecificCredential!
  assert.equal(second.ServiceUserName, `ada+1-at-${account}`)
  assert.equal(
    await refused(root.createServiceSpecificCredential({ UserName: 'ada', ServiceName: codecommit })),
    'LimitExceeded 409 Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2',
  )
  await root.createServiceSpecificCredential({ UserName: 'ada', ServiceName: 'cassandra.amazonaws.com' })
  await scene.restart()
  root = scene.iam()
  const own = { UserName: 'ada', ServiceSpecificCredentialId: made.ServiceSpecificCredentialId! }
  const { ServicePassword: password, ...shown } = made
  const ofCodecommit = async () =>
    (await root.listServiceSpecificCredentials({ UserName: 'ada', ServiceName: codecommit })).ServiceSpecificCredentials!
  assert.deepEqual(
    (await ofCodecommit()).find(({ ServiceUserName }) => ServiceUserName === made.ServiceUserName),
    shown,
  )
  const all = await root.listServiceSpecificCredentials({ UserName: 'ada' })
  assert.equal(all.ServiceSpecificCredentials!.length, 3)
  assert.equal(all.IsTruncated, false, 'as of the recordings of March 2026; those of 2025 had no such member (recorded fact 48)')
  assert.deepEqual((await root.listServiceSpecificCredentials({ UserName: 'ada', ServiceName: bedrock })).ServiceSpecificCredentials, [])

  await root.updateServiceSpecificCredential({ ...own, Status: 'Inactive' })
  const expire = root.updateServiceSpecificCredential({ ...own, Status: 'Expired' })
  assert.equal(await refused(expire), 'InvalidInput 400 Operation does not support status Expired')
  const reset = (await root.resetServiceSpecificCredential(own)).ServiceSpecificCredential!
  assert.deepEqual({ ...reset, ServicePassword: password }, { ...made, Status: 'Inactive' })
  assert.notEqual(reset.ServicePassword, password)
  await scene.restart()
  root = scene.iam()
  assert.equal((await ofCodecommit()).find(({ ServiceUserName }) => ServiceUserName === made.ServiceUserName)!.Status, 'Inactive')
  assert.equal(
    await refused(root.deleteUser({ UserName: 'ada' })),
    'DeleteConflict 409 Cannot delete entity, must remove referenced objects first.',
  )
  await root.deleteServiceSpecificCredential(own)
  assert.equal(
    await refused(root.deleteServiceSpecificCredential(own)),
    `NoSuchEntity 404 No such credential ${made.ServiceSpecificCredentialId} exists`,
  )
  assert.equal((await ofCodecommit()).length, 1)
})

test('[item 5] the user is looked for first, then the service, then the credential, each missed in its own words', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'one' })
  await root.createUser({ UserName: 'two' })
  const none = (service: string) => `NoSuchEntity 404 No such service ${service} is supported for Service Specific Credentials`
  for (const ServiceName of ['s3.amazonaws.com', 'codecommit', 'codecommit.amazonaws.com.cn']) {
    assert.equal(await refused(root.createServiceSpecificCredential({ UserName: 'one', ServiceName })), none(ServiceName))
    assert.equal(await refused(root.listServiceSpecificCredentials({ UserName: 'one', ServiceName })), none(ServiceName))
  }
  assert.equal(
    await refused(root.listServiceSpecificCredentials({ UserName: 'one', ServiceName: 'nothing at all' })),
    'ValidationError 400 ServiceName must match [a-zA-Z0-9.-]*',
  )
  assert.deepEqual((await root.listServiceSpecificCredentials({ UserName: 'one', ServiceName: '' })).ServiceSpecificCredentials, [])
  const nobody = 'NoSuchEntity 404 The user with name absent cannot be found.'
  assert.equal(await refused(root.createServiceSpecificCredential({ UserName: 'absent', ServiceName: 'nothing' })), nobody)
  assert.equal(await refused(root.listServiceSpecificCredentials({ UserName: 'absent', ServiceName: 'nothing' })), nobody)
  const { ServiceSpecificCredential } = await root.createServiceSpecificCredential({ UserName: 'one', ServiceName: codecommit })
  const ServiceSpecificCredentialId = ServiceSpecificCredential!.ServiceSpecificCredentialId!
  const another = { UserName: 'two', ServiceSpecificCredentialId }
  const notTheirs = `ValidationError 400 User two does not have a service specific credential with id ${ServiceSpecificCredentialId}`
  assert.equal(await refused(root.resetServiceSpecificCredential(another)), notTheirs)
  assert.equal(await refused(root.updateServiceSpecificCredential({ ...another, Status: 'Inactive' })), notTheirs)
  assert.equal(await refused(root.deleteServiceSpecificCredential(another)), notTheirs)
  assert.match(
    await refused(root.resetServiceSpecificCredential({ UserName: 'one', ServiceSpecificCredentialId: 'short' })),
    /^ValidationError 400 /,
  )
})

test('[item 5] an API key has an alias and a secret, and may expire', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'model' })
  const made = (await root.createServiceSpecificCredential({ UserName: 'model', ServiceName: bedrock, CredentialAgeDays: 30 }))
    .ServiceSpecificCredential!
  assert.match(made.ServiceCredentialAlias!, new RegExp(`^model-at-${account}$`))
  assert.equal(made.ServiceUserName, undefined)
  assert.match(made.ServiceCredentialSecret!, /^ABSK/)
  assert.equal(Buffer.from(made.ServiceCredentialSecret!.slice(4), 'base64').toString().split(':')[0], made.ServiceCredentialAlias)
  assert.equal(made.ExpirationDate!.getTime() - made.CreateDate!.getTime(), 30 * 86_400_000)
  const id = { UserName: 'model', ServiceSpecificCredentialId: made.ServiceSpecificCredentialId! }
  const reset = (await root.resetServiceSpecificCredential(id)).ServiceSpecificCredential!
  assert.equal(reset.ServiceCredentialAlias, made.ServiceCredentialAlias)
  assert.equal(Buffer.from(reset.ServiceCredentialSecret!.slice(4), 'base64').toString().split(':')[0], made.ServiceCredentialAlias)
  const ageless = (await root.createServiceSpecificCredential({ UserName: 'model', ServiceName: 'logs.amazonaws.com' }))
    .ServiceSpecificCredential!
  assert.equal(ageless.ExpirationDate, undefined)
  for (const [ServiceName, prefix] of [
    ['logs.amazonaws.com', 'ACWL'],
    ['cloudwatch.amazonaws.com', 'APIAACWM'],
    ['aws-external-anthropic.amazonaws.com', 'AEAA'],
  ] as const) {
    const { ServiceSpecificCredential: other } = await root.createServiceSpecificCredential({ UserName: 'model', ServiceName })
    const { ServiceCredentialAlias: alias, ServiceCredentialSecret: secret } = other!
    assert.ok(secret!.startsWith(prefix), secret)
    assert.match(Buffer.from(secret!.slice(prefix.length), 'base64').toString(), new RegExp(`^${alias!.replace('+', '\\+')}:.{60}$`))
  }
  const aged = await root.createServiceSpecificCredential({
    UserName: 'model',
    ServiceName: 'CodeCommit.AmazonAWS.com',
    CredentialAgeDays: 1,
  })
  const { ServiceName, ExpirationDate, CreateDate } = aged.ServiceSpecificCredential!
  assert.equal(ServiceName, codecommit, 'services are named in any letter case')
  assert.equal(ExpirationDate!.getTime() - CreateDate!.getTime(), 86_400_000, 'a password may expire as well')
  for (const CredentialAgeDays of [0, 36601]) {
    assert.match(
      await refused(root.createServiceSpecificCredential({ UserName: 'model', ServiceName: bedrock, CredentialAgeDays })),
      /^ValidationError 400 .* at 'credentialAgeDays' failed/,
    )
  }
})

test('[item 5] the credentials of all users come in pages, to whoever may list them for all', async () => {
  const { id, root: key } = await scene.newAccount('paged')
  const root = scene.iam(key)
  const made: string[] = []
  for (const UserName of ['a', 'b', 'c']) {
    await root.createUser({ UserName })
    for (const ServiceName of [codecommit, bedrock]) {
      const { ServiceSpecificCredential } = await root.createServiceSpecificCredential({ UserName, ServiceName })
      made.push(`${UserName} ${ServiceName} ${ServiceSpecificCredential!.ServiceSpecificCredentialId}`)
    }
  }
  const found: string[] = []
  let Marker: string | undefined
  do {
    const page = await root.listServiceSpecificCredentials({ AllUsers: true, MaxItems: 4, ...(Marker !== undefined && { Marker }) })
    found.push(
      ...page.ServiceSpecificCredentials!.map(
        ({ UserName, ServiceName, ServiceSpecificCredentialId }) => `${UserName} ${ServiceName} ${ServiceSpecificCredentialId}`,
      ),
    )
    assert.equal(page.IsTruncated, page.Marker !== undefined)
    Marker = page.Marker
  } while (Marker !== undefined)
  assert.deepEqual(found.sort(), made.sort())
  const ofBedrock = (await root.listServiceSpecificCredentials({ AllUsers: true, ServiceName: bedrock })).ServiceSpecificCredentials!
  assert.deepEqual(ofBedrock.map(({ UserName }) => UserName).sort(), ['a', 'b', 'c'])
  assert.equal(
    await refused(root.listServiceSpecificCredentials({ AllUsers: true, UserName: 'a' })),
    'InvalidInput 400 Cannot list credentials for all users if a username is given',
  )
  assert.ok(ofBedrock.every(({ ServiceCredentialAlias }) => ServiceCredentialAlias!.endsWith(`-at-${id}`)))

  const own = scene.iam(
    await scene.newUser('own-only', allow('iam:ListServiceSpecificCredentials', `arn:aws:iam::${account}:user/own-only`)),
  )
  await own.listServiceSpecificCredentials({})
  assert.match(
    await refused(own.listServiceSpecificCredentials({ AllUsers: true })),
    /on resource: arn:aws:iam::000000000000:user\/ because no identity-based policy/,
  )
})

test('[item 5] conditions see the service and the age', async () => {
  const root = scene.iam()
  await root.createUser({ UserName: 'subject' })
  const own = scene.iam(
    await scene.newUser(
      'limited',
      allow('iam:*ServiceSpecificCredential', '*', {
        Condition: {
          StringEquals: { 'iam:ServiceSpecificCredentialServiceName': bedrock },
          NumericLessThanEqualsIfExists: { 'iam:ServiceSpecificCredentialAgeDays': '90' },
        },
      }),
    ),
  )
  const create = (ServiceName: string, CredentialAgeDays?: number) =>
    own.createServiceSpecificCredential({ UserName: 'subject', ServiceName, ...(CredentialAgeDays !== undefined && { CredentialAgeDays }) })
  const { ServiceSpecificCredential } = await create(bedrock, 90)
  assert.match(await refused(create(bedrock, 91)), /^AccessDenied 403 /)
  assert.match(await refused(create(codecommit)), /^AccessDenied 403 /)
  assert.match(await refused(create(codecommit.toUpperCase())), /^AccessDenied 403 /)
  await create(bedrock.toUpperCase(), 90)
  const theirs = (await root.createServiceSpecificCredential({ UserName: 'subject', ServiceName: codecommit })).ServiceSpecificCredential!
  for (const [id, outcome] of [
    [ServiceSpecificCredential!.ServiceSpecificCredentialId!, 'done'],
    [theirs.ServiceSpecificCredentialId!, 'AccessDenied'],
  ] as const) {
    const about = { UserName: 'subject', ServiceSpecificCredentialId: id }
    for (const call of [
      () => own.resetServiceSpecificCredential(about),
      () => own.updateServiceSpecificCredential({ ...about, Status: 'Inactive' }),
      () => own.deleteServiceSpecificCredential(about),
    ]) {
      assert.equal(
        await call().then(
          () => 'done',
          (error) => error.Code ?? error.name,
        ),
        outcome,
      )
    }
  }
})
