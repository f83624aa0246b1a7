/** `@cloud-copilot/iam-simulate`: takes the documents as they are, and validates them each time. */
import type { AuthorizationRequest } from '@bailiwick/policy'
import { ACCOUNT, type ManagedPolicy, userArn } from '../world.js'
import { imported, type Peer } from './peer.js'

interface Simulator {
  runSimulation(
    simulation: object,
    options: object,
  ): Promise<{ readonly resultType: string; readonly overallResult?: string; readonly errors?: object }>
}

const documentOf = (text: string): object => JSON.parse(text) as object

export const iamSimulate: Peer = async (folder, world) => {
  const { runSimulation } = await imported<Simulator>(folder, '@cloud-copilot/iam-simulate')
  const managed = world.managed.map(({ name, text }: ManagedPolicy) => ({ name, policy: documentOf(text) }))
  const serviceControlPolicies = world.scps.map((level, at) => ({
    orgIdentifier: at === world.scps.length - 1 ? ACCOUNT : `ou-${at}`,
    policies: level.map((text, index) => ({ name: `scp-${at}-${index}`, policy: documentOf(text) })),
  }))
  const buckets = new Map([...world.buckets].map(([bucket, text]) => [bucket, documentOf(text)]))
  return ({ action, resource, context }: AuthorizationRequest, { user, bucket }) => {
    const { name, attached, inline, boundary } = world.users[user]!
    const simulation = {
      request: {
        principal: userArn(name),
        action,
        resource: { resource: resource.arn, accountId: resource.accountId },
        contextVariables: { ...context, 'aws:username': name, 'aws:PrincipalArn': userArn(name) },
      },
      identityPolicies: [...attached.map((at) => managed[at]!), ...inline.map((text) => ({ name: 'own', policy: documentOf(text) }))],
      serviceControlPolicies,
      resourceControlPolicies: [],
      ...(boundary !== undefined && { permissionBoundaryPolicies: [managed[boundary]!] }),
      ...(bucket !== undefined && { resourcePolicy: buckets.get(bucket) }),
    }
    return async () => {
      const found = await runSimulation(simulation, {})
      if (found.resultType === 'error') throw new Error(`iam-simulate refuses: ${JSON.stringify(found.errors)}`)
      return found.overallResult === 'Allowed'
    }
  }
}
