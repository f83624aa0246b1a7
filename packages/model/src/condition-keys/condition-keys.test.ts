import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionCatalogue } from '../actions/index.js'
import { conditionKey, conditionKeys } from './index.js'

test('a key is known in any letter case, with type and cardinality', () => {
  assert.deepEqual(conditionKey('AWS:sourceip'), { key: 'aws:SourceIp', types: ['IPAddress'], multivalued: false })
  assert.deepEqual(conditionKey('aws:TagKeys'), { key: 'aws:TagKeys', types: ['String'], multivalued: true })
  assert.deepEqual(conditionKey('aws:EpochTime')!.types, ['Date', 'Numeric'])
  assert.equal(conditionKey('aws:PrincipalOrgID')!.sensitive, true)
  assert.equal(conditionKey('s3:max-keys')!.types[0], 'Numeric')
})

test('keys with a name of somebody’s choice are found by what is around it', () => {
  assert.equal(conditionKey('aws:PrincipalTag/Team')!.key, 'aws:PrincipalTag/${TagKey}')
  assert.equal(conditionKey('kms:EncryptionContext:purpose')!.key, 'kms:EncryptionContext:${EncryptionContextKey}')
  assert.equal(conditionKey('github.com/enterprises/acme:actor')!.key, 'github.com/enterprises/${EnterpriseName}:actor')
  assert.equal(conditionKey('aws:PrincipalTag/'), undefined)
})

test('what is in no table is not known, whatever objects have by nature', () => {
  for (const name of ['', 'aws:', 'x:y', 'constructor', '__proto__', 'aws:PrincipalTags/x', 'toString'])
    assert.equal(conditionKey(name), undefined, name)
})

test('every key of the catalogue has a known type', () => {
  const known = new Set(['String', 'ARN', 'Bool', 'Numeric', 'Date', 'IPAddress', 'Binary'])
  const all = conditionKeys()
  assert.ok(all.length > 500, `${all.length}`)
  for (const { key, types } of all) for (const type of types) assert.ok(known.has(type), `${key}: ${type}`)
  for (const key of Object.keys(actionCatalogue().globalConditionKeys)) assert.notEqual(conditionKey(key), undefined, key)
})
