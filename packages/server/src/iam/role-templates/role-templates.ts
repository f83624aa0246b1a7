/** Role templates of AWS: read, and acquired, which makes the role that a template describes or finds it made. */
import type { IamOperations, iam } from '@bailiwick/model'
import type { Access, Operation, Rows } from '../../pipeline/operation.js'
import { basicRole } from '../roles/roles.js'
import { checkReusable, make, planned, stepsOf, templateVersion } from './acquisition.js'
import { Fault } from './render.js'

/** The account of AWS that conditions see as the owner of its templates. */
const awsAccount = '639982225848'

/** A template of AWS may be read by whoever his own policies allow it. `word` is how a denial calls it. */
const onTemplate = (word: string): Access<Pick<iam.GetRoleTemplateVersionRequest, 'TemplateArn'>> => ({
  async resource({ TemplateArn }, { tx }) {
    const owner = /^arn:aws:iam::(\d{12}|aws):role-template\//.exec(TemplateArn)?.[1] ?? tx.accountId
    return {
      arn: TemplateArn,
      called: `${word} ${TemplateArn}`,
      ...(owner === 'aws' ? { accountId: tx.accountId, context: { 'aws:ResourceAccount': awsAccount } } : { accountId: owner }),
    }
  },
})

const isTemplate = (arn: string): boolean => /^arn:aws:iam::(?:\d{12}|aws):role-template\/./.test(arn)
const noTemplate = (arn: string): string => `${arn} is not the ARN of a role template.`

const getVersion: Operation<IamOperations['GetRoleTemplateVersion']> = {
  mode: 'read',
  access: onTemplate('role-template'),
  shows: { input: ['TemplateArn', 'MinorVersion'] },
  async run({ TemplateArn, MinorVersion }, { fail }) {
    if (!isTemplate(TemplateArn)) fail('InvalidInput', noTemplate(TemplateArn))
    const found = templateVersion(TemplateArn, MinorVersion) ?? fail('NoSuchEntity', `Role Template ${TemplateArn} cannot be found.`)
    return { RoleTemplateVersion: found }
  },
}

const acquire: Operation<IamOperations['AcquireRole']> = {
  mode: 'write',
  access: {
    action: 'iam:GetRoleTemplateVersion',
    ...onTemplate('role template'),
    async alsoRequires(input, look) {
      const plan = await planned(input, look.tx)
      return plan instanceof Fault ? [] : stepsOf(plan, look)
    },
  },
  shows: { input: ['TemplateArn', 'TemplateMinorVersion', 'ReplacementValues'], output: ['Role'] },
  async run(input, call) {
    const { tx, fail } = call
    if (!isTemplate(input.TemplateArn)) fail('InvalidInput', noTemplate(input.TemplateArn))
    const plan = await planned(input, tx)
    if (plan instanceof Fault) return fail(plan.code, plan.message)
    const found = plan.existing
    if (found !== undefined) await checkReusable(found, plan, tx, fail)
    return { Role: await basicRole(tx, found ?? (await make(plan, call))) }
  },
}

export const roleTemplateRows = { GetRoleTemplateVersion: getVersion, AcquireRole: acquire } satisfies Partial<Rows<IamOperations>>
