/**
 * What permissions policies give, without a request: which services, and which of their actions. Boundaries, resource policies and
 * conditions are not looked at, as AWS does not look at them here; a denial counts only where nothing limits it.
 */
import { actionsOf } from '@bailiwick/model/actions'
import { matchesPattern, type PolicyDocument, type Statement } from '@bailiwick/policy'

/** Which actions of a service a statement is about. Patterns of other services, of which some policies have thousands, are left out first. */
function actionsOfStatement({ action: { inverted, patterns } }: Statement, service: string): (action: string) => boolean {
  const concerning = patterns.filter((pattern) => mayConcern(pattern, service)).map((pattern) => pattern.toLowerCase())
  return (action) => {
    const text = `${service}:${action}`.toLowerCase()
    return concerning.some((pattern) => matchesPattern(pattern, text)) !== inverted
  }
}

function mayConcern(pattern: string, service: string): boolean {
  const colon = pattern.indexOf(':')
  const vendor = (colon < 0 ? pattern : pattern.slice(0, colon)).toLowerCase()
  return vendor === service || ((vendor.includes('*') || vendor.includes('?')) && matchesPattern(vendor, service))
}

const isUnlimited = ({ resource, conditions }: Statement): boolean =>
  conditions.length === 0 && resource !== undefined && !resource.inverted && resource.patterns.includes('*')

/** The actions of a service that these policies give together, of those that the catalogue knows. */
export function actionsGranted(documents: readonly PolicyDocument[], service: string): readonly string[] {
  const statements = documents.flatMap((document) => document.statements)
  const about = (wanted: readonly Statement[]) => wanted.map((statement) => actionsOfStatement(statement, service))
  const allows = about(statements.filter(({ effect }) => effect === 'Allow'))
  const denies = about(statements.filter((statement) => statement.effect === 'Deny' && isUnlimited(statement)))
  return Object.keys(actionsOf(service)?.actions ?? {}).filter(
    (action) => allows.some((covers) => covers(action)) && !denies.some((covers) => covers(action)),
  )
}

/** Whether one policy gives anything of a service. Of a service that the catalogue does not know, patterns alone can tell. */
export function grantsService({ statements }: PolicyDocument, service: string): boolean {
  const known = actionsOf(service)
  return statements.some((statement) => {
    if (statement.effect !== 'Allow') return false
    if (known !== undefined) return Object.keys(known.actions).some(actionsOfStatement(statement, service))
    const { inverted, patterns } = statement.action
    const concerning = patterns.filter((pattern) => mayConcern(pattern, service))
    return inverted ? !concerning.some((pattern) => pattern === '*' || pattern.endsWith(':*')) : concerning.length > 0
  })
}
