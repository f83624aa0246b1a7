import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openStore } from '@bailiwick/store'
import { AuthenticationError, type Claim, type HttpRequest, sign } from '@bailiwick/wire'
import { HmacKey, nodeHashes, SigningKeys } from '@bailiwick/wire/node'
import { type Authenticator, authenticate } from './authenticate.js'

const now = Date.UTC(2026, 0, 1)
const known = { accessKeyId: 'AKIAKNOWNKEYOFATEST1', secretAccessKey: 'the-secret-of-the-key-that-there-is-0000' }

/** Signing keys that count what is done with them: keys derived, and signatures compared. */
class CountedKeys extends SigningKeys {
  derived = 0
  compared = 0
  readonly #seen = new WeakSet<HmacKey>()

  override keyFor(claim: Claim, secretAccessKey: string): HmacKey {
    const key = super.keyFor(claim, secretAccessKey)
    if (this.#seen.has(key)) return key
    this.#seen.add(key)
    this.derived++
    key.matches = (text, signature) => {
      this.compared++
      return HmacKey.prototype.matches.call(key, text, signature)
    }
    return key
  }
}

async function scene(most?: number) {
  const store = await openStore({
    url: 'memory:',
    masterKey: new Uint8Array(32),
    clock: () => now,
    randomBytes: (length) => new Uint8Array(length),
    resettable: false,
  })
  const reader = await store.readAt('latest')
  const signingKeys = new CountedKeys(most)
  const authenticator: Authenticator = {
    async findCredential(_, { accessKeyId }) {
      if (accessKeyId !== known.accessKeyId) return undefined
      return { secretAccessKey: known.secretAccessKey, caller: () => Promise.reject(new Error('the signature was found right')) }
    },
    signingKeys,
    surroundings: { clock: () => now },
    nobodysKey: 'a-secret-that-nobody-has-0000000000000000',
  }
  /** How it ends, and the keys derived and signatures compared for it. */
  const call = async (credentials: typeof known): Promise<readonly [failure: string, derived: number, compared: number]> => {
    const before = [signingKeys.derived, signingKeys.compared] as const
    const failure = await authenticate(await signed(credentials), 'sts', reader, authenticator).then(
      () => 'proven',
      (error: unknown) => (error instanceof AuthenticationError ? error.failure : String(error)),
    )
    return [failure, signingKeys.derived - before[0], signingKeys.compared - before[1]]
  }
  return { store, call }
}

async function signed(credentials: typeof known): Promise<HttpRequest> {
  const bare: HttpRequest = {
    method: 'POST',
    path: '/',
    query: '',
    headers: new Map([['host', ['localhost']]]),
    body: new TextEncoder().encode('Action=GetCallerIdentity&Version=2011-06-15'),
  }
  const added = await sign(bare, { credentials, region: 'us-east-1', service: 'sts', at: now, hashes: nodeHashes })
  return { ...bare, headers: new Map([...bare.headers, ...Object.entries(added).map(([name, value]) => [name, [value]] as const)]) }
}

const wrong = { ...known, secretAccessKey: 'another-secret-0000000000000000000000000' }
const nobody = (at: number) => ({ ...known, accessKeyId: `AKIANOBODYHASTHIS${String(at).padStart(3, '0')}` })

test('an access key id that nobody has costs what a wrong signature costs: a key derived once, and a signature compared each time', async () => {
  const { store, call } = await scene()
  assert.deepEqual(await call(wrong), ['SignatureDoesNotMatch', 1, 1])
  assert.deepEqual(await call(nobody(0)), ['UnknownKey', 1, 1])
  for (let at = 1; at < 20; at++) {
    assert.deepEqual(await call(wrong), ['SignatureDoesNotMatch', 0, 1])
    assert.deepEqual(await call(nobody(at)), ['UnknownKey', 0, 1])
  }
  await store.close()
})

test('ids that nobody has push no key out that is in use', async () => {
  const { store, call } = await scene(2)
  assert.deepEqual(await call(wrong), ['SignatureDoesNotMatch', 1, 1])
  for (let at = 0; at < 20; at++) await call(nobody(at))
  assert.deepEqual(await call(wrong), ['SignatureDoesNotMatch', 0, 1])
  await store.close()
})

test('who signs with the secret that stands for nobody’s is nobody', async () => {
  const { store, call } = await scene()
  const guessed = { ...nobody(0), secretAccessKey: 'a-secret-that-nobody-has-0000000000000000' }
  assert.deepEqual(await call(guessed), ['UnknownKey', 1, 1])
  await store.close()
})
