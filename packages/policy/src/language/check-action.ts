/** Action and NotAction (policy-semantics §3.4; trust policies §2.3). */
import { hasWildcard } from '../patterns/index.js'
import { type Checked, eitherElement, textsOf } from './checked.js'
import type { Path } from './findings.js'
import type { JsonString } from './json.js'

export function checkAction(checked: Checked): void {
  const { statement, path, grammar, findings } = checked
  const element = eitherElement(checked, 'Action')
  if (element === undefined) {
    findings.add('MISSING_ACTION', path, statement)
    return
  }
  if (element.inverted && !grammar.notAction) findings.add('NOT_ACTION_NOT_ALLOWED', element.path, element.node)
  const actions = textsOf(element.node, element.path, findings)
  if (actions === undefined) return
  if (actions.length === 0) {
    findings.add('MISSING_ACTION', element.path, element.node)
    return
  }
  for (const action of actions) CHECKS[grammar.actions](action, element.path, checked)
}

const CHECKS: Readonly<Record<Checked['grammar']['actions'], (action: JsonString, path: Path, checked: Checked) => void>> = {
  any: checkVendor,
  service(action, path, checked) {
    if (/^\*+$/.test(action.text)) checked.findings.add('ACTION_TOO_WIDE', path, action)
    else checkVendor(action, path, checked)
  },
  sts(action, path, { findings }) {
    if (!TRUSTED.has(action.text)) findings.add('ACTION_NOT_STS', path, action, action.text)
  },
}

/** What the trust policy of a role can speak of: AWS refuses wildcards, other letter case and all other actions of STS (seen in 2026). */
const TRUSTED = new Set([
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'sts:SetSourceIdentity',
  'sts:SetContext',
])

/** The name behind the colon is never looked at: AWS stores actions that do not exist. */
function checkVendor(action: JsonString, path: Path, { findings }: Checked): void {
  if (action.text === '*' || action.text === '*:*') return
  const [vendor, ...rest] = action.text.split(':')
  if (rest.length === 0) findings.add('ACTION_WITHOUT_VENDOR', path, action, action.text)
  else if (rest.length > 1) findings.add('ACTION_COLONS', path, action, action.text)
  else if (hasWildcard(vendor!)) findings.add('VENDOR_WILDCARD', path, action, action.text)
  else if (!/^[A-Za-z0-9.-]+$/.test(vendor!)) findings.add('INVALID_VENDOR', path, action, vendor!)
}
