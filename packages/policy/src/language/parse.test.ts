import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { GrammarName } from './grammar.js'
import { firstApiMessage, parsePolicy } from './parse.js'

function message(document: unknown, grammar: GrammarName = 'identity'): string | undefined {
  return firstApiMessage(parsePolicy(typeof document === 'string' ? document : JSON.stringify(document), grammar).findings)
}

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }

/** The allowing statement with some members changed; those set to `undefined` are left out. */
function identity(change: object, top: object = {}): object {
  return { Version: '2012-10-17', Statement: [{ ...allow, ...change }], ...top }
}
function resource(text: unknown): object {
  return identity({ Resource: text })
}
function condition(block: unknown): object {
  return identity({ Condition: block })
}

const SYNTAX = 'Syntax errors in policy.'
const LEGACY = 'The policy failed legacy parsing'
const VENDOR = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
const IAM_PATH =
  'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.'

test('an identity policy that AWS refuses is refused with its message', () => {
  const rows: [unknown, string][] = [
    ['not json', SYNTAX],
    ['{"Version":"2012-10-17","Version":"2012-10-17","Statement":[]}', SYNTAX],
    ['[]', SYNTAX],
    ['"text"', SYNTAX],
    [identity({}, { Comment: 'x' }), SYNTAX],
    [identity({}, { Id: 5 }), SYNTAX],
    [identity({}, { Version: '2013-01-01' }), SYNTAX],
    [identity({}, { Version: 2012 }), SYNTAX],
    [{ Version: '2012-10-17' }, SYNTAX],
    [{ Version: '2012-10-17', Statement: [] }, SYNTAX],
    [{ Version: '2012-10-17', Statement: ['x'] }, SYNTAX],
    [{ Version: '2012-10-17', Statement: 'x' }, SYNTAX],
    [identity({ Comment: 'x' }), SYNTAX],
    [identity({ Sid: 5 }), SYNTAX],
    [identity({ Effect: undefined }), SYNTAX],
    [identity({ Effect: 'Permit' }), SYNTAX],
    [identity({ Effect: ['Allow'] }), SYNTAX],
    [identity({ Effect: 'allow' }), LEGACY],
    [identity({ Effect: 'denY' }), LEGACY],
    [identity({ NotAction: 's3:*' }), SYNTAX],
    [identity({ NotResource: '*' }), SYNTAX],
    [identity({ Action: { a: 1 } }), SYNTAX],
    [identity({ Action: [['s3:*']] }), SYNTAX],
    [identity({ Resource: { a: 1 } }), SYNTAX],
    [identity({ Resource: [['*']] }), SYNTAX],
    [identity({ Resource: 5 }), SYNTAX],
    [condition([]), SYNTAX],
    [condition('x'), SYNTAX],
    [condition({ StringEquals: 'x' }), SYNTAX],
    [condition({ StringEquals: { k: null } }), SYNTAX],
    [condition({ StringEquals: { k: { a: 'b' } } }), SYNTAX],
    [condition({ StringEquals: { k: [null] } }), SYNTAX],
    [condition({ stringEquals: { k: 'v' } }), SYNTAX],
    [condition({ StringSounds: { k: 'v' } }), SYNTAX],
    [condition({ DateLessThan: { k: 5 } }), SYNTAX],
    [condition({ NullIfExists: { k: 'true' } }), SYNTAX],
    [condition({ BinaryEquals: { k: '!!!' } }), SYNTAX],
    [condition({ BinaryEquals: { k: ['YWJj', 'abc'] } }), SYNTAX],
    [condition({ BinaryEquals: { k: 'YWJj==' } }), SYNTAX],
    [identity({}, { Version: undefined }), 'Policy document must be version 2012-10-17 or greater.'],
    [identity({}, { Version: '2008-10-17' }), 'Policy document must be version 2012-10-17 or greater.'],
    [identity({ Principal: '*' }), 'Policy document should not specify a principal.'],
    [identity({ NotPrincipal: '*' }), 'Policy document should not specify a principal.'],
    [condition({ NumericLessThan: { k: 'abc' } }), LEGACY],
    [condition({ NumericEquals: { k: ' 10' } }), LEGACY],
    [condition({ NumericNotEqualsIfExists: { k: ['1', '0x10'] } }), LEGACY],
    [condition({ 'ForAllValues:NumericEquals': { k: true } }), LEGACY],
    [condition({ IpAddress: { k: '203.0.113.999/24' } }), LEGACY],
    [condition({ NotIpAddress: { k: 'example.com' } }), LEGACY],
    [condition({ IpAddress: { k: ['10.0.0.0/8', '10.0.0.0/33'] } }), LEGACY],
    [condition({ IpAddress: { k: '1.2.3' } }), LEGACY],
    [condition({ IpAddress: { k: '203.0.113.5 ' } }), LEGACY],
    [condition({ ArnLike: { k: 'nope' } }), LEGACY],
    [condition({ ArnNotEquals: { k: 'arn:aws:s3:b' } }), LEGACY],
    [condition({ 'ForAnyValue:ArnEquals': { k: '${aws:PrincipalArn}' } }), LEGACY],
    [condition({ DateLessThan: { k: 'tomorrow' } }), LEGACY],
    [condition({ DateLessThan: { k: '2026/01/01' } }), LEGACY],
    [condition({ DateLessThan: { k: 'Thu, 01 Jan 2026 00:00:00 GMT' } }), LEGACY],
    [condition({ DateLessThan: { k: '2026-13-01' } }), LEGACY],
    [condition({ DateLessThan: { k: '234-13' } }), LEGACY],
    [condition({ DateLessThan: { k: '2026-12-13t2:00:00.593194+1' } }), LEGACY],
    [condition({ DateLessThan: { k: '2026-12-13t2:00:00.1999999999+10:59' } }), LEGACY],
    [
      {
        Version: '2012-10-17',
        Statement: [
          { ...allow, Sid: 'a' },
          { ...allow, Sid: 'a' },
        ],
      },
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [identity({ Action: undefined }), 'Policy statement must contain actions.'],
    [identity({ Action: [] }), 'Policy statement must contain actions.'],
    [identity({ Action: 'GetObject' }), VENDOR],
    [identity({ Action: '' }), VENDOR],
    [identity({ Action: 'a:b:c' }), 'Actions/Condition can contain only one colon.'],
    [identity({ Action: 'a a:b' }), 'Vendor a a is not valid'],
    ...['s*:x', '*:GetObject', 's3?:Get', '*:Get*'].map((action): [object, string] => [
      identity({ Action: action }),
      'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.',
    ]),
    [identity({ Action: undefined, NotAction: ['s3:*', '*:Get*'] }), 'Action vendors (e.g., aws, ec2, etc.) must not contain wildcards.'],
    [identity({ Resource: undefined }), 'Policy statement must contain resources.'],
    [identity({ Resource: [] }), 'Policy statement must contain resources.'],
    [resource('invalid resource'), 'Resource invalid resource must be in ARN format or "*".'],
    [resource(''), 'Resource  must be in ARN format or "*".'],
    [resource('**'), 'Resource ** must be in ARN format or "*".'],
    [resource('a:b:c:d:e:f:g:h'), 'Partition "b" is not valid for resource "arn:b:c:d:e:f:g:h".'],
    [resource('a:b'), 'Partition "b" is not valid for resource "arn:b:*:*:*:*".'],
    [resource('aws:s3:::b'), 'Partition "s3" is not valid for resource "arn:s3:::b:*".'],
    ...['b', '', 'AWS', 'aws-cn', 'aws-us-gov', '${ARN_PARTITION}'].map((partition): [object, string] => [
      resource(`arn:${partition}:s3:::x`),
      `Partition "${partition}" is not valid for resource "arn:${partition}:s3:::x".`,
    ]),
    [resource('s3::example-bucket/*'), 'Partition "" is not valid for resource "arn::example-bucket/*:*:*:*".'],
    [resource('aws:s3:::a_bucket'), 'Partition "s3" is not valid for resource "arn:s3:::a_bucket:*".'],
    [resource(['arn:error:s3:::b', 'arn:error:s3::a_bucket']), 'Partition "error" is not valid for resource "arn:error:s3:::b".'],
    [resource('arn:awss3::example-bucket/*'), LEGACY],
    [resource('arn:aws'), 'Resource vendor must be fully qualified and cannot contain regexes.'],
    [resource('arn:aws:s*:::x'), 'Resource vendor must be fully qualified and cannot contain regexes.'],
    [resource('arn:aws:iam:us-east-1::x'), 'IAM resource arn:aws:iam:us-east-1::x cannot contain region information.'],
    [resource('arn:aws:s3:us-east-1::b'), 'Resource arn:aws:s3:us-east-1::b can not contain region information.'],
    [resource('arn:aws:s3:us-east-1:1:b'), 'Resource arn:aws:s3:us-east-1:1:b can not contain region information.'],
    [resource('arn:aws:s3:my-bucket'), 'Resource arn:aws:s3:my-bucket:*:* can not contain region information.'],
    [resource('arn:aws:s3::111122223333:b'), 'Resource arn:aws:s3::111122223333:b cannot contain an account id.'],
    [
      resource('arn:aws:route53:us-east-1::hostedzone/z'),
      'Resource arn:aws:route53:us-east-1::hostedzone/z can not contain region information.',
    ],
    [resource('arn:aws:route53::1:hostedzone/*'), 'Resource arn:aws:route53::1:hostedzone/* cannot contain an account id.'],
    ...[
      'arn:aws:iam::<ACCOUNT_ID>:role/r',
      'arn:aws:sts::ACCOUNT_ID:federated-user/f',
      'arn:aws:iam::${aws:PrincipalAccount}:role/r',
      'arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:g',
      'arn:aws:secretsmanager:{region}:{account}:secret:*',
      'arn:aws:dynamodb:us-west--2:111122223333:table/t',
    ].map((arn): [object, string] => [resource(arn), LEGACY]),
    [resource('arn:aws:iam:::x'), IAM_PATH],
    [resource('arn:aws::::x'), LEGACY],
    [resource('arn:aws:s3::x'), LEGACY],
    [resource('arn:aws::fdsasf'), LEGACY],
    [resource(['b', 'a', 'c']), 'Resource a must be in ARN format or "*".'],
    [` ${JSON.stringify(identity({}))}`, LEGACY],
    [`\n${JSON.stringify(identity({}))}`, LEGACY],
    [{ Statement: allow, Version: '2012-10-17' }, LEGACY],
    [{ Id: 'x', Statement: allow, Version: '2012-10-17' }, LEGACY],
  ]
  for (const [document, expected] of rows) assert.equal(message(document), expected, JSON.stringify(document))
})

test('an identity policy that AWS takes is taken', () => {
  const documents: object[] = [
    identity({}),
    { Version: '2012-10-17', Statement: allow },
    identity({}, { Id: 'x' }),
    identity({}, { Conditions: {} }),
    identity({ Sid: '' }),
    {
      Version: '2012-10-17',
      Statement: [
        { ...allow, Sid: '' },
        { ...allow, Sid: '' },
      ],
    },
    identity({ Action: ['*:*', 's3:', 's3: GetObject', 's3:a,b', 'nobody:Nothing', '*'] }),
    { Statement: [allow], Version: '2012-10-17' },
    { Version: '2012-10-17', Statement: allow, Id: 'x' },
    identity({ Action: undefined, NotAction: 's3:*' }),
    identity({ Resource: undefined, NotResource: 'arn:aws:s3:::b' }),
    identity({ Resource: ['*', null] }),
    resource(['arn:aws:fdsasf', 'arn:aws:s3:::', 'arn:*:s3:::b', 'arn:aws:nobody:x:y:z', 'arn:aws:ec2:region:account-id:instance/*']),
    resource([
      'arn:aws:iam::x:role/*',
      'arn:aws:iam::111122223333:*',
      'arn:aws:iam::111122223333:root',
      'arn:aws:s3:us-east-1:1:accesspoint/a',
      'arn:aws:s3::1:accesspoint/a.mrap',
      'arn:aws:s3:us-east-1:1:storage-lens/dashboard',
      'arn:aws:s3:us-*:*:job/*',
      'arn:aws:s3:*:*:b',
      'arn:aws:route53:::hostedzone/z',
      'arn:aws:cloudfront:us-east-1:1:distribution/d',
    ]),
    condition({}),
    condition({ StringSounds: {} }),
    condition({ StringEquals: { k: [] }, NullIfExists: {}, 'ForAllValues:Null': { k: 'true' } }),
    condition({ Bool: { k: ['maybe', true] }, NumericLessThan: { k: [5, '10', '10.5', '-1', '1e3'] } }),
    condition({ IpAddress: { k: ['203.0.113.0/24', '203.0.113.5', '0.0.0.0/0', '2001:db8::/32', '2001:db8::1', '::/0'] } }),
    condition({ ArnLike: { k: ['arn:*:s3:::b', 'arn:aws:*:*:*:*', '*', 'arn:aws:iam::1:user/${aws:username}'] } }),
    condition({ BinaryEquals: { k: ['YWJj', 'YWJjZA==', ''] } }),
    condition({ DateLessThan: { a: '2026-01-01t00:00Z', b: ['2026', '1767225600'], c: '-292275054-01-31' } }),
    condition({ DateLessThan: { a: ['2026-01', '2026-01-01', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00+09:00'] } }),
    condition({ DateLessThan: { a: ['01T', '2026-12-13t2:00:00.593194+23'] } }),
  ]
  for (const document of documents) {
    const { document: read, findings } = parsePolicy(JSON.stringify(document), 'identity')
    assert.equal(firstApiMessage(findings), undefined, JSON.stringify(document))
    assert.ok(read !== undefined, JSON.stringify(document))
  }
})

test('of several faults in an identity policy AWS names the one it checks first', () => {
  const everything = { Effect: 'allow', Action: 'x', Resource: 'y', Sid: 'a' }
  const two = (change: object) => ({
    Version: '2012-10-17',
    Statement: [
      { ...everything, ...change },
      { ...everything, ...change },
    ],
  })
  assert.equal(message({ ...two({ X: 1 }), Version: '2008-10-17' }), SYNTAX)
  assert.equal(message({ ...two({}), Version: '2008-10-17' }), 'Policy document must be version 2012-10-17 or greater.')
  assert.equal(message(two({})), LEGACY)
  assert.equal(message(two({ Effect: 'Allow' })), 'Statement IDs (SID) in a single policy must be unique.')
  assert.equal(message(identity({ Action: [], Resource: 'y' })), 'Policy statement must contain actions.')
  assert.equal(message(identity({ Action: 'x', Resource: 'y' })), 'Resource y must be in ARN format or "*".')
  assert.equal(message(identity({ Action: 'x', Resource: undefined })), 'Policy statement must contain resources.')
  assert.equal(message(identity({ Action: 'x', Resource: [] })), 'Policy statement must contain resources.')
})

const trusting = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }
function trust(change: object, top: object = {}): object {
  return { Version: '2012-10-17', Statement: [{ ...trusting, ...change }], ...top }
}
const github = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'
const web = { Action: 'sts:AssumeRoleWithWebIdentity' }

test('a trust policy that AWS refuses is refused with its message', () => {
  const tenant = `Trust policy with trusted principal ${github} must evaluate, using StringEquals, StringLike or StringEqualsIgnoreCase, token.actions.githubusercontent.com:sub or token.actions.githubusercontent.com:job_workflow_ref which is not scoped to all`
  const fromGithub = (block: object) => trust({ ...web, Principal: { Federated: github }, Condition: block })
  const rows: [unknown, string][] = [
    ['not json', 'This policy contains invalid Json'],
    ['[]', 'This policy contains invalid Json'],
    ['null', 'This text appears not to be a policy'],
    ['{}', 'Syntax error at position (1,3)'],
    ['{\n  }', 'Syntax error at position (2,4)'],
    ['{"Version":"2012-10-17"}', 'Could not parse the policy: Statement is empty!'],
    [trust({}, { Statement: [{}] }), 'Missing required field Effect'],
    [` ${JSON.stringify(trust({}))}`, 'JSON strings must not have leading  spaces'],
    [trust({}, { Version: '2013' }), 'The policy must contain a valid version string'],
    [trust({}, { Statement: [] }), 'Could not parse the policy: Statement is empty!'],
    [trust({ Comment: 'x' }), 'Unknown field Comment'],
    [trust({ Resource: '*' }), 'Has prohibited field Resource'],
    [trust({ NotResource: '*' }), 'AssumeRole policy must not contain resources.'],
    [trust({ Principal: undefined }), 'Missing required field Principal'],
    [trust({ Principal: {} }), 'Missing required field Principal cannot be empty!'],
    [trust({ Principal: '*' }), 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'],
    [trust({ Principal: 'dana' }), 'Principal must be a JSON object.'],
    [trust({ Principal: undefined, NotPrincipal: { AWS: '*' } }), 'Allow with NotPrincipal is not allowed.'],
    [trust({ Effect: 'Deny', Principal: undefined, NotPrincipal: { AWS: '*' } }), 'AssumeRole policy must not contain NotPrincipal field.'],
    [trust({ Effect: undefined }), 'Missing required field Effect'],
    [trust({ Effect: 'Permit' }), 'Invalid effect: Permit'],
    [trust({ Effect: 'allow' }), 'Invalid effect: allow'],
    [trust({ Action: undefined }), 'Missing required field Action'],
    [trust({ Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [trust({ Action: '*' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ...['sts:Nothing', 'sts:*', 'sts:AssumeRole*', 'sts:assumerole', 'sts:AssumeRoot', 'sts:GetSessionToken'].map(
      (action): [object, string] => [trust({ Action: action }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    ),
    [trust({ Action: ['sts:AssumeRole', 'sts:GetCallerIdentity'] }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [trust({ Principal: { AWS: 'dana' } }), 'Invalid principal in policy: "AWS":"dana"'],
    [trust({ Principal: { AWS: '12345' } }), 'Invalid principal in policy: "AWS":"12345"'],
    [trust({ Principal: { AWS: '1111-2222-33334' } }), 'Invalid principal in policy: "AWS":"1111-2222-33334"'],
    [trust({ Action: undefined, Principal: { aws: 'arn:aws:iam::111122223333:root' } }), 'Syntax error at position (1,76)'],
    [
      '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"service":"ec2.amazonaws.com"}}],"Version":"2012-10-17"}',
      'Syntax error at position (1,83)',
    ],
    ['{\n"Version":"2012-10-17",\n"Statement":[{"Effect":"Allow",\n"Principal":{"Users":["a"]}}]}', 'Syntax error at position (4,23)'],
    [
      trust({ Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }),
      'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:role/*"',
    ],
    [
      trust({ Principal: { AWS: 'arn:aws:iam::111122223333:group/g' } }),
      'Invalid principal in policy: "AWS":"arn:aws:iam::111122223333:group/g"',
    ],
    [trust({ Principal: { Service: '*' } }), 'Invalid principal in policy: "SERVICE":"*"'],
    [trust({ Principal: { Service: 'lambda.example.com' } }), 'Invalid principal in policy: "SERVICE":"lambda.example.com"'],
    [trust({ Principal: { Service: 'lambda' } }), 'Invalid principal in policy: "SERVICE":"lambda"'],
    [trust({ Principal: { CanonicalUser: 'ab'.repeat(32) } }), `Invalid principal in policy: "CANONICALUSER":"${'ab'.repeat(32)}"`],
    [trust({ Principal: { Federated: 'nobody' } }), 'Federated principals must be valid domain names or SAML metadata ARNs'],
    [
      trust({ Sid: 'a b' }),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
    [
      trust(
        {},
        {
          Statement: [
            { ...trusting, Sid: 'a' },
            { ...trusting, Sid: 'a' },
          ],
        },
      ),
      'The Statement Ids in the policy are not unique',
    ],
    [
      trust({ ...web, Principal: { Federated: 'cognito-identity.amazonaws.com' } }),
      'A condition block must be present for the Cognito provider',
    ],
    [trust({ Condition: [] }), 'Syntax error in policy.'],
    [trust({ ...web, Principal: { Federated: github } }), tenant],
    [fromGithub({ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }), tenant],
    [fromGithub({ StringLike: { 'token.actions.githubusercontent.com:sub': '*' } }), tenant],
    [fromGithub({ StringNotEquals: { 'token.actions.githubusercontent.com:sub': 'x' } }), tenant],
    ...['*', '*x', '', ' ', ['repo:a/b', '*']].map((sub): [object, string] => [
      fromGithub({ StringLike: { 'token.actions.githubusercontent.com:sub': sub } }),
      tenant,
    ]),
    ...['StringEqualsIfExists', 'ForAnyValue:StringLikeIfExists', 'Null', 'ArnLike'].map((operator): [object, string] => [
      fromGithub({ [operator]: { 'token.actions.githubusercontent.com:sub': 'true' } }),
      tenant,
    ]),
    [
      fromGithub({
        StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:a/b', 'token.actions.githubusercontent.com:job_workflow_ref': '*' },
      }),
      tenant,
    ],
    ...(['accounts.google.com', 'www.amazon.com', 'graph.facebook.com'] as const).flatMap((issuer): [object, string][] =>
      [
        undefined,
        { StringLike: { [`${issuer}:sub`]: 'x' } },
        { StringEqualsIfExists: { [`${issuer}:sub`]: 'x' } },
        { StringEquals: { [`${issuer}:SUB`]: 'x' } },
        { StringEquals: { [`${issuer}:email`]: 'x' } },
      ].map((Condition) => [
        trust({ ...web, Principal: { Federated: issuer }, Condition }),
        `Policy trusting ${issuer} requires a StringEquals condition on an application id`,
      ]),
    ),
  ]
  for (const [document, expected] of rows) assert.equal(message(document, 'trust'), expected, JSON.stringify(document))
})

test('a trust policy that AWS takes is taken', () => {
  const fromGithub = (operator: string, value: unknown, claim = 'sub') =>
    trust({
      ...web,
      Principal: { Federated: github },
      Condition: { [operator]: { [`token.actions.githubusercontent.com:${claim}`]: value } },
    })
  const documents = [
    trust({}),
    trust({}, { Version: undefined }),
    trust({}, { Version: '2008-10-17', Id: 'x' }),
    trust({ Principal: { AWS: '*' } }),
    trust({ Principal: { AWS: '1111-2222-3333' } }),
    trust({ Principal: { AWS: ['AROAEXAMPLEID', 'arn:aws:iam::111122223333:user/a/dana', 'arn:aws:sts::111122223333:assumed-role/r/s'] } }),
    trust({ Principal: { Service: ['ec2.amazonaws.com', 'svc.eu-south-1.amazonaws.com'] } }),
    trust({ Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity', 'sts:SetContext'] }),
    trust({ Condition: { NumericLessThan: { k: 'abc' }, NullIfExists: { k: 'true' } } }),
    { Statement: trusting, Version: '2012-10-17' },
    trust({ Action: undefined, NotAction: 'sts:TagSession' }),
    trust({ Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: 'arn:aws:iam::111122223333:saml-provider/p' } }),
    trust({ Action: 'sts:TagSession', Principal: { Federated: github } }),
    trust({ ...web, Principal: { Federated: 'accounts.google.com' }, Condition: { StringEquals: { 'accounts.google.com:aud': '*' } } }),
    trust({
      ...web,
      Principal: { Federated: 'graph.facebook.com' },
      Condition: { 'ForAnyValue:StringEqualsIgnoreCase': { 'graph.facebook.com:app_id': '' } },
    }),
    ...['?', '**', '*?', '', []].map((value) =>
      trust({
        ...web,
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' },
        Condition: { StringLike: { 'GITLAB.com:sub': value } },
      }),
    ),
    trust({
      ...web,
      Principal: { Federated: github },
      Condition: {
        StringLike: { 'token.actions.githubusercontent.com:sub': '*' },
        StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:a/b' },
      },
    }),
    fromGithub('ForAllValues:StringEquals', ['?', '?*', '${aws:username}']),
    trust({ ...web, Effect: 'Deny', Principal: { Federated: github } }),
    fromGithub('StringLike', 'repo:*'),
    fromGithub('StringLike', []),
    fromGithub('StringEquals', 'x', 'job_workflow_ref'),
  ]
  for (const document of documents) assert.equal(message(document, 'trust'), undefined, JSON.stringify(document))
})

test('an account as the console shows it is the account, when it is saved and when it is read again', () => {
  const text = JSON.stringify(trust({ Principal: { AWS: ['1111-2222-3333', '111-122-223-333'], Service: '1111-2222-3333.amazonaws.com' } }))
  const { document } = parsePolicy(text, 'lenient')
  assert.deepEqual(document.statements[0]!.principal!.entries, [
    { type: 'AWS', id: '111122223333' },
    { type: 'AWS', id: '111-122-223-333' },
    { type: 'Service', id: '1111-2222-3333.amazonaws.com' },
  ])
})

test('each kind of policy has the elements that it may have', () => {
  const REQUIREMENTS = 'The provided policy document does not meet the requirements of the specified policy type.'
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }
  const rows: [GrammarName, object, boolean][] = [
    ['boundary', identity({}), true],
    ['boundary', identity({ Principal: '*' }), false],
    ['session', identity({}), true],
    ['session', { Statement: allow, Version: '2012-10-17' }, true],
    ['session', identity({}, { Version: undefined }), false],
    ['scp', { Statement: [{ ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }] }, true],
    ['scp', identity({ Action: undefined, NotAction: 'iam:*' }), true],
    ['scp', identity({ Principal: '*' }), false],
    ['scp', identity({}, { Id: 'x' }), false],
    ['rcp', { Version: '2012-10-17', Statement: [deny] }, true],
    ['rcp', { Version: '2012-10-17', Statement: [{ ...deny, Effect: 'Allow' }] }, false],
    ['rcp', { Version: '2012-10-17', Statement: [{ ...deny, Action: '*' }] }, false],
    ['rcp', { Version: '2012-10-17', Statement: [{ ...deny, Principal: { AWS: '111122223333' } }] }, false],
    ['rcp', { Version: '2012-10-17', Statement: [{ ...deny, Action: undefined, NotAction: 's3:*' }] }, false],
    ['rcp', { Statement: [deny] }, false],
    ['resource', { Statement: [deny], Id: 'x' }, true],
    ['resource', { Statement: [{ ...deny, Resource: undefined }] }, true],
    ['resource', { Statement: [{ ...deny, Principal: undefined }] }, false],
    ['resource', { Statement: [{ ...deny, Principal: undefined, NotPrincipal: { AWS: '111122223333' } }] }, true],
    ['resource', { Statement: [{ ...deny, Effect: 'Allow', Principal: undefined, NotPrincipal: { AWS: '111122223333' } }] }, false],
    ['endpoint', { Statement: [deny] }, true],
    ['endpoint', { Statement: [{ ...deny, Resource: undefined }] }, false],
  ]
  for (const [grammar, document, taken] of rows) {
    const { document: read, findings } = parsePolicy(JSON.stringify(document), grammar)
    assert.equal(read !== undefined, taken, `${grammar} ${JSON.stringify(document)}`)
    assert.equal(
      findings.some(({ severity }) => severity === 'error'),
      !taken,
    )
    if (grammar === 'scp' || grammar === 'rcp') assert.equal(firstApiMessage(findings), taken ? undefined : REQUIREMENTS)
  }
})

test('a finding says where', () => {
  const text = '{\n  "Version": "2012-10-17",\n  "Statement": [{"Effect": "Permit", "Action": "s3:*", "Resource": "*"}]\n}'
  const { findings } = parsePolicy(text, 'identity')
  assert.equal(findings.length, 1)
  assert.deepEqual(findings[0]?.path, ['Statement', 0, 'Effect'])
  assert.equal(findings[0]?.code, 'INVALID_EFFECT')
  const { start, end } = findings[0]!.span
  assert.equal(text.slice(start.offset, end.offset), '"Permit"')
  assert.deepEqual([start.line, start.column], [3, 28])
})

test('the braces of a statement are where AWS counts from', () => {
  const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}'
  const { document } = parsePolicy(text, 'identity')
  const { start, end } = document!.statements[0]!.span
  assert.deepEqual([start.column, end.column], [text.indexOf('{', 1) + 1, text.length])
  assert.equal(document!.text, text)
})

test('a policy above the default quota is only warned about', () => {
  const { document, findings } = parsePolicy(JSON.stringify(resource(`arn:aws:s3:::${'x'.repeat(7000)}`)), 'identity')
  assert.ok(document !== undefined)
  assert.deepEqual(
    findings.map(({ code, severity }) => [code, severity]),
    [['OVER_QUOTA', 'warning']],
  )
})

test('a text longer than the API takes is not read at all', () => {
  const { document, findings } = parsePolicy(' '.repeat(131_073), 'identity')
  assert.equal(document, undefined)
  assert.equal(findings[0]?.code, 'TOO_LONG')
})

test('read for deciding, every text gives a document, and what is not understood is marked', () => {
  const marked: unknown[] = [
    'not json',
    '[]',
    '"x"',
    { Version: '2012-10-17' },
    { Version: '2013', Statement: allow },
    { Version: '2012-10-17', Statement: allow, Comment: '' },
    { Statement: ['x'] },
    { Statement: { ...allow, Effect: 'allow' } },
    { Statement: { ...allow, Comment: '' } },
    { Statement: { ...allow, Action: undefined } },
    { Statement: { ...allow, Action: 5 } },
    { Statement: { ...allow, NotAction: 's3:*' } },
    { Statement: { ...allow, Action: undefined, NotAction: [] } },
    { Statement: { ...allow, Condition: [] } },
    { Statement: { ...allow, Condition: { Bool: [] } } },
    { Statement: { ...allow, Condition: { Bool: { k: null } } } },
    { Statement: { ...allow, Principal: 'dana' } },
    { Statement: { ...allow, Principal: { Group: 'x' } } },
    '{"Statement":{"Effect":"Allow","Effect":"Deny"}}',
    ' '.repeat(131_073),
  ]
  for (const each of marked) {
    const { document } = parsePolicy(typeof each === 'string' ? each : JSON.stringify(each), 'lenient')
    assert.ok(document.statements[0]?.notUnderstood !== undefined, JSON.stringify(each).slice(0, 100))
  }
  const { document } = parsePolicy(
    JSON.stringify({ Statement: [{ ...allow, Sid: 5, Resource: [null, '*'], Condition: { Bool: { k: [true, 1.5] } } }] }),
    'lenient',
  )
  assert.equal(document.version, '2008-10-17')
  assert.equal(document.statements[0]?.notUnderstood, undefined)
  assert.deepEqual(document.statements[0]?.conditions[0]?.values, ['true', '1.5'])
})
