/** Documents with one statement written anew. The others keep their text, so that what was never understood stays so. */
import { type Match, type PolicyDocument, type PrincipalMatch, parsePolicy, type Statement } from '../language/index.js'

/** `changed` in the place of a statement; without it, a statement that says nothing, so that the others keep their numbers. */
export function rewritten({ text, version, statements }: PolicyDocument, index: number, changed: Statement | undefined): PolicyDocument {
  const texts = statements.map(({ span }, at) => {
    if (at !== index) return text.slice(span.start.offset, span.end.offset)
    return changed === undefined ? SAYS_NOTHING : statementText(changed)
  })
  // Read again, since a document is known to the engine by its text.
  return parsePolicy(`{"Version":"${version}","Statement":[${texts.join(',')}]}`, 'lenient').document
}

const SAYS_NOTHING = '{"Effect":"Allow","Action":[],"Resource":"*"}'

/** A statement as JSON. */
export function statementText({ sid, effect, action, resource, principal, conditions }: Statement): string {
  const blocks = new Map<string, Record<string, readonly string[]>>()
  for (const { written, key, values } of conditions) blocks.set(written, { ...blocks.get(written), [key]: values })
  return JSON.stringify({
    ...(sid !== undefined && { Sid: sid }),
    Effect: effect,
    ...(principal !== undefined && element('Principal', principal.inverted, principalValue(principal))),
    ...matchElement('Action', action),
    ...(resource !== undefined && matchElement('Resource', resource)),
    ...(blocks.size > 0 && { Condition: Object.fromEntries(blocks) }),
  })
}

const element = (name: string, inverted: boolean, value: unknown): object => ({ [inverted ? `Not${name}` : name]: value })

const matchElement = (name: string, { inverted, patterns }: Match): object =>
  element(name, inverted, patterns.length === 1 ? patterns[0] : patterns)

function principalValue({ entries }: PrincipalMatch): object {
  const types = new Map<string, string[]>()
  for (const { type, id } of entries) types.set(type, [...(types.get(type) ?? []), id])
  return Object.fromEntries(types)
}
