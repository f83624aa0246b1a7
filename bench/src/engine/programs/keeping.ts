/** What it costs to make XL ready and to keep it, and to let a changed policy take effect. */
import { compile, decide, parsePolicy } from '@bailiwick/policy'
import { collect, heapMegabytes } from '../collect.js'
import { alone, type Measured } from '../measured.js'
import { compiled, type Documents, inForceOf, parsed, policiesOf, requestOf, type Sets } from '../prepared.js'
import type { Question, World } from '../world.js'
import { large, many } from '../worlds/index.js'

const ROUNDS = 5
const USERS = 10_000
const CHANGES = 300

/** One question of every user, so that what an engine puts off until a set is asked is done. */
function ofEveryUser({ questions, ...world }: World): World {
  return { ...world, questions: [...new Map(questions.map((question) => [question.user, question])).values()] }
}

function wrongAnswers({ questions }: World, sets: Sets, requests: readonly ReturnType<typeof requestOf>[]): number {
  return questions.filter((question, at) => decide(requests[at]!, inForceOf(question, sets)).verdict !== question.expected).length
}

/** Each round parses anew, so that nothing that was made of a document is found again; the first is thrown away. */
export function compiling(): Measured {
  const world = ofEveryUser(many(20 * USERS, USERS))
  let wrong = 0
  const seconds = Array.from({ length: ROUNDS + 1 }, () => {
    const documents = parsed(world)
    const requests = world.questions.map((question, turn) => requestOf(question, world, turn))
    collect('all')
    const before = process.cpuUsage()
    wrong += wrongAnswers(world, compiled(world, documents), requests)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1e6
  }).slice(1)
  return {
    rows: [alone('engine XL: compile all from parsed documents and decide once for each user, CPU s', 's', 0.5, 0.3, seconds)],
    asked: (ROUNDS + 1) * world.questions.length,
    wrong,
    checked: 0,
    disagreed: 0,
  }
}

/** What stays on the heap when every question of the world has been asked once. */
export function memory(): Measured {
  const world = many(20 * USERS, USERS)
  const kept: { documents?: Documents; sets?: Sets } = {}
  const before = heapMegabytes()
  kept.documents = parsed(world)
  const withDocuments = heapMegabytes()
  kept.sets = compiled(world, kept.documents)
  const { sets } = kept
  let wrong = 0
  world.questions.forEach((question, turn) => {
    if (decide(requestOf(question, world, turn), inForceOf(question, sets)).verdict !== question.expected) wrong++
  })
  const withSets = heapMegabytes()
  const perUser = (megabytes: number): number => (megabytes * 1000) / USERS
  return {
    rows: [
      alone('engine XL: memory per principal, compiled and asked, without the parsed documents, KB', 'KB', 6, 4, [
        perUser(withSets - withDocuments),
      ]),
      alone('engine XL: memory per principal with the parsed documents, KB', 'KB', 6, 4, [perUser(withSets - before)]),
    ],
    asked: world.questions.length,
    wrong,
    checked: 0,
    disagreed: 0,
  }
}

const DENY_ALL = { Effect: 'Deny', Action: '*', Resource: '*' }

/** The same document with a Deny of everything behind it. */
function closed(text: string): string {
  const { Statement, ...rest } = JSON.parse(text) as { Statement: readonly object[] }
  return JSON.stringify({ ...rest, Statement: [...Statement, DENY_ALL] })
}

/** Milliseconds from a new text of one of the user's policies to the first decision under it; wrong when that one still allows. */
function change(
  world: World,
  documents: Documents,
  question: Question,
  sets: Sets,
  which: 'inline' | 'attached',
): [milliseconds: number, wrong: boolean] {
  const user = world.users[question.user]!
  const index = user.attached[0]!
  const text = closed(which === 'inline' ? user.inline[0]! : world.managed[index]!.text)
  const request = requestOf(question, world, 0)
  const before = inForceOf(question, sets)
  decide(request, before)
  const fresh = requestOf(question, world, 1)
  const began = performance.now()
  const { document } = parsePolicy(text, 'lenient')
  const own = documents.inline[question.user]!
  const policies =
    which === 'inline'
      ? policiesOf(user, world, documents.managed, [document])
      : policiesOf(user, world, documents.managed, own).map((policy) =>
          policy.arn === world.managed[index]!.arn ? { ...policy, document } : policy,
        )
  const { verdict } = decide(fresh, { ...before, identity: compile(policies) })
  return [performance.now() - began, verdict !== 'ExplicitDeny']
}

export function changing(): Measured {
  const kinds = [
    { name: 'engine XL: a policy of one user changes, parsed, compiled, first decision, ms', world: many(20_000, USERS), which: 'inline' },
    { name: 'engine XL: a shared policy changes, first decision of one who has it, ms', world: many(20_000, USERS), which: 'attached' },
    { name: 'engine L: one of 200 policies of one user changes, first decision, ms', world: large(2000), which: 'attached' },
  ] as const
  let wrong = 0
  const rows = kinds.map(({ name, world, which }) => {
    const documents = parsed(world)
    const sets = compiled(world, documents)
    const allowed = world.questions.filter(({ expected }) => expected === 'Allowed').slice(0, CHANGES)
    const took = allowed.map((question) => {
      const [milliseconds, isWrong] = change(world, documents, question, sets, which)
      if (isWrong) wrong++
      return milliseconds
    })
    // The first third warms up.
    return alone(name, 'ms', 1, 0.1, took.slice(CHANGES / 3))
  })
  return { rows, asked: 3 * CHANGES, wrong, checked: 0, disagreed: 0 }
}
