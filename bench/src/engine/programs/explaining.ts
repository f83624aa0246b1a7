/** What it costs to say why, in M. */
import { decide, denialSentence, explain } from '@bailiwick/policy'
import { asking, decisions, type Work } from '../asking.js'
import { alone, inTurn, type Measured } from '../measured.js'
import { prepared } from '../prepared.js'
import { medium } from '../worlds/index.js'

const WARM_UP_SECONDS = 1

/** Decides, and reads what a server answers and records: the sentence of a denial and the statements that decided. */
const decisionsWithReasons: Work = ({ requests, inForce, expected }) => {
  let wrong = 0
  for (let at = 0; at < requests.length; at++) {
    const decision = decide(requests[at]!, inForce[at]!)
    const sentence = denialSentence(requests[at]!, decision)
    const deciding =
      decision.verdict === 'ExplicitDeny' ? decision.statement.policy.document.statements[decision.statement.statementIndex] : undefined
    const isTold = sentence?.startsWith('User: ') === true && (deciding?.effect === 'Deny') === (decision.verdict === 'ExplicitDeny')
    if (decision.verdict !== expected[at] || !isTold) wrong++
  }
  return wrong
}

export function explaining(): Measured {
  const world = medium(20_000)
  const sets = prepared(world)
  const denied = asking({ ...world, questions: world.questions.filter(({ expected }) => expected !== 'Allowed') }, sets)
  denied.round(decisions, WARM_UP_SECONDS)
  denied.round(decisionsWithReasons, WARM_UP_SECONDS)
  const figures = inTurn(
    () => denied.round(decisionsWithReasons),
    () => denied.round(decisions),
  )
  const asks = asking(world, sets)
  let considered = 0
  let asked = 0
  const explanations: Work = ({ requests, inForce, expected }) => {
    let wrong = 0
    for (let at = 0; at < requests.length; at++) {
      const explanation = explain(requests[at]!, inForce[at]!)
      if (explanation.decision.verdict !== expected[at]) wrong++
      for (const { statements } of explanation.considered) considered += statements.length
    }
    asked += requests.length
    return wrong
  }
  asks.round(explanations, WARM_UP_SECONDS)
  const each = Array.from({ length: 5 }, () => {
    considered = 0
    asked = 0
    return (asks.round(explanations) / (considered / asked)) * 1e6
  })
  return {
    rows: [
      {
        name: 'engine M: denial with its sentence and deciding statement ÷ bare decision',
        unit: 's',
        must: { atMost: 2 },
        aim: 1.3,
        figures,
      },
      alone('engine M: full explanation per statement considered, µs', 'µs', 1, 0.4, each),
    ],
    asked: denied.asked() + asks.asked(),
    wrong: denied.wrong() + asks.wrong(),
    checked: 0,
    disagreed: 0,
  }
}
