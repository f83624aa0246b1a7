/** The names that generated cases share, so that policies and requests often speak of the same things, or nearly. */

export const A = '111122223333'
export const B = '444455556666'

/** Members of a case's `request` that say who asks, and what the case format has no words for. */
export interface Caller {
  readonly request: Readonly<Record<string, unknown>>
  /** Unique id of the user or role. */
  readonly id?: string
  /** Further names of a service. */
  readonly names?: readonly string[]
}

export const CALLERS: readonly Caller[] = [
  { request: { principal: `arn:aws:iam::${A}:user/dana` } },
  { request: { principal: `arn:aws:iam::${A}:user/dana` }, id: 'AIDADANA' },
  { request: { principal: `arn:aws:iam::${A}:user/eng/Dana` } },
  { request: { principal: `arn:aws:iam::${A}:user/dana`, mgmt: true } },
  { request: { principal: `arn:aws:iam::${A}:user/dana`, sessionKind: 'GetSessionToken' } },
  { request: { principal: `arn:aws:iam::${B}:user/dana` } },
  { request: { principal: `arn:aws:sts::${A}:assumed-role/app/run-7` } },
  { request: { principal: `arn:aws:sts::${A}:assumed-role/app/run-7` }, id: 'AROAAPP' },
  { request: { principal: `arn:aws:sts::${A}:assumed-role/app/run-7`, roleArn: `arn:aws:iam::${A}:role/svc/app` } },
  { request: { principal: `arn:aws:sts::${B}:assumed-role/app/run-7` } },
  { request: { principal: `arn:aws:iam::${A}:role/app` } },
  {
    request: {
      principal: `arn:aws:sts::${A}:assumed-role/linked/x`,
      roleArn: `arn:aws:iam::${A}:role/aws-service-role/sns.amazonaws.com/linked`,
    },
  },
  { request: { principal: `arn:aws:iam::${A}:root` } },
  { request: { principal: `arn:aws:iam::${B}:root` } },
  { request: { principal: `arn:aws:iam::${A}:root`, assumedRoot: true } },
  { request: { principal: `arn:aws:sts::${A}:federated-user/bob`, federatedBy: `arn:aws:iam::${A}:user/dana` } },
  { request: { principal: `arn:aws:sts::${A}:federated-user/bob`, federatedBy: `arn:aws:iam::${A}:root`, console: true } },
  { request: { principal: `arn:aws:sts::${B}:federated-user/bob`, federatedBy: `arn:aws:iam::${B}:user/dana` } },
  { request: { principal: `arn:aws:sts::${A}:federated-user/bob`, federatedBy: `arn:aws:iam::${A}:user/dana`, console: true } },
  { request: { principal: 'sns.amazonaws.com' } },
  { request: { principal: 'logging.s3.amazonaws.com' }, names: ['delivery.logs.amazonaws.com'] },
  { request: { principal: `arn:aws:iam::${A}:saml-provider/corp` } },
  { request: { principal: `arn:aws:iam::${A}:oidc-provider/id.example.com` } },
  { request: { principal: 'anonymous' } },
]

/** Entries of `Principal` that mean one of them, or nearly. */
export const ENTRIES: readonly (readonly [type: string, id: string])[] = [
  ['AWS', '*'],
  ['AWS', '*'],
  ['AWS', A],
  ['AWS', B],
  ['AWS', `arn:aws:iam::${A}:root`],
  ['AWS', `arn:aws-cn:iam::${A}:root`],
  ['AWS', `arn:aws:iam::${B}:root`],
  ['AWS', `arn:aws:iam::${A}:user/dana`],
  ['AWS', `arn:aws:iam::${A}:user/eng/Dana`],
  ['AWS', `arn:aws:iam::${A}:user/*`],
  ['AWS', `arn:aws:iam::${B}:user/dana`],
  ['AWS', 'AIDADANA'],
  ['AWS', 'AROAAPP'],
  ['AWS', `arn:aws:iam::${A}:role/app`],
  ['AWS', `arn:aws:iam::${A}:role/svc/app`],
  ['AWS', `arn:aws:iam::${B}:role/app`],
  ['AWS', `arn:aws:sts::${A}:assumed-role/app/run-7`],
  ['AWS', `arn:aws:sts::${B}:assumed-role/app/run-7`],
  ['AWS', `arn:aws:sts::${A}:assumed-role/app/*`],
  ['AWS', `arn:aws:sts::${A}:federated-user/bob`],
  ['AWS', `arn:aws:sts::${B}:federated-user/bob`],
  ['AWS', `arn:aws:iam::${A}:saml-provider/corp`],
  ['Service', 'sns.amazonaws.com'],
  ['Service', 'logging.s3.amazonaws.com'],
  ['Service', 'delivery.logs.amazonaws.com'],
  ['Service', '*'],
  ['Federated', `arn:aws:iam::${A}:saml-provider/corp`],
  ['Federated', `arn:aws:iam::${A}:oidc-provider/id.example.com`],
  ['Federated', '*'],
  ['CanonicalUser', 'a'.repeat(64)],
]

