/**
 * AWS's role templates: roles ready to be acquired, in the one version of each that AWS has. Documents are JSON as text, with `@{Name}`
 * where a parameter goes, and `@Enabled` naming the parameter that switches a statement on. Read when first asked for. Node only.
 */
import { readFileSync } from 'node:fs'
import type { RoleTemplateVersion } from '../generated/iam.js'

type Always =
  | 'TemplateArn'
  | 'MinorVersion'
  | 'RoleNamePattern'
  | 'RoleDescriptionPattern'
  | 'AssumeRolePolicyDocumentTemplate'
  | 'ParametersDefinition'
  | 'MaxSessionDuration'

export type RoleTemplate = RoleTemplateVersion & Required<Pick<RoleTemplateVersion, Always>>

/** As the file has it: documents are JSON, times are text. */
interface Source extends Omit<RoleTemplate, 'InlinePolicyTemplates' | 'CreateTimestamp' | 'UpdateTimestamp'> {
  readonly InlinePolicyTemplates?: readonly { readonly PolicyName: string; readonly PolicyDocument: object }[]
  readonly CreateTimestamp: string
  readonly UpdateTimestamp: string
}

let read: ReadonlyMap<string, RoleTemplate> | undefined

/** By ARN. */
export function roleTemplates(): ReadonlyMap<string, RoleTemplate> {
  if (read === undefined) {
    const text = readFileSync(new URL('../../data/role-templates.json', import.meta.url), 'utf8')
    const { templates } = JSON.parse(text) as { readonly templates: readonly Source[] }
    read = new Map(templates.map((source) => [source.TemplateArn, template(source)]))
  }
  return read
}

const template = ({ InlinePolicyTemplates, ...source }: Source): RoleTemplate => ({
  ...source,
  AssumeRolePolicyDocumentTemplate: JSON.stringify(source.AssumeRolePolicyDocumentTemplate),
  ...(InlinePolicyTemplates && {
    InlinePolicyTemplates: InlinePolicyTemplates.map(({ PolicyName, PolicyDocument }) => ({
      PolicyName,
      PolicyDocument: JSON.stringify(PolicyDocument),
    })),
  }),
  CreateTimestamp: new Date(source.CreateTimestamp),
  UpdateTimestamp: new Date(source.UpdateTimestamp),
})
