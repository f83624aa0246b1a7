/** The command was called wrongly: the message names what, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
