import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { account, allow, policy, trust, useServer } from './iam-scene.js'
import { cleanEnvironment, type Ran, run } from './running-server.js'

const scene = useServer()

const environment = (): NodeJS.ProcessEnv => {
  const { server } = scene
  const { accessKeyId, secretAccessKey } = server().rootKey
  return {
    ...cleanEnvironment(),
    AWS_ENDPOINT_URL: server().endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  }
}

/** Skips the test, saying why, when a program cannot be run here. */
async function needs(t: TestContext, name: string, program: string, args: readonly string[]): Promise<boolean> {
  const ran = await run(program, args, environment()).catch((error: Error): Ran => ({ code: 1, stdout: '', stderr: error.message }))
  if (ran.code === 0) return true
  t.skip(`${name} is not installed on this machine: ${ran.stderr.trim().split('\n').at(-1)}`)
  return false
}

test('[item 10] the AWS CLI creates, reads, is refused, and assumes a role', async (t) => {
  if (!(await needs(t, 'the AWS CLI', 'aws', ['--version']))) return
  const aws = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    run('aws', [...args, '--output', 'json'], { ...environment(), ...more })
  const created = await aws(['iam', 'create-user', '--user-name', 'cli', '--tags', 'Key=Team,Value=red'])
  assert.equal(created.code, 0, created.stderr)
  assert.equal(JSON.parse(created.stdout).User.Arn, `arn:aws:iam::${account}:user/cli`)
  const twice = await aws(['iam', 'create-user', '--user-name', 'cli'])
  assert.notEqual(twice.code, 0)
  assert.match(
    twice.stderr,
    /An error occurred \(EntityAlreadyExists\) when calling the CreateUser operation: User with name cli already exists\./,
  )
  const key = JSON.parse((await aws(['iam', 'create-access-key', '--user-name', 'cli'])).stdout).AccessKey
  const own = { AWS_ACCESS_KEY_ID: key.AccessKeyId, AWS_SECRET_ACCESS_KEY: key.SecretAccessKey }
  const listed = await aws(['iam', 'list-users'], own)
  assert.match(
    listed.stderr,
    /An error occurred \(AccessDenied\) when calling the ListUsers operation: User: arn:aws:iam::000000000000:user\/cli is not authorized to perform: iam:ListUsers/,
  )
  const { Role } = await scene.iam().createRole({ RoleName: 'cli', AssumeRolePolicyDocument: trust(`arn:aws:iam::${account}:user/cli`) })
  await scene.iam().putRolePolicy({ RoleName: 'cli', PolicyName: 'own', PolicyDocument: policy(allow('iam:ListUsers')) })
  const assumed = await aws(['sts', 'assume-role', '--role-arn', Role!.Arn!, '--role-session-name', 'visit'], own)
  const { Credentials } = JSON.parse(assumed.stdout)
  const session = {
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  }
  assert.deepEqual(
    JSON.parse((await aws(['iam', 'list-users', '--page-size', '1'], session)).stdout).Users.map(
      ({ UserName }: { UserName: string }) => UserName,
    ),
    ['cli'],
  )
})

const story = `
import json
import boto3
from botocore.exceptions import ClientError

def refused(call):
    try:
        call()
    except ClientError as error:
        return [error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode'], error.response['Error']['Message']]
    return ['went through']

iam = boto3.client('iam')
iam.create_user(UserName='boto', Path='/py/')
key = iam.create_access_key(UserName='boto')['AccessKey']
own = boto3.Session(aws_access_key_id=key['AccessKeyId'], aws_secret_access_key=key['SecretAccessKey'])
trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::${account}:user/py/boto'}, 'Action': 'sts:AssumeRole'}]}
role = iam.create_role(RoleName='boto', AssumeRolePolicyDocument=json.dumps(trust))['Role']
iam.get_waiter('role_exists').wait(RoleName='boto')
iam.put_role_policy(RoleName='boto', PolicyName='own', PolicyDocument=json.dumps({'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Action': 'iam:ListUsers', 'Resource': '*'}]}))
made = own.client('sts').assume_role(RoleArn=role['Arn'], RoleSessionName='visit')['Credentials']
session = boto3.Session(aws_access_key_id=made['AccessKeyId'], aws_secret_access_key=made['SecretAccessKey'], aws_session_token=made['SessionToken'])
pages = session.client('iam').get_paginator('list_users').paginate(PathPrefix='/py/', PaginationConfig={'PageSize': 1})
print(json.dumps({
    'denied': refused(own.client('iam').list_users),
    'missing': refused(lambda: iam.get_user(UserName='nobody')),
    'invalid': refused(lambda: iam.create_user(UserName='a b')),
    'notYet': refused(iam.get_account_password_policy),
    'users': [user['UserName'] for page in pages for user in page['Users']],
    'trust': role['AssumeRolePolicyDocument'] == trust and iam.get_role(RoleName='boto')['Role']['AssumeRolePolicyDocument'] == trust,
    'who': session.client('sts').get_caller_identity()['Arn'],
}))
`

test('[item 10] boto3 tells the same story, with its paginator and waiter, and documents read as they were written', async (t) => {
  if (!(await needs(t, 'boto3', 'python3', ['-c', 'import boto3']))) return
  const ran = await run('python3', ['-'], environment(), story)
  assert.equal(ran.code, 0, ran.stderr)
  const told = JSON.parse(ran.stdout)
  assert.deepEqual(told.denied, [
    'AccessDenied',
    403,
    `User: arn:aws:iam::${account}:user/py/boto is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${account}:user/ because no identity-based policy allows the iam:ListUsers action`,
  ])
  assert.deepEqual(told.missing, ['NoSuchEntity', 404, 'The user with name nobody cannot be found.'])
  assert.deepEqual(told.invalid.slice(0, 2), ['ValidationError', 400])
  assert.deepEqual(told.users, ['boto'])
  assert.equal(told.trust, true)
  assert.equal(told.who, `arn:aws:sts::${account}:assumed-role/boto/visit`)
  const known = ['NotImplemented', 'NoSuchEntity']
  assert.ok(known.includes(told.notYet[0]), `an account without a password policy has none to show: ${told.notYet}`)
})
