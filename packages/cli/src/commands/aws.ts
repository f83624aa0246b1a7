/** `bailiwick aws …`: the AWS CLI with the server's endpoint and credentials. */
import { spawn } from 'node:child_process'
import { asEnvironment, clientSettings } from '../clients.js'

export async function aws(args: readonly string[]): Promise<number> {
  const variables = asEnvironment(clientSettings(new Map(), process.env))
  const { AWS_SESSION_TOKEN: _, ...environment } = process.env
  const child = spawn('aws', args, {
    stdio: 'inherit',
    env: { ...environment, ...variables },
  })
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error('the AWS CLI is not installed: no program `aws` in PATH') : error),
    )
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
}
