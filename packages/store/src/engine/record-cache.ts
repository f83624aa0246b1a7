/** Records as parsed and frozen, newest versions only: saves reading and parsing what is asked for again and again. */
import { RecentlyUsed } from './recently-used.js'

export interface CachedRecord {
  readonly since: number
  readonly record: object
  readonly size: number
}

export class RecordCache {
  private readonly records = new RecentlyUsed<CachedRecord>()
  private size = 0

  /** `mostSize` counts UTF-16 units of stored text, which is roughly the bytes that V8 needs for plain ASCII. */
  constructor(
    private readonly most = 20_000,
    private readonly mostSize = 16 * 1024 * 1024,
  ) {}

  get(token: string): CachedRecord | undefined {
    return this.records.use(token)
  }

  set(token: string, cached: CachedRecord): void {
    this.delete(token)
    this.records.set(token, cached)
    this.size += cached.size
    while (this.records.size > this.most || this.size > this.mostSize) this.size -= this.records.removeOldest()!.size
  }

  delete(token: string): void {
    const cached = this.records.peek(token)
    if (!cached) return
    this.records.delete(token)
    this.size -= cached.size
  }

  clear(): void {
    this.records.clear()
    this.size = 0
  }
}
