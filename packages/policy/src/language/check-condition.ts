/** Condition: its shape, its operators, and the one kind of value that AWS looks at (policy-semantics §5.1). */
import { parseDate } from '../conditions/dates.js'
import { readOperator } from '../conditions/operators.js'
import { adviseOnCondition } from './advise-condition.js'
import type { Checked } from './check.js'
import type { Path } from './findings.js'
import { type JsonNode, member } from './json.js'

export function checkCondition({ statement, path, findings, knownKeys }: Checked): void {
  const condition = member(statement, 'Condition')
  if (condition === undefined) return
  const at = [...path, 'Condition']
  if (condition.kind !== 'object') {
    findings.add('WRONG_TYPE', at, condition, 'the condition is an object')
    return
  }
  if (knownKeys !== undefined) adviseOnCondition(condition, at, knownKeys, findings)
  for (const { name: written, place, value: block } of condition.members) {
    if (block.kind !== 'object') {
      findings.add('WRONG_TYPE', [...at, written], block, `\`${written}\` is an object of keys and values`)
      continue
    }
    const { operator, exact } = readOperator(written)
    // An unknown operator with nothing in it is accepted.
    if (!exact && block.members.length > 0) findings.add('UNKNOWN_OPERATOR', [...at, written], place, written)
    for (const { name: key, value } of block.members) {
      for (const item of value.kind === 'array' ? value.items : [value]) checkValue(item, operator, [...at, written, key], findings)
    }
  }
}

function checkValue(value: JsonNode, operator: string, path: Path, findings: Checked['findings']): void {
  const key = String(path.at(-1))
  if (value.kind !== 'string' && value.kind !== 'number' && value.kind !== 'boolean') {
    findings.add('WRONG_TYPE', path, value, `a value of \`${key}\` is a text, a number or a boolean`)
  } else if (operator.startsWith('Date')) {
    if (value.kind !== 'string') findings.add('WRONG_TYPE', path, value, `a date of \`${key}\` is a text`)
    else if (parseDate(value.text) === undefined) findings.add('INVALID_DATE', path, value, value.text)
  }
}
