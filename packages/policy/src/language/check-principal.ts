/** Principal and NotPrincipal (policy-semantics §2.1 and §2.3). Whether a user or role exists is for the caller to find out. */
import { hasWildcard } from '../patterns/index.js'
import { checkProvider } from './check-provider.js'
import { type Checked, eitherElement, textsOf } from './checked.js'
import type { PrincipalType } from './document.js'
import type { Path } from './findings.js'
import type { JsonNode } from './json.js'
import { DASHED_ACCOUNT, PRINCIPAL_TYPES } from './read.js'

export function checkPrincipal(checked: Checked): void {
  const { statement, effect, path, grammar, findings } = checked
  const element = eitherElement(checked, 'Principal')
  if (grammar.principal === 'none') {
    if (element !== undefined) findings.add('PRINCIPAL_NOT_ALLOWED', element.path, element.node, String(element.path.at(-1)))
    return
  }
  if (element === undefined) {
    findings.add('MISSING_PRINCIPAL', path, statement)
    return
  }
  if (element.inverted) {
    if (effect === 'Allow' && grammar.principal === 'required') {
      findings.add('ALLOW_WITH_NOT_PRINCIPAL', element.path, element.node)
      return
    }
    if (!grammar.notPrincipal) {
      findings.add('NOT_PRINCIPAL_NOT_ALLOWED', element.path, element.node)
      return
    }
  }
  if (grammar.principal === 'everyone') {
    if (element.node.kind !== 'string' || element.node.text !== '*') findings.add('PRINCIPAL_NOT_EVERYONE', element.path, element.node)
    return
  }
  checkEntries(element.node, element.path, checked)
}

function checkEntries(node: JsonNode, path: Path, checked: Checked): void {
  const { findings, grammar } = checked
  if (node.kind === 'string') {
    if (node.text !== '*') findings.add('PRINCIPAL_NOT_AN_OBJECT', path, node, node.text)
    else if (grammar.api === 'trust') findings.add('BARE_STAR_PRINCIPAL', path, node)
    return
  }
  if (node.kind !== 'object') {
    findings.add('WRONG_TYPE', path, node, 'the principal is `"*"` or an object')
    return
  }
  if (node.members.length === 0) {
    findings.add('EMPTY_PRINCIPAL', path, node)
    return
  }
  for (const { name, value } of node.members) {
    const at = [...path, name]
    const type = PRINCIPAL_TYPES.find((known) => known === name)
    if (type === undefined) {
      findings.add('UNKNOWN_PRINCIPAL_TYPE', at, value, name)
      continue
    }
    for (const id of textsOf(value, at, findings) ?? []) {
      if (!(grammar.api === 'trust' ? TRUSTED_ID_RULES : ID_RULES)[type](id.text)) {
        if (type === 'Federated') findings.add('INVALID_FEDERATED_PRINCIPAL', at, id, id.text)
        else findings.add('INVALID_PRINCIPAL', at, id, `"${name.toUpperCase()}":"${id.text}"`)
      } else if (type === 'Federated') checkProvider(id, at, checked)
    }
  }
}

const AWS_PRINCIPAL =
  /^(?:\*|\d{12}|A(?:ID|RO)A[A-Z0-9]+|arn:aws[a-z-]*:iam::\d{12}:(?:root|(?:user|role)\/.+)|arn:aws[a-z-]*:sts::\d{12}:(?:assumed-role\/[^/]+\/[^/]+|federated-user\/[^/]+))$/
const DOMAIN = /^[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/
const PROVIDER = /^arn:aws[a-z-]*:iam::\d{12}:(?:saml|oidc)-provider\/.+$/

const ID_RULES: Readonly<Record<PrincipalType, (id: string) => boolean>> = {
  // Wildcards are never part of an id; only the whole `*` means everybody.
  AWS: (id) => (AWS_PRINCIPAL.test(id) && (id === '*' || !hasWildcard(id))) || DASHED_ACCOUNT.test(id),
  Service: (id) => DOMAIN.test(id),
  Federated: (id) => DOMAIN.test(id) || (PROVIDER.test(id) && !hasWildcard(id)),
  CanonicalUser: (id) => /^[0-9a-f]{64}$/.test(id),
}

/** In a trust policy. Which services there are is not known here, only what their names end in. */
const TRUSTED_ID_RULES: typeof ID_RULES = {
  ...ID_RULES,
  Service: (id) => DOMAIN.test(id) && /\.amazonaws\.com(?:\.cn)?$/.test(id),
  CanonicalUser: () => false,
}
