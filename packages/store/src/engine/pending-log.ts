/** What a group has appended to logs; entries that may be kept as one are. */
import type { StoredLogEntry } from './backend.js'
import { tableToken } from './tokens.js'

export type JoinTexts = (texts: readonly string[]) => string

interface Joined {
  readonly first: StoredLogEntry
  readonly texts: string[]
  readonly join: JoinTexts | undefined
}

export class PendingLog {
  private readonly joined: Joined[] = []
  /** By log and scope. */
  private readonly open = new Map<string, Joined>()

  add(entry: StoredLogEntry, join: JoinTexts | undefined): void {
    const place = tableToken(entry.log, entry.scope)
    const before = join && this.open.get(place)
    if (before) {
      before.texts.push(entry.text)
      return
    }
    const joined = { first: entry, texts: [entry.text], join }
    this.joined.push(joined)
    if (join) this.open.set(place, joined)
  }

  rows(): StoredLogEntry[] {
    return this.joined.map(({ first, texts, join }) => (join && texts.length > 1 ? { ...first, text: join(texts) } : first))
  }
}
