/**
 * The action catalogue: what 21 services call their actions, which resources these take, and which condition keys go with them. It is
 * read from its file when it is first asked for. Node only.
 */
import { readFileSync } from 'node:fs'

export interface ActionFacts {
  /** Read, Write, List, Tagging, Permissions management; several are joined by `, `. */
  readonly level: string
  readonly resources?: readonly {
    readonly type: string
    readonly required?: boolean
    readonly cond?: readonly string[]
    readonly dep?: readonly string[]
  }[]
  readonly cond?: readonly string[]
  readonly dep?: readonly string[]
}

export interface ServiceActions {
  readonly name: string
  /** Resource control policies apply, as the authorization reference has it. */
  readonly rcp: boolean
  readonly actions: Readonly<Record<string, ActionFacts>>
  /** ARN formats with `${Partition}`, `${Region}`, `${Account}` and names. */
  readonly resourceTypes: Readonly<Record<string, { readonly arn: string; readonly cond?: readonly string[] }>>
  /** Types: `String`, `ArrayOfString`, `ARN`, `Bool`, `Numeric`, `Date`, `IPAddress` … */
  readonly conditionKeys: Readonly<Record<string, string>>
}

interface Catalogue {
  readonly rcpServices: readonly string[]
  /** `ArrayOf…` is multivalued. */
  readonly globalConditionKeys: Readonly<Record<string, string>>
  readonly services: Readonly<Record<string, ServiceActions>>
}

let read: Catalogue | undefined

export function actionCatalogue(): Catalogue {
  read ??= JSON.parse(readFileSync(new URL('../../data/actions.json', import.meta.url), 'utf8')) as Catalogue
  return read
}

export function actionsOf(service: string): ServiceActions | undefined {
  const { services } = actionCatalogue()
  return Object.hasOwn(services, service) ? services[service] : undefined
}

let names: ReadonlyMap<string, string> | undefined

/** What AWS's reports call every service, by namespace and in their order. As recorded in September 2026. */
export function serviceNames(): ReadonlyMap<string, string> {
  const file = new URL('../../data/service-names.json', import.meta.url)
  names ??= new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>))
  return names
}
