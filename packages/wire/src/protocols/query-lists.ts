/** How the items of a list are numbered in the query protocol, as AWS was recorded reading them in 2026. */
import { ProtocolError } from './protocol.js'
import { type Node, notExpected } from './query-parameters.js'

/** So many items may be left out at a time. */
const longestGap = 10

/** What stands below `Name.member`, by rising number; undefined for each number left out. Names that are no numbers make one item. */
export function listItems({ children }: Node): readonly (Node | undefined)[] {
  const numbers = [...children.keys()].filter((part) => /^\d{1,15}$/.test(part)).map(Number)
  if (numbers.length === 0) return children.size === 0 ? [] : [{ children }]
  if (numbers.length < children.size) throw new ProtocolError('MalformedInput', notExpected)
  const items: (Node | undefined)[] = []
  for (const at of numbers.sort((a, b) => a - b)) {
    const skipped = at - Math.max(items.length, 1)
    if (skipped > longestGap) throw new ProtocolError('MalformedInput', `Excessively sparse input would skip ${skipped} list elements`)
    while (items.length < at - 1) items.push(undefined)
    items.push(children.get(String(at)))
  }
  return items
}
