/** What a case has wrong with it. Thrown by the readers of this folder, caught by `answerCase`. */
import { type JsonObject, member } from '../language/index.js'

export class UnreadableCase extends Error {}

export function memberObject(node: JsonObject, name: string): JsonObject {
  const found = member(node, name)
  if (found?.kind !== 'object') throw new UnreadableCase(`\`${name}\` is not a JSON object`)
  return found
}
