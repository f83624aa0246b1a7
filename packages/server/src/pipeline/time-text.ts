/** A time as AWS writes it in keys and events: ISO 8601 with whole seconds. */

let last = { second: -1, text: '' }

/** Of epoch milliseconds. Requests of one second share the text. */
export function isoSeconds(at: number): string {
  const second = Math.floor(at / 1000)
  if (second !== last.second) last = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` }
  return last.text
}
