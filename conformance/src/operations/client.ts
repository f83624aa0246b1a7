/** Any operation of IAM or STS by its name, through the SDK as it is. */
import * as iamSdk from '@aws-sdk/client-iam'
import * as stsSdk from '@aws-sdk/client-sts'
import type { IamOperations, StsOperations } from '@bailiwick/model'
import type { Key } from '../clients.js'

export type OperationName = keyof IamOperations | keyof StsOperations
export type Values = Readonly<Record<string, unknown>>

/** Sends an operation; rejects with the SDK's error. */
export type Send = (operation: OperationName, input?: Values) => Promise<Values>

type Commands = Readonly<Record<string, new (input: Values) => never>>
const iamCommands = iamSdk as unknown as Commands
const stsCommands = stsSdk as unknown as Commands

/** Connections are shared by all that is asked of one endpoint. */
export function senderTo(endpoint: string, credentials: Key): Send {
  const settings = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }
  const iam = new iamSdk.IAMClient(settings)
  const sts = new stsSdk.STSClient(settings)
  return async (operation, input = {}) => {
    const name = `${operation}Command`
    const command = iamCommands[name]
    const answer: object = await (command === undefined ? sts.send(new stsCommands[name]!(input)) : iam.send(new command(input)))
    return answer as Values
  }
}
