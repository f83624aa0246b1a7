/** Of the statements that cover an action, those that may apply to a resource, found by what its ARN starts with. */
import { findPiece, hasAt } from '../patterns/index.js'
import { appliesOtherwise, appliesToResource } from './applies.js'
import type { CompiledPolicy } from './compiled-set.js'
import type { CompiledStatement } from './compiled-statement.js'
import type { MatchedStatement } from './decision.js'
import type { RequestView } from './request-view.js'
import { type CompiledResource, isCoveredBeyondStart, neededText } from './resources.js'

/** A statement, and the policy of the set in which it stands. */
export interface PlacedStatement {
  readonly policy: CompiledPolicy
  readonly statement: CompiledStatement
  /** Of a hierarchy: root is 0. */
  readonly level?: number
  /** As decisions name it, once it was named. */
  matched?: MatchedStatement
}

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

/** Texts that share their beginnings. What stands at a node may apply to every ARN that starts with the texts on the way to it. */
class Node {
  readonly entries: Entry[] = []
  /** The first UTF-16 code unit of each child's text, beside the child. There are few, and a list of them is read faster than a map. */
  readonly codes: number[] = []
  readonly children: Node[] = []

  constructor(public text: string) {}
}

class Tree implements Candidates {
  readonly #root = new Node('')

  constructor(statements: readonly PlacedStatement[]) {
    for (const [order, placed] of statements.entries()) {
      const { resource } = placed.statement
      if (resource === undefined || resource.inverted || resource.everything)
        this.#root.entries.push({ order, placed, pattern: undefined, needed: '' })
      else
        for (const pattern of resource.patterns)
          nodeFor(this.#root, pattern.start).entries.push({ order, placed, pattern, needed: neededText(pattern) })
    }
  }

  first(view: RequestView): PlacedStatement | undefined {
    let best: Entry | undefined
    for (let node: Node | undefined = this.#root, at = 0; node !== undefined; node = below(node, view.resource, at)) {
      at += node.text.length
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
    for (let node: Node | undefined = this.#root, at = 0; node !== undefined; node = below(node, view.resource, at)) {
      at += node.text.length
      for (const entry of node.entries) if (entryApplies(entry, view)) found.set(entry.order, entry.placed)
    }
    return found.size === 0 ? NOTHING : [...found].sort(([one], [other]) => one - other).map(([, placed]) => placed)
  }
}

function entryApplies({ placed, pattern, needed }: Entry, view: RequestView): boolean {
  const { resource } = view
  if (needed !== '' && findPiece(resource, needed, 0, resource.length) === -1) return false
  const { statement } = placed
  return pattern === undefined
    ? appliesToResource(statement, view)
    : isCoveredBeyondStart(pattern, view) && appliesOtherwise(statement, view)
}

/** The node under `node` on the way to what starts with the resource's text; `node` itself ends at `at`. */
function below({ codes, children }: Node, resource: string, at: number): Node | undefined {
  if (codes.length === 0) return undefined
  const code = resource.charCodeAt(at)
  for (let index = 0; index < codes.length; index++) {
    if (codes[index] === code) return hasAt(resource, children[index]!.text, at) ? children[index] : undefined
  }
  return undefined
}

/** The node where `start` ends, made if need be. */
function nodeFor(root: Node, start: string): Node {
  let node = root
  let rest = start
  while (rest !== '') {
    const index = node.codes.indexOf(rest.charCodeAt(0))
    if (index === -1) {
      const made = new Node(rest)
      node.codes.push(rest.charCodeAt(0))
      node.children.push(made)
      return made
    }
    const child = node.children[index]!
    const shared = sharedLength(child.text, rest)
    node = shared === child.text.length ? child : split(node, index, shared)
    rest = rest.slice(shared)
  }
  return node
}

/** Puts a node where the text of a child and that of what is added begin to differ. */
function split(parent: Node, index: number, at: number): Node {
  const child = parent.children[index]!
  const upper = new Node(child.text.slice(0, at))
  parent.children[index] = upper
  child.text = child.text.slice(at)
  upper.codes.push(child.text.charCodeAt(0))
  upper.children.push(child)
  return upper
}

function sharedLength(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  for (let index = 0; index < most; index++) if (one.charCodeAt(index) !== other.charCodeAt(index)) return index
  return most
}
