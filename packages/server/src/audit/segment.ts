/** A queue of lines on disk: appended to a file, synced soon after, and taken off the front once they are kept elsewhere. */
import { closeSync, fdatasync, fdatasyncSync, mkdirSync, openSync, readdirSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface Taken {
  /** In the order they came. */
  readonly lines: readonly string[]
  /** Says that the lines are kept elsewhere; until then they would be taken again after a crash. */
  readonly done: () => void
}

export interface Segment {
  /** Resolves when the line would survive the end of this process. Rejects, and keeps nothing, when there is no room. */
  append(line: string): Promise<void>
  /** Undefined when there is nothing. */
  take(): Taken | undefined
  close(): void
}

const syncWithinMilliseconds = 50

interface Waiting {
  readonly line: string
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Files `NUMBER.jsonl` in a folder. Lines of one turn of the event loop share one write. A file is taken whole when the next one has
 * been begun, and deleted when its lines are kept elsewhere. A line cut short by a crash was never acknowledged and is passed over.
 */
export class FileSegment implements Segment {
  readonly #folder: string
  #number: number
  #fd: number
  /** The lines of the file being written; files of an earlier process are read back. */
  #written: string[] = []
  #waiting: Waiting[] = []
  #syncing: NodeJS.Timeout | undefined

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#number = (this.#numbers().at(-1) ?? 0) + 1
    this.#fd = this.#open()
  }

  append(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ line, resolve, reject })
      if (this.#waiting.length === 1) setImmediate(() => this.#write())
    })
  }

  #write(): void {
    const waiting = this.#waiting
    if (waiting.length === 0) return
    this.#waiting = []
    const bytes = Buffer.from(`${waiting.map(({ line }) => line).join('\n')}\n`)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#fd, bytes, at)
    } catch (error) {
      for (const { reject } of waiting) reject(error)
      return
    }
    this.#syncing ??= setTimeout(() => this.#sync(), syncWithinMilliseconds / 2).unref()
    for (const { line, resolve } of waiting) {
      this.#written.push(line)
      resolve()
    }
  }

  #sync(): void {
    this.#syncing = undefined
    fdatasync(this.#fd, () => {})
  }

  take(): Taken | undefined {
    const earlier = this.#numbers().find((number) => number < this.#number)
    if (earlier !== undefined) {
      const path = this.#path(earlier)
      return { lines: whole(readFileSync(path, 'utf8')), done: () => unlinkSync(path) }
    }
    if (this.#written.length === 0) return undefined
    const lines = this.#written
    const path = this.#path(this.#number)
    const full = this.#fd
    this.#number++
    this.#fd = this.#open()
    this.#written = []
    closeSync(full)
    return { lines, done: () => unlinkSync(path) }
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

/** What is behind the last line break was cut short. */
const whole = (text: string): string[] =>
  text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)

/** For a store in memory, whose events need not outlive the process either. */
export class MemorySegment implements Segment {
  #lines: string[] = []

  async append(line: string): Promise<void> {
    this.#lines.push(line)
  }

  take(): Taken | undefined {
    const lines = this.#lines
    return lines.length === 0 ? undefined : { lines, done: () => void (this.#lines = this.#lines.slice(lines.length)) }
  }

  close(): void {}
}
