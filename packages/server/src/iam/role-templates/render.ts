/** A role template with its parameters filled in: what it makes, or what is wrong with the parameters, in AWS's words of September 2026. */
import type { iam } from '@bailiwick/model'
import type { RoleTemplate } from '@bailiwick/model/role-templates'

/** By name: those that were given, and for the others their defaults. */
export type TemplateParameters = Readonly<Record<string, string | readonly string[]>>

/** Inputs of the calls that a filled template stands for. */
export interface RenderedRole {
  readonly role: iam.CreateRoleRequest
  readonly policyArns: readonly string[]
  readonly inlinePolicies: readonly iam.InlinePolicy[]
}

/** Why a role cannot be acquired so. */
export class Fault {
  constructor(
    readonly code: 'InvalidInput' | 'ValidationError' | 'NoSuchEntity',
    readonly message: string,
  ) {}
}

export type Given = NonNullable<iam.AcquireRoleRequest['ReplacementValues']>

/** What is used for each parameter; a required one that no one gives is missed only where it would be used. */
export function parametersOf({ ParametersDefinition }: RoleTemplate, given: Given): TemplateParameters | Fault {
  const known = new Set(ParametersDefinition.map(({ Name }) => Name))
  const unknown = Object.keys(given).find((name) => !known.has(name))
  if (unknown !== undefined) return notRendered(`Unrecognized parameter: ${unknown}`)
  const parameters: Record<string, string | readonly string[]> = {}
  for (const { Name, Type, DefaultValue } of ParametersDefinition) {
    const values = Object.hasOwn(given, Name) ? given[Name]!.Values : DefaultValue === undefined ? undefined : [DefaultValue]
    if (values === undefined) continue
    if (Type !== 'StringList' && values.length !== 1) {
      return new Fault('ValidationError', `${Name} replacement value must contain exactly one value, got ${values.length}`)
    }
    parameters[Name] = Type === 'StringList' ? values : values[0]!
  }
  return parameters
}

const notRendered = (why: string): Fault => new Fault('InvalidInput', `Failed to render template: ${why}`)

/** Fills the template. A fault names the first parameter that is used and has no value. */
export function render(template: RoleTemplate, parameters: TemplateParameters): RenderedRole | Fault {
  const filling = new Filling(parameters)
  const rendered: RenderedRole = {
    role: {
      RoleName: filling.text(template.RoleNamePattern),
      ...(template.RolePathPattern !== undefined && { Path: filling.text(template.RolePathPattern) }),
      Description: filling.text(template.RoleDescriptionPattern),
      AssumeRolePolicyDocument: JSON.stringify(filling.document(template.AssumeRolePolicyDocumentTemplate)),
      MaxSessionDuration: template.MaxSessionDuration,
    },
    policyArns: template.ManagedPolicyArns ?? [],
    inlinePolicies: (template.InlinePolicyTemplates ?? []).flatMap(({ PolicyName, PolicyDocument }) => {
      const document = filling.document(PolicyDocument)
      return document.Statement.length === 0 ? [] : [{ PolicyName, PolicyDocument: JSON.stringify(document) }]
    }),
  }
  const [missing] = filling.missing
  return missing === undefined ? rendered : notRendered(`Parameter '${missing}' not found.`)
}

interface Document {
  readonly Statement: readonly object[]
}

class Filling {
  readonly missing: string[] = []
  constructor(private readonly parameters: TemplateParameters) {}

  document(text: string): Document {
    const document = JSON.parse(text) as Document
    return { ...document, Statement: document.Statement.flatMap((statement) => this.statement(statement)) }
  }

  /** One that is switched off is gone, and so is its need for parameters. */
  private statement({ '@Enabled': enabledBy, ...statement }: { readonly '@Enabled'?: string }): object[] {
    if (enabledBy !== undefined && this.value(enabledBy).toLowerCase() !== 'true') return []
    return [this.parts(statement)]
  }

  private filled(value: unknown): unknown {
    if (typeof value === 'string') return this.listAt(value) ?? this.text(value)
    if (Array.isArray(value)) return value.map((item) => this.filled(item))
    return this.parts(value as object)
  }

  private parts(value: object): object {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, this.filled(part)]))
  }

  /** A list takes the place of a text that is nothing but its parameter. */
  private listAt(text: string): readonly string[] | undefined {
    const found = this.parameters[/^@\{(\w+)\}$/.exec(text)?.[1] ?? '']
    return typeof found === 'string' ? undefined : found
  }

  text(pattern: string): string {
    return pattern.replaceAll(/@\{(\w+)\}/g, (_, name: string) => this.value(name))
  }

  private value(name: string): string {
    const found = this.parameters[name]
    if (typeof found === 'string') return found
    this.missing.push(name)
    return ''
  }
}
