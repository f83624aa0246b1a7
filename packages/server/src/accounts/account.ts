/** Accounts: what each is called, who its root is, and the quotas that the operator raised for it. */
import { defineTable } from '@bailiwick/store'

export interface AccountRecord {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly status: 'ACTIVE' | 'CLOSED'
  readonly createdAt: number
  /** The sign-in alias: one an account, unique on the whole server. */
  readonly alias?: string
  /** Quotas that differ from the default, by their name in the quota table. */
  readonly quotas?: Readonly<Record<string, number>>
}

/** Belongs to the whole server: accounts are found across accounts, by e-mail and by alias. */
export const accounts = defineTable<AccountRecord>()({
  name: 'account',
  key: ({ id }) => id,
  indexes: {
    email: { values: ({ email }) => [email], unique: true, ignoreCase: true },
    alias: { values: ({ alias }) => (alias === undefined ? [] : [alias]), unique: true, ignoreCase: true },
    all: { values: ({ id }) => [id] },
  },
})

export const wholeServer = ''
