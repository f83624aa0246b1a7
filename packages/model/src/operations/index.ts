/** Which resource each IAM operation is authorized on: facts to hold the server's rows against. Node only. */
import { readFileSync } from 'node:fs'

export interface OperationResources {
  readonly action: string
  /** `*` is the account as a whole. */
  readonly resources:
    | '*'
    | readonly { readonly type: string; readonly required?: boolean; readonly from?: string; readonly default?: 'caller' }[]
  readonly also?: readonly { readonly action?: string; readonly type?: string; readonly from?: string; readonly always?: boolean }[]
  /** Condition keys that the operation adds. */
  readonly cond?: readonly string[]
}

let read: ReadonlyMap<string, OperationResources> | undefined

export function iamResources(): ReadonlyMap<string, OperationResources> {
  read ??= new Map(
    Object.entries(
      (
        JSON.parse(readFileSync(new URL('../../data/iam-resources.json', import.meta.url), 'utf8')) as {
          operations: Record<string, OperationResources>
        }
      ).operations,
    ),
  )
  return read
}

/** How a denial calls an entity that exists: this word and the name (of a policy its ARN). Any other resource is called by its ARN. */
export const calledInDenials: ReadonlyMap<string, string> = new Map([
  ['user', 'user'],
  ['role', 'role'],
  ['group', 'group'],
  ['instance-profile', 'instance profile'],
  ['policy', 'policy'],
])
