/** Of the statements that cover an action, those that may apply to a resource, found by what its ARN starts with. */
import { findPiece, hasAt } from '../patterns/index.js'
import { appliesOtherwise, appliesToResource } from './applies.js'
import type { PlacedStatement } from './placed-statement.js'
import type { RequestView } from './request-view.js'
import { type CompiledResource, isCoveredBeyondStart, neededText } from './resources.js'

/** Statements of one effect, in the order in which they stand. */
export interface Candidates {
  /** The first that applies. */
  first(view: RequestView): PlacedStatement | undefined
  /** All that apply. */
  all(view: RequestView): readonly PlacedStatement[]
}

/** From this many on a tree costs less than looking at each. */
const WORTH_A_TREE = 8

const NOTHING: readonly PlacedStatement[] = []
const NO_CANDIDATES: Candidates = { first: () => undefined, all: () => NOTHING }

/** Makes an index of statements whose actions match. */
export function candidates(statements: readonly PlacedStatement[]): Candidates {
  if (statements.length === 0) return NO_CANDIDATES
  return statements.length < WORTH_A_TREE ? new Listed(statements) : new Tree(statements)
}

class Listed implements Candidates {
  constructor(private readonly statements: readonly PlacedStatement[]) {}

  first(view: RequestView): PlacedStatement | undefined {
    for (const placed of this.statements) if (appliesToResource(placed.statement, view)) return placed
    return undefined
  }

  all(view: RequestView): readonly PlacedStatement[] {
    let found: PlacedStatement[] | undefined
    for (const placed of this.statements) if (appliesToResource(placed.statement, view)) (found ??= []).push(placed)
    return found ?? NOTHING
  }
}

/** A statement under one of its patterns; without one it is to be asked as a whole. */
interface Entry {
  readonly order: number
  readonly placed: PlacedStatement
  readonly pattern: CompiledResource | undefined
  /** What the ARN must have somewhere: most hostile patterns are passed over after one look. */
  readonly needed: string
}

/** Shared by the nodes that have none. */
const NO_ENTRIES: Entry[] = []

/**
 * Texts that share their beginnings. What stands at a node may apply to every ARN that starts with the texts on the way to it. In a large
 * tree what costs is memory that is not near the processor, so that a node is made to be passed without reading more than itself.
 */
class Node {
  entries = NO_ENTRIES
  /** The first UTF-16 code unit of each child's text. There are few, and a text of them is read faster than a map. */
  heads = ''
  readonly children: Node[] = []

  constructor(
    public text: string,
    /** The length of the texts on the way to it, its own included. */
    readonly end: number,
  ) {}
}

class Tree implements Candidates {
  readonly #root = new Node('', 0)

  constructor(statements: readonly PlacedStatement[]) {
    for (const [order, placed] of statements.entries()) {
      const { resource } = placed.statement
      if (resource === undefined || resource.inverted || resource.everything)
        enter(this.#root, { order, placed, pattern: undefined, needed: '' })
      else
        for (const pattern of resource.patterns)
          enter(nodeFor(this.#root, pattern.start), { order, placed, pattern, needed: neededText(pattern) })
    }
  }

  first(view: RequestView): PlacedStatement | undefined {
    let best: Entry | undefined
    for (let node: Node | undefined = this.#root; node !== undefined; node = below(node, view.resource)) {
      for (const entry of node.entries) {
        // The entries of a node stand in the order of their statements.
        if (best !== undefined && best.order <= entry.order) break
        if (entryApplies(entry, view)) best = entry
      }
    }
    return best?.placed
  }

  all(view: RequestView): readonly PlacedStatement[] {
    const found = new Map<number, PlacedStatement>()
    for (let node: Node | undefined = this.#root; node !== undefined; node = below(node, view.resource)) {
      for (const entry of node.entries) if (entryApplies(entry, view)) found.set(entry.order, entry.placed)
    }
    return found.size === 0 ? NOTHING : [...found].sort(([one], [other]) => one - other).map(([, placed]) => placed)
  }
}

function enter(node: Node, entry: Entry): void {
  if (node.entries === NO_ENTRIES) node.entries = [entry]
  else node.entries.push(entry)
}

function entryApplies({ placed, pattern, needed }: Entry, view: RequestView): boolean {
  const { resource } = view
  if (needed !== '' && findPiece(resource, needed, 0, resource.length) === -1) return false
  const { statement } = placed
  return pattern === undefined
    ? appliesToResource(statement, view)
    : isCoveredBeyondStart(pattern, view) && appliesOtherwise(statement, view)
}

/** The node under `node` on the way to what starts with the resource's text. */
function below({ heads, children, end }: Node, resource: string): Node | undefined {
  if (heads === '' || end >= resource.length) return undefined
  const code = resource.charCodeAt(end)
  for (let index = 0; index < heads.length; index++) {
    if (heads.charCodeAt(index) !== code) continue
    const child = children[index]!
    return child.end === end + 1 || hasAt(resource, child.text, end) ? child : undefined
  }
  return undefined
}

/** The node where `start` ends, made if need be. */
function nodeFor(root: Node, start: string): Node {
  let node = root
  while (node.end < start.length) {
    const index = node.heads.indexOf(start[node.end]!)
    if (index === -1) {
      const made = new Node(start.slice(node.end), start.length)
      adopt(node, made)
      return made
    }
    const child = node.children[index]!
    const shared = sharedLength(child.text, start.slice(node.end))
    node = shared === child.text.length ? child : split(node, index, shared)
  }
  return node
}

function adopt(node: Node, child: Node): void {
  node.heads += child.text[0]
  node.children.push(child)
}

/** Puts a node where the text of a child and that of what is added begin to differ. */
function split(parent: Node, index: number, at: number): Node {
  const child = parent.children[index]!
  const upper = new Node(child.text.slice(0, at), parent.end + at)
  parent.children[index] = upper
  child.text = child.text.slice(at)
  adopt(upper, child)
  return upper
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  for (let index = 0; index < most; index++) if (one.charCodeAt(index) !== other.charCodeAt(index)) return index
  return most
}
