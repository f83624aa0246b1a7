/**
 * Groups that are durable and not yet in the tables. A group costs one row of text when it is committed; its rows go into the tables
 * together with those of many others, which is a third of the work. Nothing is read around a waiting group: what it touches is settled first.
 */
import { type Group, recordToken, tableToken, valueToken } from '../engine/index.js'

/** More than these settle before the next: about 10 ms of writing. */
const mostChanges = 256
const mostText = 4 * 1024 * 1024

export class Waiting {
  groups: Group[] = []
  private changes = 0
  private text = 0
  private readonly tokens = new Set<string>()
  private readonly counts = new Map<string, number>()

  /** `text` is its length as text. */
  add(group: Group, touched: readonly string[], text: number): void {
    this.groups.push(group)
    this.changes += group.changes.length
    this.text += text
    for (const token of touched) this.tokens.add(token)
    for (const { tbl, scope, count } of group.counts) this.counts.set(tableToken(tbl, scope), count)
  }

  get isEmpty(): boolean {
    return this.groups.length === 0
  }

  get isFull(): boolean {
    return this.changes >= mostChanges || this.text >= mostText
  }

  hasRecord(tbl: string, scope: string, key: string): boolean {
    return this.tokens.has(recordToken(tbl, scope, key))
  }

  /** Whether a record changed that has, or had, this value. */
  hasValue(idx: string, scope: string, value: string): boolean {
    return this.tokens.has(valueToken(idx, scope, value))
  }

  hasTable(tbl: string, scope: string): boolean {
    return this.tokens.has(tableToken(tbl, scope))
  }

  /** The newest count, when a group has changed it. */
  count(tbl: string, scope: string): number | undefined {
    return this.counts.get(tableToken(tbl, scope))
  }

  clear(): void {
    this.groups = []
    this.changes = 0
    this.text = 0
    this.tokens.clear()
    this.counts.clear()
  }
}
