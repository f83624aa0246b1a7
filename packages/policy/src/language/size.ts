/** How AWS counts the size of a policy. */

/** The API takes no longer text, whatever the policy's own quota (policy-semantics §1.1). */
export const MOST_CHARACTERS = 131_072

/** Characters of `text` without the white space between JSON tokens; inside quotes everything counts (policy-semantics §1.8). */
export function policySize(text: string): number {
  let size = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (quoted && code === 0x5c && at + 1 < text.length) {
      size += 2
      at++
      continue
    }
    if (code === 0x22) quoted = !quoted
    if (quoted || (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d)) size++
  }
  return size
}
