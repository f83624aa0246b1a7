/** What acquiring a role comes to: nothing but its reading, when the account has it from this template; else what makes it, in steps. */
import { isDeepStrictEqual } from 'node:util'
import { type iam, loadService } from '@bailiwick/model'
import { type RoleTemplate, roleTemplates } from '@bailiwick/model/role-templates'
import { validationMessage, violations } from '@bailiwick/wire'
import type { AccountReader } from '../../pipeline/account-store.js'
import { fail } from '../../pipeline/api-error.js'
import type { AlsoRequired, ContextKeys, Look, WriteCall } from '../../pipeline/operation.js'
import { attach } from '../families/attachments.js'
import { putInlinePolicy } from '../families/inline-policies.js'
import { arnOf, existingWithBoundary } from '../noun.js'
import { attachments, inlinePolicies, type RoleRecord, type RoleSource, roles } from '../records.js'
import { makeRole, roleNoun } from '../roles/roles.js'
import { Fault, parametersOf, type RenderedRole, render } from './render.js'

/** What one acquisition would make, and what stands in its place. */
export interface Plan extends RenderedRole {
  readonly source: RoleSource
  /** The role that has the name now. */
  readonly existing: RoleRecord | undefined
}

/** The template of that ARN; undefined when there is none, or none of that minor version. Without one it is the newest. */
export function templateVersion(arn: string, minorVersion: number | undefined): RoleTemplate | undefined {
  const found = roleTemplates().get(arn)
  return found !== undefined && (minorVersion ?? found.MinorVersion) === found.MinorVersion ? found : undefined
}

/** What the request comes to. A fault is told after authorization, so that who may not read the template learns nothing of it. */
export async function planned(input: iam.AcquireRoleRequest, tx: AccountReader): Promise<Plan | Fault> {
  const { TemplateArn, TemplateMinorVersion, ReplacementValues = {} } = input
  const template = templateVersion(TemplateArn, TemplateMinorVersion)
  if (template === undefined) return new Fault('NoSuchEntity', `Role template not found in repository: ${TemplateArn}`)
  const parameters = parametersOf(template, ReplacementValues)
  if (parameters instanceof Fault) return parameters
  const rendered = render(template, parameters)
  if (rendered instanceof Fault) return rendered
  const forbidden = await forbiddenIn(rendered)
  if (forbidden !== undefined) return new Fault('ValidationError', forbidden)
  return {
    ...rendered,
    source: { templateArn: TemplateArn, minorVersion: template.MinorVersion, parameters },
    existing: await tx.find(roles, 'name', rendered.role.RoleName),
  }
}

/** What the model forbids to the calls that the steps stand for. */
async function forbiddenIn({ role, inlinePolicies }: RenderedRole): Promise<string | undefined> {
  const model = await loadService('iam')
  const { RoleName } = role
  const calls = [['CreateRole', role], ...inlinePolicies.map((policy) => ['PutRolePolicy', { RoleName, ...policy }] as const)] as const
  for (const [operation, input] of calls) {
    const found = violations(model, operation, input as never)
    if (found.length > 0) return validationMessage(model, found)
  }
  return undefined
}

/** The rights that the steps need. Conditions see the template, which they never do of a call that makes such steps itself. */
export async function stepsOf({ source, existing: found, role, policyArns, inlinePolicies }: Plan, look: Look): Promise<AlsoRequired[]> {
  const template: ContextKeys = { 'iam:RoleTemplateARN': source.templateArn }
  const { accountId } = look.tx
  if (found !== undefined)
    return [{ action: 'iam:GetRole', resource: await existingWithBoundary(roleNoun, found.name, look), context: template }]
  const { Path = '/', RoleName } = role
  const resource = { arn: arnOf(roleNoun, look.tx, { path: Path, name: RoleName }), accountId }
  // A role that is not there yet is called by the end of its ARN, as recorded of AttachRolePolicy.
  const coming = { ...resource, called: `role${Path}${RoleName}` }
  return [
    { action: 'iam:CreateRole', resource, context: template },
    ...policyArns.map((arn) => ({ action: 'iam:AttachRolePolicy', resource: coming, context: { ...template, 'iam:PolicyARN': arn } })),
    ...inlinePolicies.map(() => ({ action: 'iam:PutRolePolicy', resource: coming, context: template })),
  ]
}

/** Makes the role in the steps that `stepsOf` named. Fails as CreateRole, AttachRolePolicy and PutRolePolicy do; then nothing is kept. */
export async function make({ role, policyArns, inlinePolicies, source }: Plan, call: WriteCall<never>): Promise<RoleRecord> {
  const step = { ...call, fail }
  const made = await makeRole(role, step, { source })
  for (const arn of policyArns) await attach(roleNoun, made, arn, step)
  for (const policy of inlinePolicies) await putInlinePolicy(roleNoun, made, policy, step)
  return made
}

type Refusal = (code: 'NameConflict' | 'RoleModified', message: string) => never

/** Refuses a role that does not come from this template with these parameters, or is no longer what it was made as. */
export async function checkReusable(found: RoleRecord, plan: Plan, tx: AccountReader, fail: Refusal): Promise<void> {
  if (found.source?.templateArn !== plan.source.templateArn) {
    fail(
      'NameConflict',
      'A role with this name already exists in the account but was not created from this template. Choose a different role name, or remove the existing role if it is no longer needed.',
    )
  }
  if (!isDeepStrictEqual(found.source, plan.source)) {
    fail(
      'NameConflict',
      'A role with this name exists but was created with different parameters. Pass a unique roleName to create a new role.',
    )
  }
  if (!(await isAsMade(found, plan, tx))) {
    fail('RoleModified', `Role ${found.name} has been modified since it was created and is no longer managed.`)
  }
}

/** Description and session duration may change; what the role may do, who may assume it, its tags and its boundary may not. */
async function isAsMade(found: RoleRecord, plan: Plan, tx: AccountReader): Promise<boolean> {
  const attached = (await tx.all(attachments, 'owner', found.id)).map(({ policyArn }) => policyArn)
  const inline = (await tx.all(inlinePolicies, 'owner', found.id)).map(({ name, text }) => [name, text] as const)
  const wanted = plan.inlinePolicies.map(({ PolicyName, PolicyDocument }) => [PolicyName, PolicyDocument] as const)
  return (
    found.tags.length === 0 &&
    found.boundaryArn === undefined &&
    meaning(found.trust.text) === meaning(plan.role.AssumeRolePolicyDocument) &&
    isDeepStrictEqual(new Set(attached), new Set(plan.policyArns)) &&
    isDeepStrictEqual(new Map(inline.map(inMeaning)), new Map(wanted.map(inMeaning)))
  )
}

const inMeaning = ([name, text]: readonly [string, string]): [string, string] => [name, meaning(text)]

/** The same for documents that differ in white space, in order, or in a list of one for its item. */
const meaning = (document: string): string => canonical(JSON.parse(document))

function canonical(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? canonical(value[0]) : `[${value.map(canonical).sort().join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`)
    .sort()
    .join()}}`
}
