/** A workload: an instance with an instance profile or a container with a role, which gets its credentials from a listener of its own. */
import { defineTable } from '@bailiwick/store'
import { wholeServer } from '../accounts/account.js'
import type { AccountReader } from '../pipeline/account-store.js'

export type WorkloadKind = 'instance' | 'container'

export interface WorkloadRecord {
  /** `i-` and 17 hexadecimal digits of an instance; 32 digits of a container's task. It is the name of its sessions. */
  readonly id: string
  readonly accountId: string
  readonly kind: WorkloadKind
  readonly region: string
  /** Of its listener on 127.0.0.1: the same after a restart. */
  readonly port: number
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** Of an instance: the profile by its unique id, so that a namesake made later gives nothing; the ARN is what it was called. */
  readonly profile?: { readonly id: string; readonly arn: string }
  /** Of an instance: `optional` lets requests without a session token through. */
  readonly httpTokens?: 'optional' | 'required'
  readonly vpcId?: string
  readonly privateIpAddress?: string
  /** Of a container: the role by its unique id; the ARN is what it was called. */
  readonly role?: { readonly id: string; readonly arn: string }
  /** Of a container: SHA-256 of its authorization token, in hexadecimal. */
  readonly tokenHash?: string
}

/** Belongs to the whole server, which opens every listener when it starts; an account sees its own by the index. */
export const workloads = defineTable<WorkloadRecord>()({
  name: 'workload',
  key: ({ id }) => id,
  indexes: { account: { values: ({ accountId }) => [accountId] }, all: { values: ({ id }) => [id] } },
})

/** What differs between the two kinds. */
interface Kind {
  /** The service that assumes the role for it. */
  readonly service: string
  /** Bytes of its id, which is written in hexadecimal. */
  readonly idPrefix: string
  readonly idDigits: number
  readonly arn: (workload: Pick<WorkloadRecord, 'id' | 'accountId' | 'region'>) => string
  readonly endpoint: (workload: Pick<WorkloadRecord, 'id' | 'port'>) => string
}

export const kinds: Readonly<Record<WorkloadKind, Kind>> = {
  instance: {
    service: 'ec2.amazonaws.com',
    idPrefix: 'i-',
    idDigits: 17,
    arn: ({ id, accountId, region }) => `arn:aws:ec2:${region}:${accountId}:instance/${id}`,
    endpoint: ({ port }) => `http://127.0.0.1:${port}/`,
  },
  container: {
    service: 'ecs-tasks.amazonaws.com',
    idPrefix: '',
    idDigits: 32,
    arn: ({ id, accountId, region }) => `arn:aws:ecs:${region}:${accountId}:task/default/${id}`,
    endpoint: ({ id, port }) => `http://127.0.0.1:${port}${containerPath(id)}`,
  },
}

export const containerPath = (id: string): string => `/v2/credentials/${id}`

/** One of the account's own; another account's is not there. */
export async function ownWorkload(tx: AccountReader, id: string): Promise<WorkloadRecord | undefined> {
  const found = await tx.of(wholeServer).get(workloads, id)
  return found?.accountId === tx.accountId ? found : undefined
}
