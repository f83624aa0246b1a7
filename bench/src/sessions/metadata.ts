/** Credentials from an instance's metadata service, as its SDKs ask for them again and again. */
import { spawnSync } from 'node:child_process'
import { answering } from '../answering.js'
import { ask, command } from '../our-server.js'
import { inTurn, type MakeRows } from '../rounds.js'
import { withBare, withScene } from './scenery.js'

interface Registered {
  readonly Workload: { readonly Endpoint: string }
}

export const metadata: MakeRows = () =>
  withScene('metadata', ({ server, dataDir }) =>
    withBare(async (bare) => {
      await ask(server, 'iam', 'CreateInstanceProfile', { InstanceProfileName: 'bench' })
      await ask(server, 'iam', 'AddRoleToInstanceProfile', { InstanceProfileName: 'bench', RoleName: 'bench' })
      const args = [command, 'workloads', 'register', '--instance-profile', 'bench', '--json', '--data-dir', dataDir]
      const { stdout, stderr, status } = spawnSync(process.execPath, args)
      if (status !== 0) throw new Error(String(stderr))
      const { Endpoint } = (JSON.parse(String(stdout)) as Registered).Workload
      const header = 'x-aws-ec2-metadata-token'
      const answer = await fetch(new URL('/latest/api/token', Endpoint), { method: 'PUT', headers: { [`${header}-ttl-seconds`]: '21600' } })
      const token = await answer.text()
      if (answer.status !== 200) throw new Error(token)
      const { host, port } = new URL(Endpoint)
      const path = '/latest/meta-data/iam/security-credentials/bench'
      const requests = [Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nuser-agent: bench\r\n${header}: ${token}\r\n\r\n`)]
      const ours = answering({ pid: server.pid, port: Number(port) }, requests)
      const name = 'sessions: credentials from the instance-metadata route ÷ bare node:http'
      const figures = await inTurn(ours, answering(bare, requests))
      return [{ name, unit: '1/cpu s', must: { atLeast: 0.4 }, aim: 0.7, figures }]
    }),
  )