const role = (path: string, account = A) => `arn:aws:iam::${account}:role/${path}`

/** What is asked for, and the account that owns it. */
export const TARGETS: readonly (readonly [action: string, resource: string, account: string])[] = [
  ['s3:GetObject', 'arn:aws:s3:::depot/in/a.txt', A],
  ['s3:GetObject', 'arn:aws:s3:::depot/home/dana/x', A],
  ['s3:PutObject', 'arn:aws:s3:::depot/a/b/c', A],
  ['s3:GetObject', 'arn:aws:s3:::depot/in/a.txt', B],
  ['s3:GetObject', 'arn:aws:s3:::depot/${aws:username}/x', A],
  ['s3:ListBucket', 'arn:aws:s3:::depot', A],
  ['s3:GetBucketPolicy', 'arn:aws:s3:::depot', A],
  ['s3:PutBucketPolicy', 'arn:aws:s3:::depot', A],
  ['s3:ListAllMyBuckets', '*', A],
  ['sqs:SendMessage', `arn:aws:sqs:us-east-1:${A}:jobs`, A],
  ['sqs:SetQueueAttributes', `arn:aws:sqs:us-east-1:${A}:jobs`, A],
  ['dynamodb:PutItem', `arn:aws:dynamodb:us-east-1:${A}:table/a:1`, A],
  ['lambda:InvokeFunction', `arn:aws:lambda:us-east-1:${A}:function:f:1`, A],
  ['ec2:DescribeInstances', '*', A],
  ['iam:CreateUser', `arn:aws:iam::${A}:user/dana`, A],
  ['iam:GetPolicy', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'aws'],
  ['iam:CreatePolicyVersion', 'arn:aws:iam::aws:policy/ReadOnlyAccess', 'aws'],
  ['iam:AttachRolePolicy', role('aws-reserved/sso/x'), A],
  ['iam:AttachRolePolicy', role('app'), A],
  ['iam:PassRole', role('app'), A],
  ['iam:PassRole', role('app', B), B],
  ['kms:Decrypt', `arn:aws:kms:us-east-1:${A}:key/k-1`, A],
  ['kms:Decrypt', `arn:aws:kms:us-east-1:${A}:key/k-1`, B],
  ['kms:RetireGrant', `arn:aws:kms:us-east-1:${A}:key/k-1`, A],
  ['kms:CreateAlias', `arn:aws:kms:us-east-1:${A}:alias/aws/s3`, A],
  ['kms:DescribeKey', `arn:aws:kms:us-east-1:${A}:alias/aws/s3`, A],
  ['sts:AssumeRole', role('app'), A],
  ['sts:AssumeRole', role('app', B), B],
  ['sts:AssumeRole', role('aws-service-role/sns.amazonaws.com/linked'), A],
  ['sts:TagSession', role('app'), A],
  ['sts:AssumeRoleWithWebIdentity', role('app'), A],
  ['sts:AssumeRoleWithSAML', role('app'), A],
  ['sts:GetCallerIdentity', '*', A],
  ['sts:GetSessionToken', '*', A],
  ['sts:GetAccessKeyInfo', '*', A],
]

