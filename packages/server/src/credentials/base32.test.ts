import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32 } from './base32.js'

test('[item 5] base32 is that of RFC 4648', () => {
  assert.equal(base32(Buffer.from('fooba')), 'MZXW6YTB')
  assert.equal(base32(Buffer.from([0, 0, 0, 0, 0, 255, 255, 255, 255, 255])), 'AAAAAAAA77777777')
  assert.throws(() => base32(Buffer.from('foob')), RangeError)
})
