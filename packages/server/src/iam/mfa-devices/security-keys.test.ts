import assert from 'node:assert/strict'
import { test } from 'node:test'
import { activatingKey } from './security-keys.js'

test('[item 5] conditions see what a security key is certified for, and nothing of one that is not', () => {
  assert.deepEqual(activatingKey({ certifications: {} }), { 'iam:RegisterSecurityKey': 'Activate' })
  assert.deepEqual(activatingKey({ certifications: { FIDO: 'L1plus', 'FIDO-FIPS-140-2': 'L2', 'FIDO-FIPS-140-3': 'L3' } }), {
    'iam:RegisterSecurityKey': 'Activate',
    'iam:FIDO-certification': 'L1plus',
    'iam:FIDO-FIPS-140-2-certification': 'L2',
    'iam:FIDO-FIPS-140-3-certification': 'L3',
  })
})
