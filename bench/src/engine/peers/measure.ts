/** Asks one engine the questions of a world and prints what came of it as JSON: `measure.js cedar L FOLDER SECONDS`. */
import { asking, decisions } from '../asking.js'
import { prepared, requestOf } from '../prepared.js'
import type { World } from '../world.js'
import { large, medium, small } from '../worlds/index.js'
import { casbin } from './casbin.js'
import { cedar } from './cedar.js'
import { iamSimulate } from './iam-simulate.js'
import type { Peer } from './peer.js'

/** Few, so that the peers begin soon. */
const QUESTIONS = 2000

const peers: Readonly<Record<string, Peer>> = { casbin, cedar, 'iam-simulate': iamSimulate }
const worlds: Readonly<Record<string, () => World>> = { S: () => small(QUESTIONS), M: () => medium(QUESTIONS), L: () => large(QUESTIONS) }

export interface Asked {
  readonly perCpuSecond: number
  readonly asked: number
  readonly wrong: number
}

async function askPeer(peer: Peer, folder: string, world: World, seconds: number): Promise<Asked> {
  const questionFor = await peer(folder, world)
  let turn = 0
  const rounds = async (until: number): Promise<Asked> => {
    let asked = 0
    let wrong = 0
    let used = 0
    let size = 1
    while (used < until) {
      const batch = Array.from({ length: size }, () => {
        const question = world.questions[turn++ % world.questions.length]!
        return { ask: questionFor(requestOf(question, world, turn), question), isAllowed: question.expected === 'Allowed' }
      })
      const before = process.cpuUsage()
      for (const { ask, isAllowed } of batch) {
        const answer = ask()
        if ((typeof answer === 'boolean' ? answer : await answer) !== isAllowed) wrong++
      }
      const { user, system } = process.cpuUsage(before)
      used += (user + system) / 1e6
      asked += size
      size = Math.min(1000, size * 2)
    }
    return { perCpuSecond: asked / used, asked, wrong }
  }
  await rounds(seconds / 3)
  return rounds(seconds)
}

function askOurs(world: World, seconds: number): Asked {
  const asks = asking(world, prepared(world))
  asks.round(decisions, 1)
  return { perCpuSecond: 1 / asks.round(decisions, seconds), asked: asks.asked(), wrong: asks.wrong() }
}

const [engine = '', worldName = '', folder = '', seconds = '1'] = process.argv.slice(2)
const world = worlds[worldName]!()
const found = engine === 'ours' ? askOurs(world, Number(seconds)) : await askPeer(peers[engine]!, folder, world, Number(seconds))
process.stdout.write(`${JSON.stringify(found)}\n`)
