/** A queue of events on disk: appended to a file, synced soon after, and taken off the front once they are kept elsewhere. */
import { closeSync, fdatasync, fdatasyncSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { EventWriter, type Line } from './event-text.js'

/** Events of one account that came one after another, as one text. */
export interface Chunk {
  readonly accountId: string
  /** Id and time of the first. */
  readonly id: string
  readonly at: number
  readonly lines: string
}

export interface Taken {
  /** Each account's in the order they came. */
  readonly chunks: readonly Chunk[]
  /** Nothing was left behind it when it was taken. */
  readonly newest: boolean
  /** Says that they are kept elsewhere; until then they would be taken again after a crash. */
  readonly done: () => void
}

export interface Segment {
  /** Resolves when the event would survive the end of this process. Rejects, and keeps nothing, when there is no room. */
  append(line: Line): Promise<void>
  /** Undefined when there is nothing. */
  take(): Taken | undefined
  close(): void
}

const syncWithinMilliseconds = 50

interface Waiting {
  readonly line: Line
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Files `NUMBER.jsonl` in a folder. Events of one turn of the event loop share one write. A file is taken whole when the next one has
 * been begun, and deleted when its events are kept elsewhere. An empty line ends each turn, so that a file read back gives the very chunks
 * that were in memory; what a crash cut short was never acknowledged and is passed over.
 */
export class FileSegment implements Segment {
  readonly #folder: string
  /** Reads what an earlier process wrote. */
  readonly #read: (text: string) => Iterable<Line>
  #number: number
  #fd: number
  /** What the file being written holds; files of an earlier process are read back. */
  #written: Line[] = []
  #writer = new EventWriter()
  #waiting: Waiting[] = []
  #syncing: NodeJS.Timeout | undefined
  /** A write failed half-way: nothing may follow in this file. */
  #torn = false

  constructor(folder: string, read: (text: string) => Iterable<Line>) {
    this.#folder = folder
    this.#read = read
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#number = (this.#numbers().at(-1) ?? 0) + 1
    this.#fd = this.#open()
  }

  append(line: Line): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => this.#write())
    })
  }

  #write(): void {
    const waiting = this.#waiting
    if (waiting.length === 0) return
    this.#waiting = []
    try {
      if (this.#torn) this.#next()
      let text = ''
      for (const { line } of waiting) text += this.#writer.write(line)
      writeTurn(this.#fd, `${text}\n`)
      for (const { line } of waiting) this.#written.push(line)
    } catch (error) {
      this.#torn = true
      for (const { reject } of waiting) reject(error)
      return
    }
    this.#syncing ??= setTimeout(() => this.#sync(), syncWithinMilliseconds / 2).unref()
    for (const { resolve } of waiting) resolve()
  }

  #sync(): void {
    this.#syncing = undefined
    fdatasync(this.#fd, () => {})
  }

  take(): Taken | undefined {
    const earlier = this.#numbers().find((number) => number < this.#number)
    if (earlier !== undefined) {
      const path = this.#path(earlier)
      return {
        chunks: chunksOf(this.#read(wholeTurns(readFileSync(path, 'utf8')))),
        newest: false,
        done: () => unlinkSync(path),
      }
    }
    if (this.#written.length === 0) return undefined
    const chunks = chunksOf(this.#written)
    const path = this.#path(this.#number)
    this.#next()
    return { chunks, newest: true, done: () => unlinkSync(path) }
  }

  /** Begins the next file. What the one before holds is on disk, and is read back unless it was taken just now. */
  #next(): void {
    const full = this.#fd
    this.#number++
    this.#fd = this.#open()
    this.#written = []
    this.#writer = new EventWriter()
    this.#torn = false
    closeSync(full)
  }

  close(): void {
    this.#write()
    clearTimeout(this.#syncing)
    fdatasyncSync(this.#fd)
    closeSync(this.#fd)
    if (this.#written.length === 0) unlinkSync(this.#path(this.#number))
  }

  #path(number: number): string {
    return join(this.#folder, `${String(number).padStart(10, '0')}.jsonl`)
  }

  #open(): number {
    return openSync(this.#path(this.#number), 'a', 0o600)
  }

  #numbers(): number[] {
    return readdirSync(this.#folder)
      .filter((name) => /^\d+\.jsonl$/.test(name))
      .map((name) => Number.parseInt(name, 10))
      .sort((a, b) => a - b)
  }
}

/** Written from one buffer again and again, since a new one for each write would outlive its use. */
const scratch = Buffer.allocUnsafe(262_144)

function writeTurn(fd: number, text: string): void {
  const bytes = text.length * 3 < scratch.length ? scratch.subarray(0, scratch.write(text)) : Buffer.from(text)
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at)
}

/** What is behind the last empty line was cut short. */
const wholeTurns = (text: string): string => text.slice(0, text.lastIndexOf('\n\n') + 1)

/** Characters that a chunk is filled up to. */
const chunkCharacters = 32_768

/** Depends on nothing but the events and their order, so that those of a file are the same chunks whenever it is read. */
function chunksOf(lines: Iterable<Line>): Chunk[] {
  const chunks: { readonly accountId: string; readonly id: string; readonly at: number; lines: string; readonly writer: EventWriter }[] = []
  const open = new Map<string, (typeof chunks)[number]>()
  for (const line of lines) {
    const { accountId, id, at } = line
    let chunk = open.get(accountId)
    if (chunk === undefined || chunk.lines.length >= chunkCharacters) {
      chunk = { accountId, id, at, lines: '', writer: new EventWriter() }
      chunks.push(chunk)
      open.set(accountId, chunk)
    }
    chunk.lines += chunk.writer.write(line)
  }
  return chunks.map(({ writer: _, ...chunk }) => chunk)
}

/** For a store in memory, whose events need not outlive the process either. */
export class MemorySegment implements Segment {
  readonly #lines: Line[] = []

  async append(line: Line): Promise<void> {
    this.#lines.push(line)
  }

  take(): Taken | undefined {
    const { length } = this.#lines
    return length === 0 ? undefined : { chunks: chunksOf(this.#lines), newest: true, done: () => void this.#lines.splice(0, length) }
  }

  close(): void {}
}
