import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { CreateAccessKeyCommand, CreateUserCommand, GetUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { bytesOf, exchange, type RawAnswer, type Signed, signedRequest } from './bad-input.support.js'
import { plainRequest } from './cli.support.js'
import { iamClient, type Key, keyOf } from './clients.js'
import { type RunningServer, removeFolder, startServer } from './running-server.js'

let server: RunningServer
let host: string

before(async () => {
  server = await startServer()
  host = new URL(server.endpoint).host
})
after(async () => {
  const failed = /FAILURE[^\n]*/.exec(server.output())
  await server.stop()
  removeFolder(server.dataDir)
  assert.equal(failed, null, 'nothing of this was a failure of the server')
})

const whoAmI = 'Action=GetUser&Version=2010-05-08'
const signed = (options: Partial<Signed> = {}) =>
  signedRequest({ key: server.rootKey, endpoint: server.endpoint, body: whoAmI, ...options })
const close: readonly [string, string] = ['connection', 'close']

async function only(answers: Promise<RawAnswer[]>): Promise<RawAnswer> {
  const all = await answers
  assert.equal(all.length, 1, JSON.stringify(all))
  return all[0]!
}
const raw = (text: string): Promise<RawAnswer> => only(exchange(server.endpoint, [Buffer.from(text, 'latin1')]))
const sent = async (options: Partial<Signed>, more: readonly (readonly [string, string])[] = []): Promise<RawAnswer> =>
  only(exchange(server.endpoint, [bytesOf(await signed(options), [close, ...more])]))

const codeOf = ({ body }: RawAnswer): string | undefined => /<Code>([^<]*)<\/Code>/.exec(body)?.[1]

async function serves(): Promise<void> {
  assert.ok((await iamClient(server.endpoint, server.rootKey).send(new GetUserCommand({}))).User)
}

test('[bad input] a body beyond the limit is 413, told by its length or found out on the way', async () => {
  const large = Buffer.alloc(1_048_577, 'a')
  assert.equal((await sent({ body: large })).status, 413)
  const head = `POST / HTTP/1.1\r\nhost: ${host}\r\ntransfer-encoding: chunked\r\n\r\n`
  const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`
  const [answer] = await exchange(server.endpoint, [head, ...Array.from({ length: 20 }, () => chunk)])
  assert.equal(answer?.status, 413)
  await serves()
})

test('[bad input] a body that ends too early is no request: it is not answered with anything of anybody’s, and nothing is left hanging', async () => {
  const whole = bytesOf(await signed({ body: 'Action=CreateUser&Version=2010-05-08&UserName=half' }))
  for (const cut of [1, 5, whole.length - 200, whole.length - 1]) {
    const answers = await exchange(server.endpoint, [whole.subarray(0, cut)], { end: true })
    assert.ok(
      answers.every(({ status }) => status === 400),
      `cut at ${cut}: ${JSON.stringify(answers)}`,
    )
  }
  assert.equal((await sent({ body: 'Action=GetUser&Version=2010-05-08&UserName=half' })).status, 404, 'nobody was created')
})

test('[bad input] a request that stops half-way holds nobody up', async () => {
  const whole = bytesOf(await signed())
  const { hostname, port } = new URL(server.endpoint)
  const stuck = await Promise.all(
    Array.from({ length: 100 }, async (_, at) => {
      const socket = connect({ host: hostname, port: Number(port) })
      socket.on('error', () => {})
      await new Promise((resolve) => socket.once('connect', resolve))
      socket.write(whole.subarray(0, 10 + ((at * 7) % (whole.length - 11))))
      return socket
    }),
  )
  for (let at = 0; at < 10; at++) await serves()
  assert.equal((await plainRequest(server.endpoint, 'GET', '/_bailiwick/ready')).status, 200)
  for (const socket of stuck) socket.destroy()
  await serves()
})

test('[bad input] one Host, no more and no less', async () => {
  const body = 'content-length: 0\r\nconnection: close\r\n\r\n'
  assert.equal((await raw(`POST / HTTP/1.1\r\n${body}`)).status, 400)
  assert.equal((await raw(`POST / HTTP/1.0\r\n${body}`)).status, 400)
  assert.equal((await raw(`POST / HTTP/1.1\r\nhost: ${host}\r\nhost: ${host}\r\n${body}`)).status, 400)
  assert.equal((await sent({}, [['host', 'other.example.com']])).status, 400)
  const other = await signed()
  const headers = other.headers.map(([name, value]) => [name, name === 'host' ? 'evil.example.com' : value] as const)
  const swapped = await only(exchange(server.endpoint, [bytesOf({ ...other, headers }, [close])]))
  assert.equal(codeOf(swapped), 'SignatureDoesNotMatch')
})

test('[bad input] a message whose length can be told in two ways is refused, and what hides behind it is not carried out', async () => {
  const inner = bytesOf(await signed({ body: 'Action=CreateUser&Version=2010-05-08&UserName=smuggled' })).toString('latin1')
  const head = `POST / HTTP/1.1\r\nhost: ${host}\r\n`
  const doubtful = [
    `${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${inner}`,
    `${head}content-length: 4\r\ncontent-length: 5\r\n\r\naaaa${inner}`,
    `${head}content-length: 4, 5\r\n\r\naaaa${inner}`,
    `${head}content-length: +4\r\n\r\naaaa${inner}`,
    `${head}content-length: -1\r\n\r\n${inner}`,
    `${head}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`,
    `${head}transfer-encoding: chunked\r\n\r\nzz\r\n${inner}`,
    `${head}transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${inner}`,
    `${head}content-length : 4\r\n\r\naaaa${inner}`,
    `${head}x\u0000y: 1\r\ncontent-length: 0\r\n\r\n${inner}`,
  ]
  for (const text of doubtful) {
    const answers = await exchange(server.endpoint, [Buffer.from(text, 'latin1')], { end: true })
    assert.deepEqual(
      answers.map(({ status }) => status),
      [400],
      text.slice(0, 120),
    )
  }
  assert.equal(codeOf(await sent({ body: 'Action=GetUser&Version=2010-05-08&UserName=smuggled' })), 'NoSuchEntity')
})

test('[bad input] what is no HTTP is 400, a header that has no end 431, and an unknown method a clear refusal', async () => {
  assert.equal((await raw('hello\r\n\r\n')).status, 400)
  assert.equal((await raw('\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n')).status, 400)
  assert.equal((await raw(`GET / HTTP/9.9\r\nhost: ${host}\r\n\r\n`)).status, 400)
  assert.equal((await raw(`GET / HTTP/1.1\r\nhost: ${host}\r\nx: ${'a'.repeat(70_000)}\r\n\r\n`)).status, 431)
  assert.equal((await raw(`GET /${'a'.repeat(70_000)} HTTP/1.1\r\nhost: ${host}\r\n\r\n`)).status, 431)
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
    const { status, body } = await raw(`${method} / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`)
    assert.ok(status >= 400 && status < 500, `${method} ${status}`)
    assert.doesNotMatch(body, new RegExp(method), 'a request is not read back to its sender')
  }
  const tunnel = await exchange(server.endpoint, [`CONNECT example.com:443 HTTP/1.1\r\nhost: ${host}\r\n\r\n`], { end: true })
  assert.ok(tunnel.every(({ status }) => status >= 400 && status < 500))
})

test('[bad input] a body that is no UTF-8 or no form is the caller’s mistake', async () => {
  const bodies: readonly Uint8Array[] = [
    Buffer.from('Action=GetUser&Version=2010-05-08&UserName=\xff\xfe', 'latin1'),
    Buffer.from('Action=GetUser&Version=2010-05-08&UserName=%FF%FE'),
    Buffer.from('Action=GetUser&Version=2010-05-08&UserName=%C0%AF'),
    Buffer.from('Action=GetUser&Version=2010-05-08&UserName=%ED%A0%80'),
    Buffer.from('Action=GetUser&Version=2010-05-08&UserName=%zz'),
    Buffer.from('Action=GetUser&Version=2010-05-08&UserName=a%00b'),
    Buffer.from([0, 1, 2, 255]),
    Buffer.from('{"Action":"GetUser"}'),
    Buffer.from('Action=GetUser&Action=DeleteUser&Version=2010-05-08'),
    Buffer.from('Action=GetUser&Version=2010-05-08&UserName=a&UserName=b'),
    Buffer.from(''),
  ]
  for (const body of bodies) {
    const answer = await sent({ body })
    assert.equal(answer.status, 400, `${body.toString()}: ${answer.body}`)
    assert.ok(codeOf(answer), answer.body)
  }
  assert.equal(codeOf(await sent({ target: '/?Action=DeleteUser' })), 'MalformedQueryString', 'one action in the path, another in the body')
})

test('[bad input] an unknown action is InvalidAction, and names of Object.prototype are unknown like any other', async () => {
  for (const action of ['Nope', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'getuser', 'GetUser ']) {
    const answer = await sent({ body: `Action=${encodeURIComponent(action)}&Version=2010-05-08` })
    assert.deepEqual([answer.status, codeOf(answer)], [400, 'InvalidAction'], action)
  }
  for (const name of ['__proto__', 'constructor.prototype.polluted', 'UserName.__proto__', 'toString']) {
    const answer = await sent({ body: `${whoAmI}&${name}=x` })
    assert.ok(answer.status === 200 || answer.status === 400, `${name} ${answer.status}`)
  }
  const tags = 'Action=TagUser&Version=2010-05-08&UserName=x&Tags.member.__proto__.Key=a&Tags.member.constructor.Value=b'
  assert.ok([400, 404].includes((await sent({ body: tags })).status))
  await serves()
})

test('[bad input] a marker that no page ended with is the caller’s mistake, also in the right clothes', async () => {
  const places = ['', 'x', '[]', '{}', 'null', '["a"]', '["a",1,2,3]', '"__proto__"', '[[],[]]']
  for (const place of [
    'nonsense',
    '%00',
    ...places.map((text) => Buffer.from(`1${Buffer.from(text).toString('base64url')}`).toString('base64url')),
  ]) {
    for (const action of ['ListUsers', 'ListRoles', 'ListGroups']) {
      const answer = await sent({ body: `Action=${action}&Version=2010-05-08&Marker=${place}` })
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'ValidationError'], `${action} ${place} ${answer.body}`)
    }
  }
})

test('[bad input] a wrong content type is never worse than the caller’s mistake', async () => {
  for (const type of ['text/plain', 'application/json', 'application/x-amz-json-1.1', 'multipart/form-data; boundary=x', 'é']) {
    const { status } = await sent({ headers: [['content-type', Buffer.from(type).toString('latin1')]] })
    assert.ok(status === 200 || (status >= 400 && status < 500), `${type} ${status}`)
  }
})

test('[bad input] repeated headers: signed ones count as they were signed, and two Authorizations are none', async () => {
  const twice = await signed({
    headers: [
      ['x-amz-meta', 'a'],
      ['x-amz-meta', 'b'],
    ],
  })
  assert.equal((await only(exchange(server.endpoint, [bytesOf(twice, [close])]))).status, 200)
  const added = await only(exchange(server.endpoint, [bytesOf(twice, [close, ['x-amz-meta', 'c']])]))
  assert.equal(codeOf(added), 'SignatureDoesNotMatch')
  const turned = { ...twice, headers: twice.headers.toReversed() }
  assert.equal(codeOf(await only(exchange(server.endpoint, [bytesOf(turned, [close])]))), 'SignatureDoesNotMatch')

  const request = await signed()
  const authorization = request.headers.find(([name]) => name === 'authorization')![1]
  for (const second of [authorization, authorization.replace(/.$/, '0'), 'Basic dGVzdDp0ZXN0', '']) {
    for (const pair of [
      [authorization, second],
      [second, authorization],
    ] as const) {
      const headers = [
        ...request.headers.filter(([name]) => name !== 'authorization'),
        ...pair.map((value) => ['authorization', value] as const),
      ]
      const answer = await only(exchange(server.endpoint, [bytesOf({ ...request, headers }, [close])]))
      assert.ok(answer.status >= 400 && answer.status < 500, `${second.slice(0, 20)} ${answer.status} ${answer.body}`)
    }
  }
  const dates = await signed()
  const second = await only(exchange(server.endpoint, [bytesOf(dates, [close, ['x-amz-date', '20200101T000000Z']])]))
  assert.ok(second.status >= 400 && second.status < 500)
})

test('[bad input] HTTP/1.0 and Expect are answered, and an absolute target means the same or is refused', async () => {
  const old = await only(exchange(server.endpoint, [bytesOf(await signed(), [], '1.0')]))
  assert.equal(old.status, 200)
  const expecting = bytesOf(await signed(), [close, ['expect', '100-continue']])
  const [first, second] = await exchange(server.endpoint, [expecting])
  assert.deepEqual([first?.status, second?.status], [100, 200])
  const strange = await only(exchange(server.endpoint, [bytesOf(await signed(), [close, ['expect', 'miracles']])]))
  assert.equal(strange.status, 417)
  const request = await signed()
  for (const target of [
    `http://${host}/`,
    'http://evil.example.com/',
    `http://${host}/_bailiwick/reset`,
    '*',
    '//',
    '/../..',
    '/%2e%2e/',
  ]) {
    const [answer] = await exchange(server.endpoint, [bytesOf({ ...request, target }, [close])])
    assert.ok(
      answer !== undefined && (answer.status === 200 || (answer.status >= 400 && answer.status < 500)),
      `${target} ${answer?.status}`,
    )
  }
})

