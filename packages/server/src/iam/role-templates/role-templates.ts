/**
 * Role templates: roles ready to be acquired, made by AWS services. AWS publishes none of them, and no call makes one, so that every
 * template that is named is one that does not exist.
 */
import type { IamOperations, iam } from '@bailiwick/model'
import type { Access, Operation, Rows } from '../../pipeline/operation.js'
import { onAccount } from '../noun.js'

const missing = (arn: string): string => `The role template ${arn} cannot be found.`

const onTemplate: Access<Pick<iam.GetRoleTemplateVersionRequest, 'TemplateArn'>> = {
  resource: async ({ TemplateArn }, { tx }) => ({
    arn: TemplateArn,
    accountId: /^arn:[^:]+:iam::(\d{12}):./.exec(TemplateArn)?.[1] ?? tx.accountId,
  }),
}

const isTemplate = (arn: string): boolean => /^arn:aws:iam::(?:\d{12}|aws):role-template\/./.test(arn)

const getVersion: Operation<IamOperations['GetRoleTemplateVersion']> = {
  mode: 'read',
  access: onTemplate,
  shows: { input: ['TemplateArn', 'MinorVersion'] },
  async run({ TemplateArn }, { fail }) {
    if (!isTemplate(TemplateArn)) fail('InvalidInput', `${TemplateArn} is not the ARN of a role template.`)
    return fail('NoSuchEntity', missing(TemplateArn))
  },
}

const acquire: Operation<IamOperations['AcquireRole']> = {
  mode: 'write',
  access: onAccount,
  shows: { input: ['TemplateArn', 'TemplateMinorVersion'], output: ['Role'] },
  async run({ TemplateArn }, { fail }) {
    if (!isTemplate(TemplateArn)) fail('InvalidInput', `${TemplateArn} is not the ARN of a role template.`)
    return fail('NoSuchEntity', missing(TemplateArn))
  },
}

export const roleTemplateRows = { GetRoleTemplateVersion: getVersion, AcquireRole: acquire } satisfies Partial<Rows<IamOperations>>
