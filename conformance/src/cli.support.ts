/** For tests of the command: starts that must fail, and requests by hand. */
import { spawn } from 'node:child_process'
import { request } from 'node:http'
import { fileURLToPath } from 'node:url'
import { cleanEnvironment, freshFolder, removeFolder } from './running-server.js'

const command = fileURLToPath(new URL('../../packages/cli/bin/bailiwick.js', import.meta.url))

export interface Refused {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `bailiwick start` with these flags and nothing else; ends it when it gets ready, which the exit code then shows as null. */
export function refusedStart(flags: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Refused> {
  const folder = freshFolder()
  const child = spawn(process.execPath, [command, 'start', ...flags], { cwd: folder, env: { ...cleanEnvironment(), ...environment } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text) => {
    stdout += text
    if (stdout.includes('Ready.')) child.kill('SIGKILL')
  })
  child.stderr.on('data', (text) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      removeFolder(folder)
      resolve({ code, stdout, stderr })
    })
  })
}

export interface Answer {
  readonly status: number
  readonly body: string
}

/** A request as it is, with the `Host` that is given. */
export function plainRequest(
  endpoint: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(endpoint)
    const sent = request({ hostname, port, method, path, headers: { connection: 'close', ...headers } }, (response) => {
      let answered = ''
      response.setEncoding('utf8')
      response.on('data', (text) => (answered += text))
      response.on('end', () => resolve({ status: response.statusCode!, body: answered }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