async function reader(name: string): Promise<Key> {
  const root = iamClient(server.endpoint, server.rootKey)
  await root.send(new CreateUserCommand({ UserName: name }))
  const own = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iam:GetUser', Resource: `arn:aws:iam::000000000000:user/${name}` },
  })
  await root.send(new PutUserPolicyCommand({ UserName: name, PolicyName: 'own', PolicyDocument: own }))
  return keyOf((await root.send(new CreateAccessKeyCommand({ UserName: name }))).AccessKey)
}

test('[bad input] requests of several callers in one pipeline are each answered with their own, in order', async () => {
  const names = ['pipe-a', 'pipe-b', 'pipe-c']
  const keys = await Promise.all(names.map(reader))
  const wanted: [status: number, name: string][] = []
  const bytes: Buffer[] = []
  for (let at = 0; at < 60; at++) {
    const caller = (at * 5) % 3
    const asked = (at * 7 + (at >> 2)) % 3
    const wrong = at % 11 === 0
    const key = wrong ? { ...keys[caller]!, secretAccessKey: 'wrong' } : keys[caller]!
    bytes.push(bytesOf(await signed({ key, body: `${whoAmI}&UserName=${names[asked]}` })))
    wanted.push([!wrong && caller === asked ? 200 : 403, names[asked]!])
  }
  const answers = await exchange(server.endpoint, [Buffer.concat(bytes)], { answers: wanted.length })
  assert.equal(answers.length, wanted.length)
  const ids = new Set<string>()
  for (const [at, { status, body }] of answers.entries()) {
    const [expected, name] = wanted[at]!
    assert.equal(status, expected, body)
    if (status === 200) assert.ok(body.includes(`<UserName>${name}</UserName>`), body)
    else assert.doesNotMatch(body, /<UserId>/)
    ids.add(/<RequestId>([^<]+)</.exec(body)![1]!)
  }
  assert.equal(ids.size, wanted.length, 'each has a request id of its own')
})

test('[bad input] an Authorization header cut, bent or stretched anywhere is the caller’s mistake and lets nobody in', async () => {
  const request = await signed()
  const authorization = request.headers.find(([name]) => name === 'authorization')![1]
  const bent: string[] = ['', 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA256 ', authorization.repeat(40), authorization.replaceAll('/', '//')]
  for (let at = 1; at < authorization.length; at += 3) {
    bent.push(authorization.slice(0, at), `${authorization.slice(0, at)}\x7e${authorization.slice(at + 1)}`)
  }
  for (const value of bent.filter((text) => text !== authorization)) {
    const headers = request.headers.map(([name, old]) => [name, name === 'authorization' ? value : old] as const)
    const answer = await only(exchange(server.endpoint, [bytesOf({ ...request, headers }, [close])]))
    assert.ok(answer.status === 400 || answer.status === 403, `${value.slice(0, 300)}: ${answer.status}`)
    assert.ok(codeOf(answer), answer.body)
  }
})
