/** Signing certificates of users and of account roots: uploaded, listed, switched off and on, deleted. */
import { createHash } from 'node:crypto'
import type { IamOperations, iam } from '@bailiwick/model'
import { base32 } from '../../credentials/base32.js'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Operation, Rows } from '../../pipeline/operation.js'
import { beginOf, expiryOf, readCertificate } from '../certificate-text.js'
import { named, type Owner, ownerOf } from '../credential-owner.js'
import { pageOf } from '../paging.js'
import { checkQuota } from '../quota.js'
import { type SigningCertificateRecord, signingCertificates } from '../records.js'
import { theUserOrCaller } from '../users/users.js'

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>
type Fail = (code: 'NoSuchEntity', message: string) => never

async function theCertificate(tx: AccountReader, owner: Owner, id: string, fail: Fail): Promise<SigningCertificateRecord> {
  const found = await tx.get(signingCertificates, id)
  return found?.ownerId === owner.id ? found : fail('NoSuchEntity', `The Certificate with id ${id} cannot be found.`)
}

const shown = (owner: Owner, { id, body, status, createdAt }: SigningCertificateRecord): iam.SigningCertificate => ({
  ...named(owner),
  CertificateId: id,
  CertificateBody: body,
  Status: status,
  UploadDate: new Date(createdAt),
})

const uploadSigningCertificate: Op<'UploadSigningCertificate'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'CertificateBody'], output: ['Certificate'] },
  async run({ UserName, CertificateBody }, { tx, caller, now, fail }) {
    const owner = await ownerOf(tx, caller, UserName, fail)
    const malformed = `Certificate ${CertificateBody} is malformed.`
    const certificate = readCertificate(CertificateBody) ?? fail('MalformedCertificate', malformed)
    if (now >= expiryOf(certificate)) fail('MalformedCertificate', malformed)
    if (now < beginOf(certificate)) fail('InvalidCertificate', 'The certificate is not valid yet.')
    const fingerprint = certificate.fingerprint256
    const same = await tx.find(signingCertificates, 'fingerprint', fingerprint)
    if (same !== undefined && same.ownerId !== owner.id) fail('DuplicateCertificate', 'Duplicate certificate uploaded.')
    // The same one again changes nothing, and is said to be active even if it stays switched off.
    if (same !== undefined) return { Certificate: shown(owner, { ...same, status: 'Active' }) }
    await checkQuota(tx, 'CertificatesPerUser', (await tx.all(signingCertificates, 'owner', owner.id)).length, fail)
    const record: SigningCertificateRecord = {
      id: base32(createHash('sha1').update(certificate.raw).digest()),
      ownerId: owner.id,
      body: CertificateBody,
      fingerprint,
      status: 'Active',
      createdAt: now,
    }
    await tx.add(signingCertificates, record)
    return { Certificate: shown(owner, record) }
  },
}

const listSigningCertificates: Op<'ListSigningCertificates'> = {
  mode: 'read',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'Marker', 'MaxItems'] },
  async run(input, { tx, caller, fail }) {
    const owner = await ownerOf(tx, caller, input.UserName, fail)
    const { items, answer } = pageOf(await tx.all(signingCertificates, 'owner', owner.id), ({ id }) => id, input, fail)
    return { Certificates: items.map((certificate) => shown(owner, certificate)), ...answer }
  },
}

const updateSigningCertificate: Op<'UpdateSigningCertificate'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'CertificateId', 'Status'] },
  async run({ UserName, CertificateId, Status }, { tx, caller, fail }) {
    const certificate = await theCertificate(tx, await ownerOf(tx, caller, UserName, fail), CertificateId, fail)
    if (Status === 'Expired') return fail('InvalidInput', 'Operation does not support status Expired')
    await tx.put(signingCertificates, { ...certificate, status: Status })
    return {}
  },
}

const deleteSigningCertificate: Op<'DeleteSigningCertificate'> = {
  mode: 'write',
  access: theUserOrCaller,
  shows: { input: ['UserName', 'CertificateId'] },
  async run({ UserName, CertificateId }, { tx, caller, fail }) {
    const { id } = await theCertificate(tx, await ownerOf(tx, caller, UserName, fail), CertificateId, fail)
    await tx.delete(signingCertificates, id)
    return {}
  },
}

export const signingCertificateRows = {
  UploadSigningCertificate: uploadSigningCertificate,
  ListSigningCertificates: listSigningCertificates,
  UpdateSigningCertificate: updateSigningCertificate,
  DeleteSigningCertificate: deleteSigningCertificate,
} satisfies Partial<Rows<IamOperations>>
