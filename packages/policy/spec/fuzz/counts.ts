/** What generated cases were like, so that a run shows what it reached. */
import type { Decision } from '#engine/evaluate/decision.js'
import type { PoliciesInForce, PolicySet } from '#engine/evaluate/policies.js'
import type { Compared } from './compare.js'

export class Counts {
  compared = 0
  readonly decisions = new Map<string, number>()
  readonly principals = new Map<string, number>()
  /** By policies, not by decisions. */
  readonly features = new Map<string, number>()

  add({ question, decision }: Compared): void {
    this.compared++
    count(this.decisions, outcome(decision))
    count(this.principals, question.request.principal.kind)
  }

  addPolicies(inForce: PoliciesInForce): void {
    const { scp, rcp, resource, ...single } = inForce
    const sets: (PolicySet | undefined)[] = [...(scp ?? []), ...(rcp ?? []), resource?.policies, ...Object.values(single)]
    for (const type of Object.keys(inForce)) count(this.features, `policy ${type === 'resource' ? resource!.kind : type}`)
    for (const set of sets) {
      for (const { document } of set?.policies ?? []) {
        count(this.features, `Version ${document.version}`)
        for (const { action, resource: matched, principal, conditions, notUnderstood } of document.statements) {
          if (action.inverted) count(this.features, 'NotAction')
          if (matched?.inverted) count(this.features, 'NotResource')
          if (principal?.inverted) count(this.features, 'NotPrincipal')
          if (notUnderstood !== undefined) count(this.features, 'not understood')
          if (matched?.patterns.some((pattern) => pattern.includes('${'))) count(this.features, 'variable in Resource')
          for (const { operator, set: qualifier, ifExists, values } of conditions) {
            count(this.features, `operator ${operator}`)
            if (qualifier !== undefined) count(this.features, qualifier)
            if (ifExists) count(this.features, 'IfExists')
            if (values.some((value) => value.includes('${'))) count(this.features, 'variable in Condition')
          }
        }
      }
    }
  }

  report(): Record<string, Record<string, number>> {
    return { decisions: sorted(this.decisions), principals: sorted(this.principals), features: sorted(this.features) }
  }
}

/** `Allowed by statements`, `ExplicitDeny by scp`, … */
function outcome(decision: Decision): string {
  if (decision.verdict === 'Allowed') {
    return `Allowed by ${decision.grant.kind === 'serviceRule' ? `rule ${decision.grant.rule}` : decision.grant.kind}`
  }
  if (decision.verdict === 'ExplicitDeny') return `ExplicitDeny by ${decision.policyType}`
  if (decision.rule !== undefined) return `ImplicitDeny by rule ${decision.rule}`
  return `ImplicitDeny by ${decision.policyType}${decision.notUnderstood === undefined ? '' : ', not understood'}`
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function sorted(counts: Map<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([left], [right]) => (left < right ? -1 : 1)))
}
