import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passwordFault } from './password-rules.js'

const names = ['Example Corp', 'root@example.com']
const usual = (password: string): string | undefined => passwordFault(password, undefined, names)

test('[item 5] without a policy a password has eight characters of three kinds, and is not the account’s name', () => {
  for (const good of ['Abcdefg1', 'abcdef1!', 'ABCDEF1!', 'Abcdefg!', 'Äbcdefg1!', `Aa1${'x'.repeat(125)}`])
    assert.equal(usual(good), undefined, good)
  assert.equal(usual('Abcdef1'), 'Password should have a minimum length of 8')
  assert.equal(
    usual('password1'),
    'Password should meet 1 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one symbol',
  )
  assert.equal(
    usual('passwordé'),
    'Password should meet 2 more of the following requirements: Password should have at least one uppercase letter, Password should have at least one number, Password should have at least one symbol',
    'letters beyond A to Z are of no kind',
  )
  assert.match(usual('abc')!, /^Password should have a minimum length of 8, Password should meet 2 more /)
  assert.equal(passwordFault('Example-1', undefined, ['example-1']), "Password should not be the account's name or e-mail address")
})

test('[item 5] a policy’s own rules stand in place of the usual ones', () => {
  const lax = { minimumLength: 6, requiredKinds: [] }
  assert.equal(passwordFault('aaaaaa', lax, names), undefined)
  assert.equal(passwordFault('aaaaa', lax, names), 'Password should have a minimum length of 6')
  const strict = { minimumLength: 10, requiredKinds: ['symbol', 'number', 'uppercase', 'lowercase'] as const }
  assert.equal(passwordFault('Abcdefgh1!', strict, names), undefined)
  for (const [bad, lacks] of [
    ['abcdefgh1!', 'uppercase letter'],
    ['ABCDEFGH1!', 'lowercase letter'],
    ['Abcdefghi!', 'number'],
    ['Abcdefghi1', 'symbol'],
    ['Abcdefgh1?', 'symbol'],
  ] as const) {
    assert.equal(passwordFault(bad, strict, names), `Password should have at least one ${lacks}`)
  }
})
