import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { IAM } from '@aws-sdk/client-iam'
import { accountId, InProcess, refused } from '../in-process.test.support.js'

let here: InProcess
before(async () => {
  here = await InProcess.start()
})
after(() => here.server.close())

const SerialNumber = `arn:aws:iam::${accountId}:mfa/absent`
const keySerial = `arn:aws:iam::${accountId}:u2f/root-account/absent`
const AccessKeyId = 'AKIAAAAAAAAAAAAAAAAA'
const CertificateId = 'A'.repeat(24)
const ServiceSpecificCredentialId = `ACCA${'A'.repeat(17)}`

/** The calls that are about the caller's own when they name nobody (iam-behaviour §8), with what each says of what a new user has not. */
const callsOnOneself: Readonly<Record<string, readonly [(iam: IAM) => Promise<unknown>, string | RegExp]>> = {
  ListAccessKeys: [(iam) => iam.listAccessKeys({}), 'done'],
  UpdateAccessKey: [(iam) => iam.updateAccessKey({ AccessKeyId, Status: 'Inactive' }), /^NoSuchEntity The Access Key/],
  DeleteAccessKey: [(iam) => iam.deleteAccessKey({ AccessKeyId }), /^NoSuchEntity The Access Key/],
  CreateLoginProfile: [(iam) => iam.createLoginProfile({ Password: 'short' }), /^PasswordPolicyViolation /],
  GetLoginProfile: [(iam) => iam.getLoginProfile({}), 'NoSuchEntity Login Profile for User own cannot be found.'],
  DeleteLoginProfile: [(iam) => iam.deleteLoginProfile({}), 'NoSuchEntity Login Profile for User own cannot be found.'],
  ListMFADevices: [(iam) => iam.listMFADevices({}), 'done'],
  GetMFADevice: [(iam) => iam.getMFADevice({ SerialNumber: keySerial }), /^NoSuchEntity MFA Device /],
  DeactivateMFADevice: [(iam) => iam.deactivateMFADevice({ SerialNumber }), /^NoSuchEntity MFA Device /],
  ListSSHPublicKeys: [(iam) => iam.listSSHPublicKeys({}), 'done'],
  ListSigningCertificates: [(iam) => iam.listSigningCertificates({}), 'done'],
  UploadSigningCertificate: [(iam) => iam.uploadSigningCertificate({ CertificateBody: 'none' }), /^MalformedCertificate /],
  UpdateSigningCertificate: [
    (iam) => iam.updateSigningCertificate({ CertificateId, Status: 'Inactive' }),
    /^NoSuchEntity The Certificate with id/,
  ],
  DeleteSigningCertificate: [(iam) => iam.deleteSigningCertificate({ CertificateId }), /^NoSuchEntity The Certificate with id/],
  ListServiceSpecificCredentials: [(iam) => iam.listServiceSpecificCredentials({}), 'done'],
  ResetServiceSpecificCredential: [
    (iam) => iam.resetServiceSpecificCredential({ ServiceSpecificCredentialId }),
    /^NoSuchEntity No such credential/,
  ],
  UpdateServiceSpecificCredential: [
    (iam) => iam.updateServiceSpecificCredential({ ServiceSpecificCredentialId, Status: 'Active' }),
    /^NoSuchEntity No such credential/,
  ],
  DeleteServiceSpecificCredential: [
    (iam) => iam.deleteServiceSpecificCredential({ ServiceSpecificCredentialId }),
    /^NoSuchEntity No such credential/,
  ],
  GetUser: [(iam) => iam.getUser({}), 'done'],
  ChangePassword: [
    (iam) => iam.changePassword({ OldPassword: 'none-at-all', NewPassword: 'none-at-all' }),
    'NoSuchEntity Login Profile for User own cannot be found.',
  ],
  CreateAccessKey: [(iam) => iam.createAccessKey({}), 'done'],
}

test('[item 5] calls that name nobody are about the calling user; a session of a role has to name somebody', async () => {
  const root = here.iam()
  const everything = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] })
  await root.createUser({ UserName: 'own' })
  await root.putUserPolicy({ UserName: 'own', PolicyName: 'all', PolicyDocument: everything })
  const { AccessKey } = await root.createAccessKey({ UserName: 'own' })
  const key = { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! }
  const trusted = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: `arn:aws:iam::${accountId}:user/own` } }
  const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trusted] })
  const { Role } = await root.createRole({ RoleName: 'worn', AssumeRolePolicyDocument })
  await root.putRolePolicy({ RoleName: 'worn', PolicyName: 'all', PolicyDocument: everything })
  const { Credentials } = await here.sts(key).assumeRole({ RoleArn: Role!.Arn!, RoleSessionName: 'session' })
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials!
  const session = here.iam({ accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken: sessionToken! })
  for (const [operation, [call, ofUser]] of Object.entries(callsOnOneself)) {
    const outcome = await call(here.iam(key)).then(
      () => 'done',
      (error) => refused(Promise.reject(error)),
    )
    if (typeof ofUser === 'string') assert.equal(outcome, ofUser, operation)
    else assert.match(outcome, ofUser, operation)
    assert.equal(
      await refused(call(session)),
      operation === 'ChangePassword'
        ? 'InvalidUserType Only IAM Users can change their own password.'
        : 'ValidationError Must specify userName when calling with non-User credentials',
      operation,
    )
  }
})
