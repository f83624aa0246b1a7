/** SDK clients for a running server. */
import { IAMClient } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'

export interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

const common = (endpoint: string, credentials: Key) => ({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })

export const iamClient = (endpoint: string, key: Key): IAMClient => new IAMClient(common(endpoint, key))
export const stsClient = (endpoint: string, key: Key): STSClient => new STSClient(common(endpoint, key))

/** Credentials as an SDK answers them. */
export const keyOf = (
  answer:
    | {
        readonly AccessKeyId?: string | undefined
        readonly SecretAccessKey?: string | undefined
        readonly SessionToken?: string | undefined
      }
    | undefined,
): Key => ({
  accessKeyId: answer!.AccessKeyId!,
  secretAccessKey: answer!.SecretAccessKey!,
  ...(answer!.SessionToken !== undefined && { sessionToken: answer!.SessionToken }),
})

/** The error that a call must end with, as `CODE STATUS MESSAGE`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    const { name, message, $metadata } = error as { name: string; message: string; $metadata?: { httpStatusCode?: number } }
    return `${name} ${$metadata?.httpStatusCode} ${message}`
  }
  throw new Error('the call went through')
}
