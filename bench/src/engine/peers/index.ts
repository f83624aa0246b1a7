/**
 * The rows of other engines on our worlds, each asked in its own form in a process of its own, beside ours in the same run. What an engine
 * can prepare it prepares before. `peer.ts` says what a peer is. None of them is a dependency: they are fetched into a cache.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, type Row, type Unmeasured } from '../../rows.js'
import { requestOf } from '../prepared.js'
import { small } from '../worlds/index.js'
import { folderWith } from './folder.js'
import type { Asked } from './measure.js'

const program = fileURLToPath(new URL('./measure.js', import.meta.url))
const moto = fileURLToPath(new URL('../../../peers/moto_evaluator.py', import.meta.url))
const ROUNDS = 3
const SECONDS = 1.5
const OUR_SECONDS = 0.4

type WorldName = 'S' | 'M' | 'L'

interface Compared {
  readonly world: WorldName
  /** As the row calls it. */
  readonly peer: string
  readonly atLeast: number
  readonly aim: number
  readonly ask: () => (Asked & { readonly version?: string }) | { readonly why: string }
}

const run = (engine: string, world: WorldName, folder: string, seconds: number): Asked => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, engine, world, folder, String(seconds)], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${engine} in ${world} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Asked
}

const installed = (engine: string, name: string, version: string, world: WorldName): Compared['ask'] => {
  return () => {
    const folder = folderWith(name, version)
    return 'why' in folder ? folder : run(engine, world, folder.path, SECONDS)
  }
}

function askMoto(): ReturnType<Compared['ask']> {
  const world = small(2000)
  const input = JSON.stringify({
    seconds: SECONDS,
    policies: world.managed.map(({ text }) => text),
    questions: world.questions.map((question, turn) => {
      const { action, resource, context } = requestOf(question, world, turn)
      return [action, resource.arn, context, question.expected === 'Allowed']
    }),
  })
  const { error, status, stdout, stderr } = spawnSync('python3', [moto], { input, encoding: 'utf8' })
  if (error !== undefined) return { why: `there is no python3 (${error.message})` }
  if (status !== 0) return { why: `moto failed: ${stderr.trim().split('\n').at(-1)}` }
  return JSON.parse(stdout) as ReturnType<Compared['ask']>
}

const simulate = (world: WorldName) => installed('iam-simulate', '@cloud-copilot/iam-simulate', '0.1.173', world)
const cedar = (world: WorldName) => installed('cedar', '@cedar-policy/cedar-wasm', '4.13.0', world)

const compared: readonly Compared[] = [
  { world: 'M', peer: 'iam-simulate 0.1.173, which validates', atLeast: 5000, aim: 10_000, ask: simulate('M') },
  { world: 'M', peer: 'cedar-wasm 4.13.0, parsed before', atLeast: 800, aim: 1600, ask: cedar('M') },
  { world: 'L', peer: 'iam-simulate 0.1.173, which validates', atLeast: 20_000, aim: 46_000, ask: simulate('L') },
  { world: 'L', peer: 'cedar-wasm 4.13.0, parsed before', atLeast: 3000, aim: 6800, ask: cedar('L') },
  { world: 'S', peer: 'casbin 5.51.1', atLeast: 45, aim: 90, ask: installed('casbin', 'casbin', '5.51.1', 'S') },
  { world: 'S', peer: "moto's evaluator", atLeast: 1, aim: 45, ask: askMoto },
]

function rowOf({ world, peer, atLeast, aim, ask }: Compared): Row | Unmeasured {
  const name = `engine ${world}: decisions ÷ ${peer}`
  const figures = { ours: [] as number[], yardstick: [] as number[] }
  const wrong: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const theirs = ask()
    if ('why' in theirs) return { name, why: theirs.why }
    const ours = run('ours', world, '', OUR_SECONDS)
    if (ours.wrong > 0) throw new Error(`${ours.wrong} of our ${ours.asked} answers are wrong in ${world}`)
    figures.ours.push(ours.perCpuSecond)
    figures.yardstick.push(theirs.perCpuSecond)
    wrong.push((100 * theirs.wrong) / theirs.asked)
  }
  const told = median(wrong) === 0 ? '' : ` (${median(wrong).toFixed(0)} % of its answers wrong)`
  return { name: name + told, unit: '1/cpu s', must: { atLeast }, aim, figures }
}

export const peerGroup = { name: 'engine-peers', rows: async () => compared.map(rowOf) }
