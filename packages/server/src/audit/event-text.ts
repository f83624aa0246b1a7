/**
 * Audit events as text. Most of an event is what its caller, connection and moment share with the next one, so this is written once: a
 * line `[{…}]` is a part, numbered from 0 within its text; a line `{"parts":[0,1],"contexts":[2],…}` is an event that has the members of those
 * parts as well, and those parts as the contexts of its decisions, which may have further keys of their own.
 */
import type { AuditEvent } from './audit-event.js'

export interface Pieces {
  /** JSON objects whose members the event has, each in a text that other events have too. */
  readonly parts?: readonly string[] | undefined
  /** The same for the contexts of its decisions; what a context has beside that, `json` says at its place among the contexts. */
  readonly contexts?: readonly string[] | undefined
  /** A JSON object with all the other members, without line breaks. */
  readonly json: string
}

/** An event in pieces, with what is asked of it without reading it. */
export interface Line extends Pieces {
  readonly accountId: string
  readonly id: string
  /** Epoch milliseconds. */
  readonly at: number
}

/** Writes events one after another into one text: a file, or a row of the store. */
export class EventWriter {
  readonly #numbers = new Map<string, number>()

  /** The lines that the event adds. */
  write({ parts = [], contexts = [], json }: Pieces): string {
    if (parts.length + contexts.length === 0) return `${json}\n`
    let text = ''
    const numbered = (part: string): number => {
      let number = this.#numbers.get(part)
      if (number === undefined) {
        this.#numbers.set(part, (number = this.#numbers.size))
        text += `[${part}]\n`
      }
      return number
    }
    const own = `{"parts":[${parts.map(numbered)}],"contexts":[${contexts.map(numbered)}],${json.slice(1)}\n`
    return text + own
  }
}

/** One text with the events of several. */
export function joinTexts(texts: readonly string[]): string {
  const writer = new EventWriter()
  let joined = ''
  for (const text of texts) for (const pieces of readPieces(text)) joined += writer.write(pieces)
  return joined
}

/** Every event of a text, in order. */
export function* readLines(text: string): Generator<Line, void> {
  for (const pieces of readPieces(text)) {
    const { recipientAccountId, eventID, bailiwick } = eventOf(pieces)
    yield { accountId: recipientAccountId, id: eventID, at: bailiwick.at, ...pieces }
  }
}

function* readPieces(text: string): Generator<Pieces, void> {
  const known: string[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) known.push(line.slice(1, -1))
    else if (line !== '') yield piecesOf(line, known)
  }
}

const beginning = /^\{"parts":\[([\d,]*)\],"contexts":\[([\d,]*)\],/

function piecesOf(line: string, known: readonly string[]): Pieces {
  const [start, ...lists] = beginning.exec(line) ?? []
  if (start === undefined) return { json: line }
  const [parts, contexts] = lists.map((list) => (list === '' ? [] : list.split(',').map((number) => known[Number(number)]!)))
  return { parts, contexts, json: `{${line.slice(start.length)}` }
}

/** The event that is in pieces. */
export function eventOf({ parts = [], contexts = [], json }: Pieces): AuditEvent {
  const event: AuditEvent = Object.assign({}, ...parts.map((part) => JSON.parse(part)), JSON.parse(json))
  if (contexts.length === 0) return event
  const own: Partial<AuditEvent['bailiwick']> = event.bailiwick
  const whole = contexts.map((context, at) => ({ ...JSON.parse(context), ...own.contexts?.[at] }))
  return { ...event, bailiwick: { ...event.bailiwick, contexts: whole } }
}
