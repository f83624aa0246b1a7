/** Calls with temporary credentials, and calls that give them. */
import { answering } from '../answering.js'
import { withMoto } from '../moto.js'
import { ask, element } from '../our-server.js'
import { signedRequest } from '../requests.js'
import { inTurn, type MakeRows } from '../rounds.js'
import { withBare, withScene } from './scenery.js'

export const callerIdentity: MakeRows = () =>
  withScene('caller', ({ server, user, roleArn }) =>
    withBare(async (bare) => {
      const xml = await ask(server, 'sts', 'AssumeRole', { RoleArn: roleArn, RoleSessionName: 'bench' }, user)
      const session = {
        accessKeyId: element(xml, 'AccessKeyId'),
        secretAccessKey: element(xml, 'SecretAccessKey'),
        sessionToken: element(xml, 'SessionToken'),
      }
      const requests = [await signedRequest(server.port, session, 'sts', 'GetCallerIdentity')]
      const figures = await inTurn(answering(server, requests), answering(bare, requests))
      const name = 'sessions: GetCallerIdentity with a session token ÷ bare node:http'
      return [{ name, unit: '1/cpu s', must: { atLeast: 0.32 }, aim: 0.42, figures }]
    }),
  )

export const assumeRole: MakeRows = () =>
  withScene('assume', ({ server, user, roleArn }) => {
    const name = 'sessions: AssumeRole ÷ moto_server'
    return withMoto(name, user, async (moto) => {
      const input = { RoleArn: roleArn, RoleSessionName: 'bench' }
      const asking = async (asked: typeof moto, reconnect: boolean) =>
        answering(asked, [await signedRequest(asked.port, user, 'sts', 'AssumeRole', input)], { reconnect })
      const measured = { unit: '1/cpu s', must: { atLeast: 40 }, aim: 60 } as const
      // moto's server closes the connection behind each answer; ours keeps it, as clients want it, and is measured without that favour too.
      const theirs = await asking(moto, true)
      const kept = await inTurn(await asking(server, false), theirs)
      const anew = await inTurn(await asking(server, true), theirs)
      return [
        { name, ...measured, figures: kept },
        { name: `${name}, each call over a new connection`, ...measured, figures: anew },
      ]
    })
  })
