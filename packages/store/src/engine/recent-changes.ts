/** What the last revisions touched, to tell whether something read a moment ago may be kept for the next to ask. */
export class RecentChanges {
  private revisions: { readonly revision: number; readonly tokens: readonly string[] }[] = []
  /** So many at the front are forgotten; they are cut off now and then, since taking one at a time would move all the others each time. */
  private forgotten = 0
  private tokenCount = 0
  /** Revisions after this one are all known. */
  private knownAfter: number

  constructor(
    head: number,
    private readonly mostTokens = 50_000,
  ) {
    this.knownAfter = head
  }

  add(revision: number, tokens: readonly string[]): void {
    this.revisions.push({ revision, tokens })
    this.tokenCount += tokens.length + 1
    while (this.tokenCount > this.mostTokens) {
      const oldest = this.revisions[this.forgotten++]!
      this.tokenCount -= oldest.tokens.length + 1
      this.knownAfter = oldest.revision
    }
    if (this.forgotten * 2 > this.revisions.length) {
      this.revisions = this.revisions.slice(this.forgotten)
      this.forgotten = 0
    }
  }

  /** Forgets everything up to `revision`. */
  restart(revision: number): void {
    this.revisions = []
    this.forgotten = 0
    this.tokenCount = 0
    this.knownAfter = revision
  }

  /** Whether any of the tokens changed after a revision; true as well when that is no longer known. */
  touched(after: number, has: (token: string) => boolean): boolean {
    if (after < this.knownAfter) return true
    for (let i = this.revisions.length - 1; i >= this.forgotten; i--) {
      const { revision, tokens } = this.revisions[i]!
      if (revision <= after) return false
      if (tokens.some(has)) return true
    }
    return false
  }
}
