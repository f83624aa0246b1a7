/** The credentials endpoint of one container, as the ECS agent serves it: one path, and a token that only the container has. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Reader } from '@bailiwick/store'
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import { isoSeconds } from '../pipeline/time-text.js'
import type { CredentialKeeper } from './role-credentials.js'
import { containerPath, type WorkloadRecord } from './workload.js'

interface Container {
  readonly workload: WorkloadRecord
  readonly reader: Reader
  readonly keeper: CredentialKeeper
}

export async function containerCredentials(request: HttpRequest, { workload, reader, keeper }: Container): Promise<HttpResponse> {
  if (!isAuthorized(request, workload))
    return answer(401, { code: 'Unauthorized', message: 'The authorization token is missing or wrong.' })
  if (request.path !== containerPath(workload.id)) return answer(404, { code: 'NotFound', message: 'There is nothing here.' })
  if (request.method !== 'GET') return answer(405, { code: 'MethodNotAllowed', message: 'Credentials are read with GET.' })
  const found = await keeper.credentials(workload, reader, undefined)
  if ('without' in found) return answer(403, { code: 'AssumeRoleUnauthorizedAccess', message: cannotAssume(workload) })
  return answer(200, {
    RoleArn: found.roleArn,
    AccessKeyId: found.accessKeyId,
    SecretAccessKey: found.secretAccessKey,
    Token: found.sessionToken,
    Expiration: isoSeconds(found.expiresAt),
  })
}

/** Compared as hashes, which take the same time whatever was sent. */
function isAuthorized({ headers }: HttpRequest, { tokenHash = '' }: WorkloadRecord): boolean {
  const given = headers.get('authorization') ?? []
  const known = Buffer.from(tokenHash, 'hex')
  const hash = createHash('sha256')
    .update(given[0] ?? '')
    .digest()
  return given.length === 1 && known.length === hash.length && timingSafeEqual(hash, known)
}

/** In the words that ECS has for a task that fails for it. */
const cannotAssume = ({ role }: WorkloadRecord): string =>
  `ECS was unable to assume the role '${role!.arn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`

const answer = (status: number, value: object): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
})
