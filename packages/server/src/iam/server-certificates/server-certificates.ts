/** Server certificates: uploaded with their private key, which is never shown again; shown, renamed, tagged, deleted. */
import { type IamOperations, type iam, makeId } from '@bailiwick/model'
import type { AccountReader } from '../../pipeline/account-store.js'
import type { Access, Operation, Rows } from '../../pipeline/operation.js'
import { expiryOf } from '../certificate-text.js'
import { tagging } from '../families/tagging.js'
import { arnOf, existing, type Noun, onAll, onNew, the } from '../noun.js'
import { page, underPath } from '../paging.js'
import { checkQuota } from '../quota.js'
import { type ServerCertificateRecord, serverCertificates } from '../records.js'
import { newTags, shownTags } from '../tags.js'
import { checkedCertificate } from './checked-certificate.js'

export const serverCertificateNoun: Noun<ServerCertificateRecord> & { noun: 'ServerCertificate' } = {
  noun: 'ServerCertificate',
  type: 'server-certificate',
  word: 'server certificate',
  table: serverCertificates,
  missing: (name) => `The Server Certificate with name ${name} cannot be found.`,
  exists: (name) => `The Server Certificate with name ${name} already exists.`,
}

type Op<Name extends keyof IamOperations> = Operation<IamOperations[Name]>

/** Denials call it by its ARN. */
const theCertificate: Access<{ readonly ServerCertificateName: string }> = {
  async resource({ ServerCertificateName }, look) {
    const { called: _, ...resource } = await existing(serverCertificateNoun, ServerCertificateName, look)
    return resource
  },
}

const metadata = (tx: AccountReader, certificate: ServerCertificateRecord): iam.ServerCertificateMetadata => ({
  Path: certificate.path,
  ServerCertificateName: certificate.name,
  ServerCertificateId: certificate.id,
  Arn: arnOf(serverCertificateNoun, tx, certificate),
  UploadDate: new Date(certificate.createdAt),
  Expiration: new Date(certificate.expiresAt),
})

const uploadServerCertificate: Op<'UploadServerCertificate'> = {
  mode: 'write',
  access: onNew(serverCertificateNoun, ({ ServerCertificateName }) => ServerCertificateName),
  shows: { input: ['ServerCertificateName', 'Path', 'CertificateBody', 'CertificateChain', 'Tags'], output: ['ServerCertificateMetadata'] },
  async prepare(input, { tx: before, now, fail, surroundings }) {
    const { ServerCertificateName: name, Path: path = '/', CertificateBody: body, CertificateChain: chain, PrivateKey: privateKey } = input
    const tags = await newTags(before, input.Tags, fail)
    const expiresAt = expiryOf(checkedCertificate(input, now, fail))
    return async ({ tx }) => {
      if (await tx.find(serverCertificates, 'name', name)) fail('EntityAlreadyExists', serverCertificateNoun.exists(name))
      await checkQuota(tx, 'ServerCertificatesPerAccount', await tx.count(serverCertificates), fail)
      const id = makeId('serverCertificate', tx.accountId, surroundings.randomBytes(20))
      const certificate = { id, name, path, createdAt: now, tags, body, ...(chain !== undefined && { chain }), privateKey, expiresAt }
      await tx.add(serverCertificates, certificate)
      return { ServerCertificateMetadata: metadata(tx, certificate), ...shownTags(tags) }
    }
  },
}

/** Always with tags, were there none. */
const getServerCertificate: Op<'GetServerCertificate'> = {
  mode: 'read',
  access: theCertificate,
  shows: { input: ['ServerCertificateName'] },
  async run({ ServerCertificateName }, { tx, fail }) {
    const certificate = await the(serverCertificateNoun, tx, ServerCertificateName, fail)
    const { body, chain, tags } = certificate
    return {
      ServerCertificate: {
        ServerCertificateMetadata: metadata(tx, certificate),
        CertificateBody: body.trimEnd(),
        ...(chain !== undefined && { CertificateChain: chain }),
        Tags: tags,
      },
    }
  },
}

const listServerCertificates: Op<'ListServerCertificates'> = {
  mode: 'read',
  access: onAll('server-certificate'),
  shows: { input: ['PathPrefix', 'Marker', 'MaxItems'] },
  async run(input, { tx, fail }) {
    const { items, answer } = await page(tx, serverCertificates, 'name', input, fail, { keep: underPath(input.PathPrefix) })
    return { ServerCertificateMetadataList: items.map((certificate) => metadata(tx, certificate)), ...answer }
  },
}

/** Renaming needs the right on the certificate as it is and as it will be. */
const updateServerCertificate: Op<'UpdateServerCertificate'> = {
  mode: 'write',
  access: {
    ...theCertificate,
    async alsoRequires({ ServerCertificateName, NewServerCertificateName, NewPath }, { tx }) {
      if (NewServerCertificateName === undefined && NewPath === undefined) return []
      const found = await tx.find(serverCertificates, 'name', ServerCertificateName)
      const renamed = { name: NewServerCertificateName ?? found?.name ?? ServerCertificateName, path: NewPath ?? found?.path ?? '/' }
      return [
        { action: 'iam:UpdateServerCertificate', resource: { arn: arnOf(serverCertificateNoun, tx, renamed), accountId: tx.accountId } },
      ]
    },
  },
  shows: { input: ['ServerCertificateName', 'NewServerCertificateName', 'NewPath'] },
  async run({ ServerCertificateName, NewServerCertificateName, NewPath }, { tx, fail }) {
    const certificate = await the(serverCertificateNoun, tx, ServerCertificateName, fail)
    if (NewServerCertificateName !== undefined) {
      const other = await tx.find(serverCertificates, 'name', NewServerCertificateName)
      if (other !== undefined && other.id !== certificate.id)
        fail('EntityAlreadyExists', serverCertificateNoun.exists(NewServerCertificateName))
    }
    await tx.put(serverCertificates, {
      ...certificate,
      ...(NewServerCertificateName !== undefined && { name: NewServerCertificateName }),
      ...(NewPath !== undefined && { path: NewPath }),
    })
    return {}
  },
}

const deleteServerCertificate: Op<'DeleteServerCertificate'> = {
  mode: 'write',
  access: theCertificate,
  shows: { input: ['ServerCertificateName'] },
  async run({ ServerCertificateName }, { tx, fail }) {
    const { id } = await the(serverCertificateNoun, tx, ServerCertificateName, fail)
    await tx.delete(serverCertificates, id)
    return {}
  },
}

export const serverCertificateRows = {
  UploadServerCertificate: uploadServerCertificate,
  GetServerCertificate: getServerCertificate,
  ListServerCertificates: listServerCertificates,
  UpdateServerCertificate: updateServerCertificate,
  DeleteServerCertificate: deleteServerCertificate,
  ...tagging(serverCertificateNoun, 'ServerCertificateName', theCertificate, ({ ServerCertificateName }, tx, fail) =>
    the(serverCertificateNoun, tx, ServerCertificateName, fail),
  ),
} satisfies Partial<Rows<IamOperations>>