/** Condition keys by the operators they suit, with values that are nearly alike. A list of lists is a multivalued key. */
export const KEYS: readonly { readonly family: string; readonly key: string; readonly values: readonly (string | readonly string[])[] }[] =
  [
    { family: 'String', key: 'k:one', values: ['a', 'A', 'ab', '', 'a*', 'dana', '${aws:username}', '*'] },
    { family: 'String', key: 'k:many', values: [['a'], ['a', 'b'], ['b', 'c'], [], [''], ['', 'a'], ['A']] },
    { family: 'String', key: 'aws:PrincipalTag/team', values: ['a', 'ab', 'red:blue'] },
    { family: 'String', key: 'aws:username', values: ['dana', 'Dana'] },
    { family: 'String', key: 'aws:userid', values: ['AIDADANA', A, 'anonymous', 'AROAAPP:run-7', `${A}:bob`] },
    { family: 'String', key: 'aws:PrincipalType', values: ['User', 'AssumedRole', 'Account', 'Anonymous', 'FederatedUser'] },
    { family: 'String', key: 'aws:PrincipalAccount', values: [A, B, 'anonymous'] },
    { family: 'String', key: 'aws:PrincipalServiceName', values: ['sns.amazonaws.com', 'logging.s3.amazonaws.com'] },
    { family: 'String', key: 'aws:PrincipalServiceNamesList', values: [['sns.amazonaws.com'], ['delivery.logs.amazonaws.com']] },
    { family: 'String', key: 'saml:mail', values: ['a', ['a'], ['a', 'b']] },
    { family: 'Arn', key: 'aws:PrincipalArn', values: CALLERS.map(({ request }) => String(request.roleArn ?? request.principal)) },
    {
      family: 'Arn',
      key: 'k:arn',
      values: ['arn:aws:s3:::depot/a', 'arn:aws:s3:::depot/a:b', 'arn:aws:s3::', 'arn:aws:sns:us-east-1:1:t', 'arn:aws:S3:::depot/a', 'a'],
    },
    { family: 'Numeric', key: 'k:number', values: ['9', '10', '10.0', '010', '-1', '2.5', 'ten', ''] },
    {
      family: 'Date',
      key: 'k:date',
      values: [
        '2026-01-01T00:00:00Z',
        '2026-01-01',
        '2026-01-01T01:00:00+01:00',
        '2026-01-01T00:00:00.5Z',
        '2026-01-01t00:00',
        '2026-02',
        '2026',
        '1767225600',
        '1767225601',
        '2026-13-01',
        'today',
        '2025-12-31T23:59:59Z',
      ],
    },
    { family: 'Bool', key: 'k:bool', values: ['true', 'false', 'True', 'yes', ''] },
    { family: 'Bool', key: 'aws:MultiFactorAuthPresent', values: ['true', 'false'] },
    { family: 'Bool', key: 'aws:PrincipalIsAWSService', values: ['true', 'false'] },
    { family: 'Binary', key: 'k:binary', values: ['YQ==', 'YR==', 'YWI=', '', 'a', 'YWJj'] },
    {
      family: 'Ip',
      key: 'k:ip',
      values: ['203.0.113.7', '203.0.113.0', '203.0.114.7', '2001:db8::1', '2001:DB8:0::1', '::ffff:203.0.113.7', '::', '203.0.113', 'x'],
    },
  ]

/** What conditions compare with beyond the values that requests have. */
export const WANTED: Readonly<Record<string, readonly string[]>> = {
  String: [
    'a*',
    '?',
    '*',
    '${k:one}',
    '${aws:username}',
    "${k:none, 'a'}",
    '${k:none}',
    '${K:ONE}',
    'a${*}',
    '${$}{x}',
    '${k:one',
    '${k:many}',
  ],
  Arn: [
    'arn:aws:iam::*:user/*',
    'arn:aws:s3:::depot/*',
    'arn:aws:s3:::*:b',
    'arn:*:s3:::depot/?',
    'arn:aws:sns:*:*:t',
    'arn:aws:*',
    '*',
    'arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}',
    '${aws:PrincipalArn}',
    'arn:aws:s3:::${k:none}',
  ],
  Numeric: ['9.99', '11'],
  Date: ['2026-01-01T00:00:00-00:30', '1767225600'],
  Bool: ['TRUE', '${k:bool}'],
  Binary: ['YQ'.padEnd(4, '=')],
  Ip: [
    '203.0.113.0/24',
    '203.0.113.77/24',
    '203.0.113.7/32',
    '203.0.113.0/25',
    '0.0.0.0/0',
    '2001:db8::/32',
    '::/0',
    '203.0.113.0/33',
    '1.2.3/8',
  ],
}

export const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  String: ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringLike', 'StringNotLike'],
  Arn: ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'],
  Numeric: [
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
  Date: ['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
  Bool: ['Bool'],
  Binary: ['BinaryEquals'],
  Ip: ['IpAddress', 'NotIpAddress'],
}

/** Who and what seldom meet by chance, though a rule is about just that. */
export const MEETINGS: readonly (readonly [principal: string, action: RegExp])[] = [
  [':root', /^(?:s3:(?:Get|Put)BucketPolicy|sqs:SetQueueAttributes|sts:GetSessionToken|iam:PassRole)$/],
  [':federated-user/', /^(?:s3|kms|sqs):/],
  [':federated-user/', /^kms:Decrypt$/],
  [':assumed-role/app', /^kms:Decrypt$/],
  [':user/', /^kms:Decrypt$/],
  [':federated-user/', /^sts:AssumeRole$/],
  [':assumed-role/linked', /^(?:s3:|kms:Decrypt|iam:AttachRolePolicy)/],
  ['-provider/', /^sts:AssumeRoleWith/],
]

/** Beginnings of what callers are, and of what is asked for, for worlds in which both are all that matters. */
export const KINDS = [':user/', ':assumed-role/', ':federated-user/', ':root', '.amazonaws.com', '-provider/', 'anonymous']
export const GROUPS = [
  /^s3:.*Object$/,
  /^kms:Decrypt$/,
  /^sts:AssumeRole$/,
  /^(?:s3:(?:Get|Put)BucketPolicy|sqs:SetQueueAttributes|kms:RetireGrant)$/,
  /./,
]
