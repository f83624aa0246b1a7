/** What is wrong with a document: returned, never thrown, with its place. */
import type { Span } from './document.js'

export interface Finding {
  readonly severity: 'error' | 'warning' | 'security-warning' | 'suggestion'
  /** Stable upper-snake code, such as `MISSING_VERSION`. */
  readonly code: string
  /** A sentence for people: lower-case start, no type names, what the user wrote in backticks. */
  readonly message: string
  /** Where, as member names and indexes: `['Statement', 0, 'Effect']`. */
  readonly path: readonly (string | number)[]
  readonly span: Span
  /** The message of the IAM API when this finding refuses a write; absent when AWS stores such a document. */
  readonly apiMessage?: string
}
