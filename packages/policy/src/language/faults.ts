/** Everything that can be wrong with a document, and what AWS answers to it (policy-semantics §3.4, §4.4, §12.1, §12.2). */
import type { Span } from './document.js'
import type { Finding } from './finding.js'
import type { Api } from './grammar.js'

/** The step of AWS's order of checks in which it is found, and the message. */
type Refusal = readonly [step: number, message: string | ((detail: string, span: Span) => string)]

export interface Fault {
  /** For people; `detail` is what the user wrote, or a name. */
  readonly message: (detail: string) => string
  /** Of one that AWS stores; what it refuses is an error. */
  readonly severity?: Finding['severity']
  readonly refusals: Readonly<Partial<Record<Api, Refusal>>>
}

const SYNTAX = 'Syntax errors in policy.'
const NO_JSON = 'This policy contains invalid Json'
const LEGACY = 'The policy failed legacy parsing'
const SID_CHARACTERS = 'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'
const REQUIREMENTS = 'The provided policy document does not meet the requirements of the specified policy type.'

/** A fault of the document's structure, with the texts that all of these have. */
function structure(
  message: Fault['message'],
  trust: Refusal[1] = 'Syntax error in policy.',
  resource: Refusal[1] = 'Invalid policy syntax.',
): Fault {
  return { message, refusals: { identity: [1, SYNTAX], trust: [4, trust], organization: [1, REQUIREMENTS], resource: [1, resource] } }
}

/** A fault that only IAM's own check of identity policies knows. */
function identity(step: number, answer: Refusal[1], message: Fault['message']): Fault {
  return { message, refusals: { identity: [step, answer], organization: [step, REQUIREMENTS] } }
}

function json(message: Fault['message'], trust: Refusal[1] = NO_JSON): Fault {
  return {
    message,
    refusals: {
      identity: [1, SYNTAX],
      trust: [1, trust],
      organization: [1, REQUIREMENTS],
      resource: [1, "Policies must be valid JSON and the first byte must be '{'"],
    },
  }
}

function trust(answer: Refusal[1], message: Fault['message']): Fault {
  return { message, refusals: { trust: [4, answer], resource: [2, answer] } }
}

/** A mistake that AWS stores, at least in some kinds of policy. */
function advice(severity: Finding['severity'], message: Fault['message'], refusals: Fault['refusals'] = {}): Fault {
  return { message, severity, refusals }
}

/** Where AWS's parser stands when it has come upon a value, or the end of an empty document: just behind its first character. */
const syntaxErrorAt = (_: string, { start: { line, column } }: Span) => `Syntax error at position (${line},${column + 1})`

const invalidPrincipal = (detail: string) => `Invalid principal in policy: ${detail}`

