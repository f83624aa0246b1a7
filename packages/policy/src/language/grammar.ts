/** What each kind of policy may say (policy-semantics §1.7 and §1.8). */

export type GrammarName = 'identity' | 'boundary' | 'session' | 'trust' | 'resource' | 'scp' | 'rcp' | 'endpoint' | 'key'

/** The families of messages with which AWS refuses a document. */
export type Api = 'identity' | 'trust' | 'organization' | 'resource'

export interface PolicyGrammar {
  readonly name: GrammarName
  readonly api: Api
  /** `current`: Version must be there and be 2012-10-17. */
  readonly version: 'current' | 'any'
  /** Whether there may be white space before the `{`. */
  readonly leadingSpace: boolean
  /** A `Statement` that is no list comes after the Version. */
  readonly versionFirst: boolean
  readonly id: boolean
  /** `everyone`: only `"*"`. */
  readonly principal: 'none' | 'required' | 'everyone'
  /** With Deny; never with Allow. */
  readonly notPrincipal: boolean
  readonly allow: boolean
  /** `sts`: only STS actions; `service`: not `*` alone. */
  readonly actions: 'any' | 'sts' | 'service'
  readonly notAction: boolean
  readonly resource: 'required' | 'optional' | 'none'
  /** How closely resources are looked at: as IAM does, for the shape of an ARN only, or not at all. */
  readonly resourceForm: 'iam' | 'arn' | 'any'
  /** Default quota, in characters; what AWS answers above it is the business of each operation (`LimitExceeded` and others). */
  readonly maxCharacters: number
  /** Whether white space between tokens counts. */
  readonly whiteSpaceCounts: boolean
}

const identity: PolicyGrammar = {
  name: 'identity',
  api: 'identity',
  version: 'current',
  leadingSpace: false,
  versionFirst: true,
  // The grammar page says no, recorded behaviour says yes (policy-semantics §1.3).
  id: true,
  principal: 'none',
  notPrincipal: false,
  allow: true,
  actions: 'any',
  notAction: true,
  resource: 'required',
  resourceForm: 'iam',
  maxCharacters: 6144,
  whiteSpaceCounts: false,
}
const resource: PolicyGrammar = {
  ...identity,
  name: 'resource',
  api: 'resource',
  version: 'any',
  leadingSpace: true,
  versionFirst: false,
  principal: 'required',
  notPrincipal: true,
  // Most services want one; ECR has none.
  resource: 'optional',
  resourceForm: 'any',
  maxCharacters: 20_480,
  whiteSpaceCounts: true,
}
const scp: PolicyGrammar = {
  ...identity,
  name: 'scp',
  api: 'organization',
  version: 'any',
  leadingSpace: true,
  versionFirst: false,
  id: false,
  resourceForm: 'arn',
  maxCharacters: 10_240,
  whiteSpaceCounts: true,
}

export const grammars: Readonly<Record<GrammarName, PolicyGrammar>> = {
  identity,
  boundary: { ...identity, name: 'boundary' },
  session: { ...identity, name: 'session', leadingSpace: true, versionFirst: false, maxCharacters: 2048, whiteSpaceCounts: true },
  trust: {
    ...resource,
    name: 'trust',
    api: 'trust',
    leadingSpace: false,
    notPrincipal: false,
    actions: 'sts',
    resource: 'none',
    maxCharacters: 2048,
    whiteSpaceCounts: false,
  },
  resource,
  scp,
  rcp: {
    ...scp,
    name: 'rcp',
    version: 'current',
    principal: 'everyone',
    allow: false,
    actions: 'service',
    notAction: false,
    maxCharacters: 5120,
  },
  // A key's own policy is written as another resource's, and its quota is 32 KB (policy-semantics §1.8).
  key: { ...resource, name: 'key', resource: 'required', maxCharacters: 32_768 },
  endpoint: { ...resource, name: 'endpoint', resource: 'required', resourceForm: 'arn' },
}
