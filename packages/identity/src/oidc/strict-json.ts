/** JSON objects from strangers: no name twice, since nobody can tell which of two values the next reader takes. */
import { refuse } from '../proof.js'

export type JsonObject = Readonly<Record<string, unknown>>

const maxDepth = 20

/** Refuses text that is not one JSON object, that says a name twice, or that is nested deeper than 20 levels. */
export function strictObject(text: string, what: string): JsonObject {
  const { names, depth } = measured(text)
  if (depth > maxDepth) refuse('malformed', `${what} is nested too deeply`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('malformed', `${what} is not JSON`)
  }
  if (!isObject(value)) return refuse('malformed', `${what} is not a JSON object`)
  // Of a name that stands twice only one is left, however it was spelled.
  if (namesIn(value) !== names) refuse('malformed', `${what} says a name twice`)
  return value
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a]
const opens = (code: number): boolean => code === 0x7b || code === 0x5b
const closes = (code: number): boolean => code === 0x7d || code === 0x5d

/** How many names a text of JSON has, and how deeply it is nested; of other text, anything. A colon outside of strings follows a name. */
function measured(text: string): { readonly names: number; readonly depth: number } {
  let names = 0
  let open = 0
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at + 1)
    else if (code === colon) names++
    else if (opens(code)) depth = Math.max(depth, ++open)
    else if (closes(code)) open--
  }
  return { names, depth }
}

function endOfString(text: string, from: number): number {
  let at = from
  for (let code = text.charCodeAt(at); at < text.length && code !== quote; code = text.charCodeAt(at)) at += code === backslash ? 2 : 1
  return at
}

function namesIn(value: object): number {
  const members = Object.values(value)
  let names = Array.isArray(value) ? 0 : members.length
  for (const member of members) if (typeof member === 'object' && member !== null) names += namesIn(member)
  return names
}
