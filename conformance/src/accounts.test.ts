import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Key } from './clients.js'
import { allow, account as first, policy, refused, trust, useServer } from './iam-scene.js'
import { type Answered, accountsPath, callOwnApi } from './own-api.js'
import { bailiwick, type Ran } from './running-server.js'

const { server, iam, sts, newUser, newAccount, assume } = useServer()

/** A call of our own signed API. */
const call = (method: string, target: string, key: Key = server().rootKey, input?: object): Promise<Answered> =>
  callOwnApi({ endpoint: server().endpoint, key, method, target, input })

const accounts = accountsPath
const command = (...args: string[]): Promise<Ran> => bailiwick(['accounts', ...args, '--data-dir', server().dataDir])

test('[item 6] a new account’s root credentials are shown once, work, and open that account only', async () => {
  const made = await command('create', '--name', 'Payments', '--email', 'root@payments.example.com', '--account-id', '111122223333')
  assert.equal(made.code, 0, made.stderr)
  assert.match(made.stdout, /^111122223333 {2}ACTIVE {2}Payments {2}<root@payments\.example\.com>$/m)
  const accessKeyId = /access key id {6}(AKIA\w{16})$/m.exec(made.stdout)![1]!
  const secretAccessKey = /secret access key {2}(\S{40})$/m.exec(made.stdout)![1]!
  const password = /password {11}(\S{20,})$/m.exec(made.stdout)![1]!
  const root = { accessKeyId, secretAccessKey }
  assert.equal((await sts(root).getCallerIdentity({})).Arn, 'arn:aws:iam::111122223333:root')
  assert.deepEqual((await iam(root).listUsers({})).Users, [])
  const shown = JSON.stringify([(await call('GET', `${accounts}/111122223333`)).body, (await call('GET', accounts)).body])
  assert.ok(shown.includes('root@payments.example.com'))
  for (const secret of [secretAccessKey, password, accessKeyId]) assert.ok(!shown.includes(secret), 'nothing shows it again')
})

test('[item 6] the same number or e-mail address is not given twice, in whatever letters', async () => {
  await newAccount('unique')
  const { body } = await call('GET', accounts)
  const { AccountId } = (body.Accounts as unknown as { AccountId: string; AccountName: string }[]).find(
    (own) => own.AccountName === 'unique',
  )!
  const sameEmail = await command('create', '--name', 'x', '--email', 'UNIQUE@Example.com')
  assert.equal(sameEmail.code, 1)
  assert.match(sameEmail.stderr, /^bailiwick accounts: AccountAlreadyExistsException: An account with the e-mail address/)
  const sameNumber = await command('create', '--name', 'x', '--email', 'x@example.com', '--account-id', AccountId)
  assert.match(sameNumber.stderr, /AccountAlreadyExistsException: The account \d{12} already exists/)
  for (const wrong of ['1', '1234567890123', 'abcdefghijkl']) {
    const refusal = await command('create', '--name', 'x', '--email', 'x@example.com', '--account-id', wrong)
    assert.equal(refusal.code, 1, wrong)
    assert.match(refusal.stderr, /ValidationException/)
  }
  assert.match((await command('create', '--name', 'x')).stderr, /--email is needed/)
  assert.match((await command('creat')).stderr, /unknown action `creat`; did you mean `create`\?/)
})

test('[item 6] accounts are listed page by page, each once, and a token that was not given out is refused', async () => {
  for (const name of ['page-a', 'page-b', 'page-c']) await newAccount(name)
  const all = (await command('list')).stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.slice(0, 12))
  const found: string[] = []
  let token: string | undefined
  let pages = 0
  do {
    const query = `?maxResults=2${token === undefined ? '' : `&nextToken=${encodeURIComponent(token)}`}`
    const { status, body, error } = await call('GET', accounts + query)
    assert.equal(status, 200, error)
    const page = body.Accounts as unknown as { AccountId: string }[]
    assert.ok(page.length <= 2)
    found.push(...page.map(({ AccountId }) => AccountId))
    token = body.nextToken
    pages++
  } while (token !== undefined)
  assert.equal(pages, Math.ceil(all.length / 2))
  assert.deepEqual(found, all)
  assert.equal(new Set(found).size, found.length)
  assert.ok(found.includes(first))
  for (const wrong of ['?nextToken=nonsense', '?maxResults=0', '?maxResults=x', '?maxResults=100000']) {
    assert.equal((await call('GET', accounts + wrong)).status, 400, wrong)
  }
})

