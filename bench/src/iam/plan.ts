/** What an account is filled with, and what it is called there. */

export const userName = (at: number): string => `user-${String(at).padStart(7, '0')}`
export const roleName = (at: number): string => `role-${String(at).padStart(5, '0')}`
export const groupName = (at: number): string => `group-${String(at).padStart(5, '0')}`
export const policyName = (at: number): string => `policy-${String(at).padStart(5, '0')}`

export interface Plan {
  readonly users: number
  readonly roles?: number
  readonly groups?: number
  /** Customer managed policies, of one version each. */
  readonly policies?: number
  /** Each user gets an inline policy and a group, each group and role an attached policy. */
  readonly furnished?: true
  /** Each user gets an access key, every second one a password, every fourth one an MFA device. */
  readonly credentials?: true
}
