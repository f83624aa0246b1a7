/** JSON objects from strangers: no name twice, since nobody can tell which of two values the next reader takes. */
import { refuse } from '../proof.js'

export type JsonObject = Readonly<Record<string, unknown>>

const maxDepth = 20

/** Refuses text that is not one JSON object, that says a name twice, or that is nested deeper than 20 levels. */
export function strictObject(text: string, what: string): JsonObject {
  checkNesting(text, what)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('malformed', `${what} is not JSON`)
  }
  if (!isObject(value)) return refuse('malformed', `${what} is not a JSON object`)
  checkNames(text, what)
  return value
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g

function checkNesting(text: string, what: string): void {
  let depth = 0
  for (const [token] of text.matchAll(tokens)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (depth > maxDepth) refuse('malformed', `${what} is nested too deeply`)
  }
}

/** Of text that is known to be JSON: a string is a name when a colon follows it. */
function checkNames(text: string, what: string): void {
  const open: Set<string>[] = []
  for (const [token, string, colon] of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set())
    else if (token === '}') open.pop()
    else if (colon !== undefined) {
      const name = JSON.parse(string!) as string
      if (open.at(-1)!.has(name)) refuse('malformed', `${what} says a name twice`)
      open.at(-1)!.add(name)
    }
  }
}