test('[item 6] an account that is closed is closed at once for its root, its users, its sessions and those who come from outside', async () => {
  const { id, root } = await newAccount('closing')
  const own = iam(root)
  await own.createUser({ UserName: 'inside' })
  await own.putUserPolicy({ UserName: 'inside', PolicyName: 'all', PolicyDocument: policy(allow('*')) })
  const { AccessKey } = await own.createAccessKey({ UserName: 'inside' })
  const inside = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const outside = await newUser('outside', allow('sts:AssumeRole'))
  const { Role } = await own.createRole({ RoleName: 'open', AssumeRolePolicyDocument: trust(`arn:aws:iam::${first}:user/outside`) })
  const session = await assume(outside, Role!.Arn!)
  for (const key of [root, inside, session]) assert.match((await sts(key).getCallerIdentity({})).Arn!, new RegExp(`:${id}:`))

  const closed = await command('close', id)
  assert.equal(closed.code, 0, closed.stderr)
  assert.match(closed.stdout, new RegExp(`^${id} {2}CLOSED`))
  for (const key of [root, inside, session]) assert.match(await refused(sts(key).getCallerIdentity({})), /^InvalidClientTokenId 403/)
  assert.match(await refused(sts(outside).assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: 'late' })), /^AccessDenied 403/)
  assert.match((await command('close', id)).stderr, /AccountClosedException/)
  assert.match((await command('quota', id, 'UsersPerAccount', '9')).stderr, /AccountClosedException/)
  assert.match((await command('close', first)).stderr, /InvalidParameterException: The first account cannot be closed/)
  assert.match((await command('close', '999999999999')).stderr, /AccountNotFoundException/)
  assert.equal((await iam().listUsers({})).$metadata.httpStatusCode, 200)
})

test('[item 6] a quota is what the operator set for this account, and holds at once', async () => {
  const { id, root } = await newAccount('small')
  const own = iam(root)
  assert.equal((await command('quota', id, 'UsersPerAccount', '2')).code, 0)
  await own.createUser({ UserName: 'a' })
  await own.createUser({ UserName: 'b' })
  assert.equal(await refused(own.createUser({ UserName: 'c' })), 'LimitExceeded 409 Cannot exceed quota for UsersPerAccount: 2')
  await iam().createUser({ UserName: 'elsewhere' })
  assert.match((await command('quota', id, 'UsersPerAccount', '3')).stdout, /^UsersPerAccount +3 {2}\(default 5000\)$/m)
  await own.createUser({ UserName: 'c' })
  assert.match(await refused(own.createUser({ UserName: 'd' })), /^LimitExceeded 409/)
  assert.match((await command('quota', id)).stdout, /^UsersPerAccount +3 {2}\(default 5000\)$/m)
  assert.match((await command('quota', id, 'Nonsense', '3')).stderr, /InvalidParameterException: There is no quota Nonsense/)
  assert.match((await command('quota', id, 'AccountAliasesPerAccount', '3')).stderr, /InvalidParameterException: .* is fixed/)
  assert.match((await command('quota', id, 'UsersPerAccount', '-1')).stderr, /is not a whole number/)
  assert.match((await command('quota', '999999999999')).stderr, /AccountNotFoundException/)
})

test('[item 6] nobody of another account does anything to accounts, not to their own either: not its root, not an administrator with *', async () => {
  const { id, root } = await newAccount('foreign')
  const own = iam(root)
  await own.createUser({ UserName: 'admin' })
  await own.attachUserPolicy({ UserName: 'admin', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })
  const { AccessKey } = await own.createAccessKey({ UserName: 'admin' })
  const admin = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const victim = await newAccount('victim')
  const create = { AccountName: 'n', Email: 'n@example.com' }
  for (const key of [root, admin]) {
    for (const target of [first, id, victim.id, '999999999999']) {
      const calls: readonly (readonly [action: string, method: string, path: string, input?: object])[] = [
        ['GetAccount', 'GET', `/${target}`],
        ['CloseAccount', 'DELETE', `/${target}`],
        ['ListAccountQuotas', 'GET', `/${target}/quotas`],
        ['PutAccountQuota', 'PUT', `/${target}/quotas/UsersPerAccount`, { Value: 1 }],
        ['CreateAccount', 'POST', '', { ...create, AccountId: target }],
        ['CreateAccount', 'POST', '', create],
        ['ListAccounts', 'GET', ''],
      ]
      for (const [action, method, path, input] of calls) {
        const { status, error, body } = await call(method, accounts + path, key, input)
        assert.equal(status, 403, `${action} ${target}: ${JSON.stringify(body)}`)
        assert.match(error, new RegExp(`^AccessDeniedException: .* is not authorized to perform: bailiwick:${action} on resource`))
        assert.ok(!JSON.stringify(body).includes('victim'))
      }
    }
  }
  assert.equal(((await call('GET', `${accounts}/${victim.id}`)).body.Account as unknown as { Status: string }).Status, 'ACTIVE')
  assert.ok((await sts(victim.root).getCallerIdentity({})).Arn)
})

test('[item 6] in the first account too, only who is allowed to sees and makes accounts', async () => {
  const { id } = await newAccount('watched')
  const nobody = await newUser('no-accounts', allow('iam:*'))
  const viewer = await newUser('viewer', allow('bailiwick:GetAccount', `arn:aws:bailiwick::${first}:account/${id}`))
  assert.equal((await call('GET', `${accounts}/${id}`, nobody)).status, 403)
  assert.equal((await call('GET', `${accounts}/${id}`, viewer)).status, 200)
  assert.equal((await call('GET', `${accounts}/${first}`, viewer)).status, 403)
  assert.equal((await call('DELETE', `${accounts}/${id}`, viewer)).status, 403)
  const unsigned = await fetch(`${server().endpoint}${accounts}`)
  assert.ok([400, 403].includes(unsigned.status))
  assert.match(await unsigned.text(), /Missing Authentication Token/i)
})
