/**
 * The credentials that a workload's role gives it: made by AssumeRole of the workload's service, kept, and made anew shortly before they
 * end. What changed about the profile, the role or its trust policy counts from then on, as on AWS.
 */
import type { ServiceModel } from '@bailiwick/model'
import type { Reader } from '@bailiwick/store'
import { entityArn } from '../iam/arns.js'
import { instanceProfiles, type RoleRecord, roles } from '../iam/records.js'
import { assumeRoleForService, type ServiceParts } from '../sts/index.js'
import { kinds, type WorkloadRecord } from './workload.js'

export interface RoleCredentials {
  readonly roleId: string
  readonly roleName: string
  readonly roleArn: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Epoch milliseconds. */
  readonly updatedAt: number
  readonly expiresAt: number
}

/** What stands in the way of credentials. `refused`: the role's trust policy does not let the service assume it. */
export type WithoutCredentials = { readonly without: 'profile' | 'role' } | { readonly without: 'refused'; readonly role: RoleRecord }

/** The version of the metadata service that a session was given out by (policy-semantics §8.2); containers have none. */
export type Delivery = '1.0' | '2.0' | undefined

/** EC2's own; the role's longest session does not limit what services do. */
const sessionSeconds = 21_600
/** New ones are there at least this long before the old ones end (EC2 User Guide, instance metadata credentials). */
const refreshBeforeMilliseconds = 300_000

export class CredentialKeeper {
  readonly #kept = new Map<string, RoleCredentials>()
  readonly #making = new Map<string, Promise<RoleCredentials | WithoutCredentials>>()

  constructor(
    private readonly parts: () => Omit<ServiceParts, 'model'>,
    private readonly model: ServiceModel,
  ) {}

  /** The name of the role that there are or would be credentials of; makes none. */
  async roleName(workload: WorkloadRecord, reader: Reader, delivery: Delivery): Promise<string | undefined> {
    const kept = await this.kept(workload, reader, delivery)
    if (kept !== undefined) return kept.roleName
    const found = await roleOf(workload, reader)
    return 'without' in found ? undefined : found.name
  }

  /** Those that are kept, or new ones. Requests that come while some are being made share them. */
  async credentials(workload: WorkloadRecord, reader: Reader, delivery: Delivery): Promise<RoleCredentials | WithoutCredentials> {
    const kept = await this.kept(workload, reader, delivery)
    if (kept !== undefined) return kept
    const key = keyOf(workload.id, delivery)
    let making = this.#making.get(key)
    if (making === undefined) {
      making = this.#make(workload, reader, delivery).finally(() => this.#making.delete(key))
      this.#making.set(key, making)
    }
    return making
  }

  forget(workloadId: string): void {
    for (const delivery of deliveries) this.#kept.delete(keyOf(workloadId, delivery))
  }

  /** Those that are there and still good. A role that is gone has ended its sessions with it. */
  async kept(workload: WorkloadRecord, reader: Reader, delivery: Delivery): Promise<RoleCredentials | undefined> {
    const kept = this.#kept.get(keyOf(workload.id, delivery))
    if (kept === undefined || kept.expiresAt - this.parts().surroundings.clock() <= refreshBeforeMilliseconds) return undefined
    return (await reader.get(roles, workload.accountId, kept.roleId)) === undefined ? undefined : kept
  }

  async #make(workload: WorkloadRecord, reader: Reader, delivery: Delivery): Promise<RoleCredentials | WithoutCredentials> {
    const role = await roleOf(workload, reader)
    if ('without' in role) return role
    const { id, accountId, kind, region } = workload
    const roleArn = entityArn('aws', accountId, 'role', role)
    const { audit, surroundings } = this.parts()
    const session = await assumeRoleForService({ audit, surroundings, model: this.model }, reader, {
      service: kinds[kind].service,
      accountId,
      region,
      roleArn,
      sessionName: id,
      seconds: sessionSeconds,
      actingFor: kind === 'container' ? { 'aws:SourceAccount': accountId, 'aws:SourceArn': kinds[kind].arn(workload) } : {},
      keys: delivery === undefined ? {} : instanceKeys(workload, delivery),
    })
    if (session === undefined) return { without: 'refused', role }
    const made: RoleCredentials = {
      roleId: role.id,
      roleName: role.name,
      roleArn,
      accessKeyId: session.AccessKeyId,
      secretAccessKey: session.SecretAccessKey,
      sessionToken: session.SessionToken,
      updatedAt: surroundings.clock(),
      expiresAt: session.Expiration.getTime(),
    }
    this.#kept.set(keyOf(id, delivery), made)
    return made
  }
}

const deliveries: readonly Delivery[] = ['1.0', '2.0', undefined]
const keyOf = (workloadId: string, delivery: Delivery): string => `${workloadId}/${delivery ?? ''}`

/** What the sessions of an instance's role tell in all their requests (policy-semantics §8.2). */
const instanceKeys = (workload: WorkloadRecord, delivery: '1.0' | '2.0'): Readonly<Record<string, string>> => ({
  'ec2:SourceInstanceArn': kinds.instance.arn(workload),
  'ec2:RoleDelivery': delivery,
  ...(workload.vpcId !== undefined && { 'aws:Ec2InstanceSourceVpc': workload.vpcId }),
  ...(workload.privateIpAddress !== undefined && { 'aws:Ec2InstanceSourcePrivateIPv4': workload.privateIpAddress }),
})

async function roleOf({ accountId, profile, role }: WorkloadRecord, reader: Reader): Promise<RoleRecord | WithoutCredentials> {
  const held = profile && (await reader.get(instanceProfiles, accountId, profile.id))
  if (profile !== undefined && held === undefined) return { without: 'profile' }
  const roleId = profile === undefined ? role?.id : held?.roleId
  return (roleId === undefined ? undefined : await reader.get(roles, accountId, roleId)) ?? { without: 'role' }
}
