/** What is to be appended to logs; entries that may be kept as one are. */
import type { NewLogEntry } from './backend.js'
import { tableToken } from './tokens.js'

/** Characters that a text is filled up to. */
const joinedCharacters = 32_768

interface Joined {
  readonly first: NewLogEntry
  readonly texts: string[]
  characters: number
}

export class PendingLog {
  private readonly joined: Joined[] = []
  /** By log and scope. */
  private readonly open = new Map<string, Joined>()

  add(entry: NewLogEntry): void {
    const place = tableToken(entry.log, entry.scope)
    const before = entry.join && this.open.get(place)
    if (before && before.characters < joinedCharacters) {
      before.texts.push(entry.text)
      before.characters += entry.text.length
      return
    }
    const joined = { first: entry, texts: [entry.text], characters: entry.text.length }
    this.joined.push(joined)
    if (entry.join) this.open.set(place, joined)
  }

  rows(): NewLogEntry[] {
    return this.joined.map(({ first, texts }) => (first.join && texts.length > 1 ? { ...first, text: first.join(texts) } : first))
  }
}