export const faults = {
  INVALID_JSON: json((detail) => `the text is not JSON: ${detail}`),
  DUPLICATE_MEMBER: json((detail) => detail),
  TOO_DEEP: json((detail) => detail),
  NOT_AN_OBJECT: json(
    () => 'a policy is a JSON object',
    (detail) => (detail === 'null' ? 'This text appears not to be a policy' : NO_JSON),
  ),
  LEADING_SPACE: {
    message: () => 'a policy begins with `{`, not with white space',
    // Two blanks are AWS's.
    refusals: { identity: [3, LEGACY], trust: [1, 'JSON strings must not have leading  spaces'] },
  },
  TOO_LONG: structure((detail) => `the text is longer than ${detail} characters`),
  OVER_QUOTA: {
    message: (detail) => `the policy is larger than the default quota of ${detail} characters`,
    severity: 'warning',
    refusals: {},
  },
  IGNORED_MEMBER: {
    message: (detail) => `\`${detail}\` has no effect here; conditions belong into a statement`,
    severity: 'warning',
    refusals: {},
  },

  UNKNOWN_MEMBER: structure(
    (detail) => `unknown element \`${detail}\``,
    (detail) => `Unknown field ${detail}`,
    (detail) => `Unknown field ${detail}`,
  ),
  WRONG_TYPE: structure((detail) => detail),
  INVALID_VERSION: {
    message: (detail) => `unknown version \`${detail}\`: it is \`2012-10-17\` or \`2008-10-17\``,
    refusals: {
      identity: [1, SYNTAX],
      trust: [2, 'The policy must contain a valid version string'],
      organization: [1, REQUIREMENTS],
      resource: [1, 'The policy must contain a valid version string'],
    },
  },
  OLD_VERSION: {
    message: () => 'the version must be `2012-10-17`',
    refusals: { identity: [2, 'Policy document must be version 2012-10-17 or greater.'], organization: [2, REQUIREMENTS] },
  },
  STATEMENT_BEFORE_VERSION: {
    message: () => 'a `Statement` that is no list comes after the `Version`',
    refusals: { identity: [3, LEGACY] },
  },
  ID_NOT_ALLOWED: { message: () => '`Id` may not be in this kind of policy', refusals: { organization: [1, REQUIREMENTS] } },
  MISSING_STATEMENT: structure(
    () => 'the policy has no `Statement`',
    (detail, span) => (detail === '{}' ? syntaxErrorAt(detail, span) : 'Could not parse the policy: Statement is empty!'),
    'Missing required field Statement',
  ),
  EMPTY_STATEMENT: {
    message: () => 'the policy has no statements',
    refusals: {
      identity: [1, SYNTAX],
      trust: [3, 'Could not parse the policy: Statement is empty!'],
      organization: [1, REQUIREMENTS],
      resource: [1, 'Could not parse the policy: Statement is empty!'],
    },
  },

  INVALID_SID: {
    message: (detail) => `\`${detail}\` is no statement id: letters and digits only`,
    // Known from reports of users; the recorded validator does not look at the characters (policy-semantics §1.5).
    refusals: {
      identity: [4, SID_CHARACTERS],
      trust: [5, SID_CHARACTERS],
      organization: [4, REQUIREMENTS],
    },
  },
  DUPLICATE_SID: {
    message: (detail) => `the statement id \`${detail}\` is used twice`,
    refusals: {
      identity: [4, 'Statement IDs (SID) in a single policy must be unique.'],
      trust: [5, 'The Statement Ids in the policy are not unique'],
      organization: [4, REQUIREMENTS],
    },
  },
  MISSING_EFFECT: structure(() => 'the statement has no `Effect`', 'Missing required field Effect', 'Missing required field Effect'),
  INVALID_EFFECT: structure(
    (detail) => `\`${detail}\` is no effect: it is \`Allow\` or \`Deny\``,
    (detail) => `Invalid effect: ${detail}`,
    (detail) => `Invalid effect: ${detail}`,
  ),
  EFFECT_LETTER_CASE: {
    message: (detail) => `\`${detail}\` is written \`Allow\` or \`Deny\``,
    refusals: {
      identity: [3, LEGACY],
      trust: [4, (detail) => `Invalid effect: ${detail}`],
      organization: [3, REQUIREMENTS],
      resource: [1, (detail) => `Invalid effect: ${detail}`],
    },
  },
  ALLOW_NOT_ALLOWED: { message: () => 'this kind of policy can only deny', refusals: { organization: [1, REQUIREMENTS] } },
  CONFLICTING_ELEMENTS: structure((detail) => detail),

  PRINCIPAL_NOT_ALLOWED: {
    message: (detail) => `\`${detail}\` may not be in this kind of policy`,
    // AWS's text is known, its place in the order is not.
    refusals: { identity: [2.5, 'Policy document should not specify a principal.'], organization: [1, REQUIREMENTS] },
  },
  NOT_PRINCIPAL_NOT_ALLOWED: {
    message: () => '`NotPrincipal` may not be in this kind of policy',
    refusals: { trust: [4, 'AssumeRole policy must not contain NotPrincipal field.'], organization: [1, REQUIREMENTS] },
  },
  ALLOW_WITH_NOT_PRINCIPAL: trust('Allow with NotPrincipal is not allowed.', () => '`NotPrincipal` goes with `Deny` only'),
  MISSING_PRINCIPAL: {
    message: () => 'the statement has no `Principal`',
    refusals: {
      trust: [4, 'Missing required field Principal'],
      organization: [1, REQUIREMENTS],
      resource: [1, 'Missing required field Principal'],
    },
  },
  EMPTY_PRINCIPAL: trust('Missing required field Principal cannot be empty!', () => 'the `Principal` names nobody'),
  BARE_STAR_PRINCIPAL: {
    message: () => 'write everybody as `{"AWS": "*"}` in a trust policy',
    refusals: { trust: [4, 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'] },
  },
  PRINCIPAL_NOT_AN_OBJECT: trust(
    'Principal must be a JSON object.',
    (detail) => `\`${detail}\` is no principal: write an object such as \`{"AWS": …}\``,
  ),
  PRINCIPAL_NOT_EVERYONE: { message: () => 'the `Principal` can only be `"*"` here', refusals: { organization: [1, REQUIREMENTS] } },
  UNKNOWN_PRINCIPAL_TYPE: {
    message: (detail) => `\`${detail}\` is no kind of principal: write \`AWS\`, \`Service\` or \`Federated\``,
    refusals: { trust: [4, syntaxErrorAt], resource: [2, syntaxErrorAt] },
  },
  INVALID_PRINCIPAL: trust(invalidPrincipal, (detail) => `no such principal: ${detail}`),
  INVALID_FEDERATED_PRINCIPAL: trust(
    'Federated principals must be valid domain names or SAML metadata ARNs',
    (detail) => `\`${detail}\` is neither a domain nor the ARN of an identity provider`,
  ),
  MISSING_PROVIDER_CONDITION: trust(
    'A condition block must be present for the Cognito provider',
    () => 'trusting Cognito takes a `Condition`',
  ),
  MISSING_APPLICATION_CONDITION: trust(
    (detail) => `Policy trusting ${detail} requires a StringEquals condition on an application id`,
    (detail) => `anybody can sign in with ${detail}: a \`Condition\` must say for whose application`,
  ),
  MISSING_TENANT_CONDITION: trust(
    (detail) => detail,
    () => 'the identity provider serves many tenants: a `Condition` must say whose tokens are trusted',
  ),

  MISSING_ACTION: {
    message: () => 'the statement names no actions',
    refusals: {
      identity: [5, 'Policy statement must contain actions.'],
      trust: [4, 'Missing required field Action'],
      organization: [1, REQUIREMENTS],
      resource: [1, 'Missing required field Action'],
    },
  },
  NOT_ACTION_NOT_ALLOWED: { message: () => '`NotAction` may not be in this kind of policy', refusals: { organization: [1, REQUIREMENTS] } },
  ACTION_WITHOUT_VENDOR: identity(
    8,
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    (detail) => `the action \`${detail}\` names no service: \`service:Action\``,
  ),
  ACTION_COLONS: identity(
    8,
    'Actions/Condition can contain only one colon.',
    (detail) => `the action \`${detail}\` has more than one colon`,
  ),
  VENDOR_WILDCARD: identity(
    8,
    'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.',
    (detail) => `the action \`${detail}\` must name its service, without wildcards`,
  ),
  INVALID_VENDOR: identity(
    8,
    (detail) => `Vendor ${detail} is not valid`,
    (detail) => `\`${detail}\` is no service prefix`,
  ),
  ACTION_NOT_STS: trust('AssumeRole policy may only specify STS AssumeRole actions.', (detail) => `\`${detail}\` is no STS action`),
  ACTION_TOO_WIDE: { message: () => 'name a service: `*` alone is not allowed here', refusals: { organization: [1, REQUIREMENTS] } },

  MISSING_RESOURCE: {
    message: () => 'the statement names no resources',
    refusals: {
      identity: [7, 'Policy statement must contain resources.'],
      organization: [1, REQUIREMENTS],
      resource: [1, 'Missing required field Resource'],
    },
  },
  RESOURCE_NOT_ALLOWED: trust('Has prohibited field Resource', () => 'a trust policy is about its own role and names no `Resource`'),
  NOT_RESOURCE_NOT_ALLOWED: trust(
    'AssumeRole policy must not contain resources.',
    () => 'a trust policy is about its own role and names no `NotResource`',
  ),
  RESOURCE_NOT_ARN: identity(
    6,
    (detail) => `Resource ${detail} must be in ARN format or "*".`,
    (detail) => `\`${detail}\` is neither an ARN nor \`*\``,
  ),
  INVALID_PARTITION: identity(
    6,
    (detail) => detail,
    () => 'the ARN names an unknown partition',
  ),
  RESOURCE_VENDOR: identity(
    6,
    'Resource vendor must be fully qualified and cannot contain regexes.',
    (detail) => `the ARN \`${detail}\` must name its service, without wildcards`,
  ),
  IAM_REGION: identity(
    6,
    (detail) => `IAM resource ${detail} cannot contain region information.`,
    () => 'IAM resources have no region',
  ),
  REGION_NOT_ALLOWED: identity(
    6,
    (detail) => `Resource ${detail} can not contain region information.`,
    (detail) => `\`${detail}\` names a region, and its kind of resource has none`,
  ),
  ACCOUNT_NOT_ALLOWED: identity(
    6,
    (detail) => `Resource ${detail} cannot contain an account id.`,
    (detail) => `\`${detail}\` names an account, and its kind of resource has none`,
  ),
  IAM_PATH: identity(
    6,
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
    (detail) => `\`${detail}\` is no kind of IAM resource`,
  ),
  RESOURCE_SHAPE: identity(
    3,
    LEGACY,
    (detail) => `the ARN \`${detail}\` has too few components, no service, or a malformed region or account`,
  ),

  UNKNOWN_OPERATOR: structure((detail) => `unknown condition operator \`${detail}\``),
  INVALID_DATE: {
    message: (detail) => `\`${detail}\` is no date`,
    refusals: {
      identity: [3, LEGACY],
      trust: [4, 'Syntax error in policy.'],
      organization: [3, REQUIREMENTS],
      resource: [1, 'Invalid policy syntax.'],
    },
  },

  // What AWS stores and still is a mistake; see `advise-condition.ts`. Codes and severities are Access Analyzer's.
  EMPTY_OBJECT_CONDITION: advice('suggestion', () => 'the condition is empty and has no effect'),
  EMPTY_ARRAY_CONDITION: advice('suggestion', (detail) => `\`${detail}\` has no values`),
  DUPLICATE_KEYS_WITH_DIFFERENT_CASE: advice('error', (detail) => `\`${detail}\` is there twice, in another letter case`),
  INVALID_GLOBAL_CONDITION_KEY: advice('error', (detail) => `there is no condition key \`${detail}\``),
  MISSING_TAG_KEY_IN_CONDITION: advice('error', (detail) => `\`${detail}\` names no tag: \`${detail.replace(/\/$/, '')}/TAG\``),
  MISSING_QUALIFIER: advice(
    'error',
    (detail) => `\`${detail}\` has several values: without \`ForAllValues:\` or \`ForAnyValue:\` this never holds`,
  ),
  FOR_ALL_VALUES_WITH_SINGLE_VALUED_KEY: advice(
    'security-warning',
    (detail) => `\`${detail}\` has one value: with \`ForAllValues:\` this also holds when the request has none`,
  ),
  FOR_ANY_VALUE_WITH_SINGLE_VALUED_KEY: advice('warning', (detail) => `\`${detail}\` has one value and needs no \`ForAnyValue:\``),
  NULL_WITH_IF_EXISTS: advice('error', () => '`Null` asks whether the key exists, and takes no `IfExists`', { identity: [1, SYNTAX] }),
  NULL_WITH_QUALIFIER: advice(
    'suggestion',
    (detail) => `\`Null\` with \`${detail}\` is always ${detail === 'ForAllValues' ? 'true' : 'false'}`,
  ),
  TYPE_MISMATCH: advice('warning', (detail) => {
    const [, allowed, written, key] = /^(.*) (\S+) (\S+)$/.exec(detail) ?? []
    return `\`${written}\` does not compare what \`${key}\` has: use ${allowed} operators`
  }),
  TYPE_MISMATCH_NUMBER: advice('warning', (detail) => `\`${detail}\` is no number and never matches`, { identity: [3, LEGACY] }),
  TYPE_MISMATCH_DATE: advice('warning', (detail) => `\`${detail}\` is no date and never matches`),
  TYPE_MISMATCH_BOOLEAN: advice('warning', (detail) => `\`${detail}\` is neither \`true\` nor \`false\` and never matches`),
  TYPE_MISMATCH_STRING: advice('warning', (detail) => `\`${detail}\` is no base64 and never matches`, { identity: [1, SYNTAX] }),
  TYPE_MISMATCH_IP_RANGE: advice('warning', (detail) => `\`${detail}\` is no IP address or range and never matches`, {
    identity: [3, LEGACY],
  }),
  TYPE_MISMATCH_ARN: advice('warning', (detail) => `\`${detail}\` is no ARN of six components and never matches`, {
    identity: [3, LEGACY],
  }),
  INVALID_CONDITION_MULTIPLE_BOOLEAN: advice('error', (detail) => `\`${detail}\` is compared with more than one boolean`),
  WILDCARD_WITHOUT_LIKE_OPERATOR: advice(
    'warning',
    (detail) => `the wildcards in \`${detail}\` stand for themselves: only \`StringLike\` takes wildcards`,
  ),
  WILDCARD_IN_SENSITIVE_KEY: advice(
    'security-warning',
    (detail) => `\`${detail}\` tells accounts or organizations apart: a wildcard lets others in`,
  ),
} satisfies Record<string, Fault>

export type FaultCode = keyof typeof faults
