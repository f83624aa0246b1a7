/**
 * The rows of sessions: what it costs to prove who is asking, and to give out credentials. Each group can be run alone, such as
 * `--only "sessions sign-in"`. Start in `requests.ts`.
 */
import { metadata } from './metadata.js'
import { assumeRole, callerIdentity } from './requests.js'
import { signIn } from './sign-in.js'
import { token } from './token.js'
import { webIdentity } from './web-identity.js'

export const sessionGroups = [
  { name: 'sessions caller', rows: callerIdentity },
  { name: 'sessions assume', rows: assumeRole },
  { name: 'sessions token', rows: token },
  { name: 'sessions web-identity', rows: webIdentity },
  { name: 'sessions sign-in', rows: signIn },
  { name: 'sessions metadata', rows: metadata },
]
