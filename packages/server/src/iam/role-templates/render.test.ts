import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RoleTemplate } from '@bailiwick/model/role-templates'
import { Fault, type Given, parametersOf, render } from './render.js'

const template = (statements: readonly object[], inline: readonly object[] = []): RoleTemplate => ({
  TemplateArn: 'arn:aws:iam::aws:role-template/a.amazonaws.com/A:1',
  MinorVersion: 0,
  RoleNamePattern: '@{RoleName}-@{Word}',
  RoleDescriptionPattern: 'for @{Word} and @{Word}',
  AssumeRolePolicyDocumentTemplate: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
  InlinePolicyTemplates: [{ PolicyName: 'inline', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: inline }) }],
  ParametersDefinition: [
    { Name: 'RoleName', Type: 'String', IsRequired: false, DefaultValue: 'Usual' },
    { Name: 'Word', Type: 'String', IsRequired: true },
    { Name: 'Words', Type: 'StringList', IsRequired: true },
    { Name: 'ON', Type: 'String', IsRequired: false, DefaultValue: 'False' },
  ],
  MaxSessionDuration: 3600,
})

const given = (parameters: Record<string, readonly string[]>): Given =>
  Object.fromEntries(Object.entries(parameters).map(([name, Values]) => [name, { Values }]))

function rendered(of: RoleTemplate, parameters: Record<string, readonly string[]>) {
  const values = parametersOf(of, given(parameters))
  return values instanceof Fault ? values : render(of, values)
}

function made(of: RoleTemplate, parameters: Record<string, readonly string[]>) {
  const found = rendered(of, parameters)
  assert.ok(!(found instanceof Fault), (found as Fault).message)
  return found
}

test('parameters go into texts as they are, and are no templates themselves', () => {
  const hostile = '"},{"Effect":"Allow" @{RoleName} $& @{Word}'
  const { role } = made(template([{ Sid: 'x@{Word}' }]), { Word: [hostile] })
  assert.deepEqual(JSON.parse(role.AssumeRolePolicyDocument), { Version: '2012-10-17', Statement: [{ Sid: `x${hostile}` }] })
  assert.equal(role.RoleName, `Usual-${hostile}`)
  assert.equal(role.Description, `for ${hostile} and ${hostile}`)
  assert.equal(role.Path, undefined)
})

test('a list takes the place of its text, even if it has one item or none', () => {
  for (const Words of [['a', 'b'], ['a'], []]) {
    const { role } = made(template([{ Resource: '@{Words}', Action: ['@{Word}', 'z'] }]), { Word: ['w'], Words })
    assert.deepEqual(JSON.parse(role.AssumeRolePolicyDocument).Statement, [{ Resource: Words, Action: ['w', 'z'] }])
  }
})

test('a statement that is not switched on is gone with its parameters, and an inline policy of none', () => {
  const statements = [{ '@Enabled': 'ON', Resource: '@{Words}' }]
  const of = template([], statements)
  for (const ON of ['False', 'false', 'no', '1', '', 'True ']) assert.deepEqual(made(of, { Word: ['w'], ON: [ON] }).inlinePolicies, [])
  assert.deepEqual(made(of, { Word: ['w'] }).inlinePolicies, [])
  for (const ON of ['True', 'true', 'TRUE']) {
    const [policy] = made(of, { Word: ['w'], ON: [ON], Words: ['a'] }).inlinePolicies
    assert.deepEqual(JSON.parse(policy!.PolicyDocument).Statement, [{ Resource: ['a'] }], 'and the switch is not shown')
    assert.deepEqual(
      rendered(of, { Word: ['w'], ON: [ON] }),
      new Fault('InvalidInput', "Failed to render template: Parameter 'Words' not found."),
    )
  }
})

test('what is no parameter, is not one value, or is missing, is a fault', () => {
  const of = template([{}])
  for (const [parameters, code, message] of [
    [{ Word: ['w'], word: ['w'] }, 'InvalidInput', 'Failed to render template: Unrecognized parameter: word'],
    [{ Word: ['w'], constructor: ['w'] }, 'InvalidInput', 'Failed to render template: Unrecognized parameter: constructor'],
    [{ Word: ['w', 'x'] }, 'ValidationError', 'Word replacement value must contain exactly one value, got 2'],
    [{ Word: [] }, 'ValidationError', 'Word replacement value must contain exactly one value, got 0'],
    [{}, 'InvalidInput', "Failed to render template: Parameter 'Word' not found."],
  ] as const) {
    assert.deepEqual(rendered(of, parameters), new Fault(code, message))
  }
})
