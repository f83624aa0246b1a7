/** Condition: its shape, its operators, and the values that AWS reads when a policy is saved (policy-semantics §5.1). */
import { parseRange } from '../conditions/addresses.js'
import { parseDate } from '../conditions/dates.js'
import { parseNumber } from '../conditions/numbers.js'
import { readOperator } from '../conditions/operators.js'
import { adviseOnCondition } from './advise-condition.js'
import type { Checked } from './checked.js'
import type { FaultCode } from './faults.js'
import type { Path } from './findings.js'
import { type JsonNode, member } from './json.js'

export function checkCondition(checked: Checked): void {
  const { statement, path, findings, knownKeys } = checked
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
    const { operator, ifExists, exact } = readOperator(written)
    // An unknown operator with nothing in it is accepted.
    if (!exact && block.members.length > 0) findings.add('UNKNOWN_OPERATOR', [...at, written], place, written)
    for (const { name: key, place: keyPlace, value } of block.members) {
      const keyPath = [...at, written, key]
      if (operator === 'Null' && ifExists && tells('NULL_WITH_IF_EXISTS', checked)) findings.add('NULL_WITH_IF_EXISTS', keyPath, keyPlace)
      for (const item of value.kind === 'array' ? value.items : [value]) checkValue(item, operator, keyPath, checked)
    }
  }
}

/** What AWS stores is told to those who ask for advice only. */
const tells = (code: FaultCode, { findings, knownKeys }: Checked): boolean => knownKeys !== undefined || findings.refuses(code)

function checkValue(value: JsonNode, operator: string, path: Path, checked: Checked): void {
  const { findings } = checked
  const key = String(path.at(-1))
  if (value.kind !== 'string' && value.kind !== 'number' && value.kind !== 'boolean') {
    findings.add('WRONG_TYPE', path, value, `a value of \`${key}\` is a text, a number or a boolean`)
  } else if (operator.startsWith('Date')) {
    if (value.kind !== 'string') findings.add('WRONG_TYPE', path, value, `a date of \`${key}\` is a text`)
    else if (parseDate(value.text) === undefined) findings.add('INVALID_DATE', path, value, value.text)
  } else {
    const family = families.find(({ operators }) => operators.test(operator))
    if (family !== undefined && !family.reads(value.text) && tells(family.code, checked)) findings.add(family.code, path, value, value.text)
  }
}

interface Family {
  readonly operators: RegExp
  readonly reads: (text: string) => boolean
  readonly code: FaultCode
}

/** Policy variables are no such values, and an ARN that begins with one has no six components. */
const families: readonly Family[] = [
  { operators: /^Numeric/, reads: (text) => parseNumber(text) !== undefined, code: 'TYPE_MISMATCH_NUMBER' },
  { operators: /^(?:Not)?IpAddress$/, reads: (text) => parseRange(text) !== undefined, code: 'TYPE_MISMATCH_IP_RANGE' },
  { operators: /^Arn/, reads: (text) => text === '*' || text.split(':', 6).length === 6, code: 'TYPE_MISMATCH_ARN' },
  { operators: /^BinaryEquals$/, reads: (text) => PADDED_BASE64.test(text), code: 'TYPE_MISMATCH_STRING' },
]

const PADDED_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
