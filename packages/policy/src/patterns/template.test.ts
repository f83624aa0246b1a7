import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate, resolveTemplate, variableKeys } from './template.js'

const values = new Map([
  ['aws:username', 'dana'],
  ['star', '*'],
])

function resolved(text: string, variables = true): string | undefined {
  return resolveTemplate(parseTemplate(text, variables), (key) => values.get(key))
    ?.map(({ text: part, literal }) => (literal ? `<${part}>` : part))
    .join('')
}

test('variables, defaults and escapes are replaced', () => {
  assert.equal(resolved('home/${aws:username}/*'), 'home/<dana>/*')
  assert.equal(resolved("a-${aws:none, 'x y'}-b"), 'a-<x y>-b')
  assert.equal(resolved("${aws:username, 'x'}"), '<dana>')
  assert.equal(resolved('${*}${?}${$}'), '<*><?><$>')
  assert.equal(resolved('${star}'), '<*>')
  assert.equal(resolved("${aws:none, 'a}b'}"), '<a}b>')
})

test('a variable without value and default has no text', () => {
  assert.equal(resolved('${aws:none}'), undefined)
  assert.equal(resolved('${}'), undefined)
  assert.equal(resolved('${aws:none, unquoted}'), undefined)
})

test('what is no variable stays as it is', () => {
  assert.equal(resolved('${aws:username', true), '${aws:username')
  assert.equal(resolved('$aws:username'), '$aws:username')
  assert.equal(resolved('home/${aws:username}', false), 'home/${aws:username}')
})

test('the keys are listed as they are written', () => {
  assert.deepEqual(variableKeys(parseTemplate("${AWS:Username}${*}${b, 'c'}", true)), ['AWS:Username', 'b'])
})
