/** Whose credentials a call is about: a user's, or the root user's, which has no name. */
import type { AccountReader } from '../pipeline/account-store.js'
import type { Caller } from '../pipeline/caller.js'
import { the } from './noun.js'
import { userNameOr, userNoun } from './users/users.js'

export interface Owner {
  /** AIDA… of the user; the account id for the account's root. */
  readonly id: string
  /** The root user has none, in answers neither. */
  readonly UserName?: string
}

type Fail = (code: 'NoSuchEntity' | 'ValidationError', message: string) => never

/** The user named, or the caller itself when none is. */
export async function ownerOf(tx: AccountReader, caller: Caller, UserName: string | undefined, fail: Fail): Promise<Owner> {
  if (UserName === undefined && caller.principal.kind === 'root') return { id: tx.accountId }
  const { id, name } = await the(userNoun, tx, userNameOr(caller, UserName, fail), fail)
  return { id, UserName: name }
}

/** The owner's name as answers have it. The models demand one; of the root user AWS leaves it out. */
export const named = ({ UserName }: Owner): { UserName: string } => (UserName === undefined ? ({} as { UserName: string }) : { UserName })
