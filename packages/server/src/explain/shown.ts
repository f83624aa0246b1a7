/** An explanation as the API answers it, without what the caller may not read. */
import type { BailiwickOperations } from '@bailiwick/model'
import type { ConsideredPolicy, ConsideredStatement, Edit, Explanation, Place, SmallestChange } from '@bailiwick/policy'
import type { Missing } from './readable.js'

type Output = BailiwickOperations['Explain']['output']
type ShownPolicy = Output['Policies'][number]
type ShownStatement = NonNullable<ShownPolicy['Statements']>[number]
type ShownChange = NonNullable<Output['Change']>
type ShownEdit = ShownChange['Edits'][number]

export const DECISIONS: Readonly<Record<Explanation['decision']['verdict'], Output['Decision']>> = {
  Allowed: 'allowed',
  ExplicitDeny: 'explicitDeny',
  ImplicitDeny: 'implicitDeny',
}

/** `missing`: what the caller would need to read the policy. */
export function shownPolicy({ policyType, level, policy, statements, skipped }: ConsideredPolicy, missing: Missing): ShownPolicy {
  const where = { PolicyType: policyType, ...(level !== undefined && { Level: level }), ...(skipped !== undefined && { Skipped: skipped }) }
  if (missing !== undefined) return { ...where, Hidden: missing }
  return {
    ...where,
    ...(policy.name !== undefined && { PolicyName: policy.name }),
    ...(policy.arn !== undefined && { PolicyArn: policy.arn }),
    ...(policy.attachedTo !== undefined && { AttachedTo: policy.attachedTo }),
    Statements: statements.map(shownStatement),
  }
}

function shownStatement({ statementIndex, sid, effect, applies, mismatch }: ConsideredStatement): ShownStatement {
  return {
    Index: statementIndex,
    ...(sid !== undefined && { Sid: sid }),
    Effect: effect,
    Applies: applies,
    ...(mismatch !== undefined && {
      Mismatch: {
        Element: mismatch.element,
        ...(mismatch.operator !== undefined && { Operator: mismatch.operator }),
        ...(mismatch.key !== undefined && { Key: mismatch.key }),
        Wanted: mismatch.wanted,
        Seen: mismatch.seen,
        Because: mismatch.because,
      },
    }),
  }
}

/** `isHidden` tells of a place whether its policy may not be read. */
export function shownChange(change: SmallestChange, isHidden: (place: Place) => boolean): ShownChange {
  if (change.kind === 'impossible') return { Edits: [], Impossible: change.because }
  return { Edits: change.edits.map((edit) => shownEdit(edit, isHidden)) }
}

function shownEdit(edit: Edit, isHidden: (place: Place) => boolean): ShownEdit {
  if (edit.kind === 'supply') return { Kind: edit.kind, What: edit.what, Key: edit.key, Values: edit.values }
  if (edit.kind !== 'add' && isHidden(edit.place)) {
    const { policyType, level } = edit.place
    return {
      Kind: edit.kind,
      What: 'change a statement of a policy that you may not read',
      PolicyType: policyType,
      ...(level !== undefined && { Level: level }),
    }
  }
  const { actions, resources, conditions } = edit.allows
  const common = { Kind: edit.kind, What: edit.what, Allows: { Actions: actions, Resources: resources, Conditions: conditions } }
  if (edit.kind === 'add') {
    const { policyType, level, statement } = edit
    return { ...common, PolicyType: policyType, ...(level !== undefined && { Level: level }), Statement: JSON.stringify(statement) }
  }
  const { policyType, level, policy, attachedTo, statementIndex, sid } = edit.place
  return {
    ...common,
    PolicyType: policyType,
    ...(level !== undefined && { Level: level }),
    ...(policy !== undefined && { PolicyName: policy }),
    ...(attachedTo !== undefined && { AttachedTo: attachedTo }),
    StatementIndex: statementIndex,
    ...(sid !== undefined && { Sid: sid }),
  }
}
