/** ARN patterns, matched component by component (policy-semantics §4.2 and §5.4). */
import { compileGlob, type Glob, globOf, matchesGlob, type PatternPart } from './glob.js'
import { hasAt } from './text.js'

const COMPONENTS = 6

export interface ArnPattern {
  /** Everything up to and with the fifth colon, when no wildcard is in it: the usual case, compared at once. */
  readonly head: string | undefined
  /** Partition to account, with the word `arn` in front. */
  readonly components: readonly Component[]
  /** What comes after the fifth colon; here `*` and `?` take colons and slashes too. */
  readonly tail: Glob
}

interface Component {
  readonly glob: Glob
  /** Its last character is a `*`, which may then run on over colons. */
  readonly crosses: boolean
}

/**
 * Compiles a pattern of six components or more; `undefined` when there are fewer. With `crossing`, a star that ends one of the first
 * five components also covers the colons behind it, which is how `Resource` works; the ARN operators keep every star inside.
 */
export function compileArnPattern(parts: readonly PatternPart[], crossing: boolean): ArnPattern | undefined {
  const split = splitAtColons(parts)
  const tail = split[COMPONENTS - 1]
  if (tail === undefined) return undefined
  const front = split.slice(0, COMPONENTS - 1)
  const plain = front.every((component) => component.every(({ text, literal }) => literal || !hasWildcard(text)))
  return {
    head: plain ? front.map((component) => `${component.map(({ text }) => text).join('')}:`).join('') : undefined,
    components: front.map((component) => ({
      glob: globOf(component),
      crosses: crossing && component.at(-1)?.literal === false && component.at(-1)!.text.endsWith('*'),
    })),
    tail: globOf(tail),
  }
}

/**
 * Goes through the components from left to right. Where one does not fit, the last star that may cross colons takes one component
 * more; earlier ones never need to be tried again, because whatever they could take the last one can take too.
 */
export function matchesArnPattern(pattern: ArnPattern, arn: string, tail: Glob = pattern.tail): boolean {
  if (pattern.head !== undefined) return hasAt(arn, pattern.head, 0) && matchesGlob(tail, arn, pattern.head.length)
  let index = 0
  let at = 0
  let crossing: { index: number; colon: number } | undefined
  for (;;) {
    if (index === COMPONENTS - 1) {
      if (matchesGlob(tail, arn, at)) return true
    } else {
      const component = pattern.components[index]!
      const colon = arn.indexOf(':', at)
      if (colon !== -1 && matchesGlob(component.glob, arn, at, colon)) {
        if (component.crosses) crossing = { index, colon }
        index++
        at = colon + 1
        continue
      }
    }
    if (crossing === undefined) return false
    const colon = arn.indexOf(':', crossing.colon + 1)
    if (colon === -1) return false
    crossing = { index: crossing.index, colon }
    index = crossing.index + 1
    at = colon + 1
  }
}

export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?')
}

/** Whether `arn` matches `pattern`, both as text, each wildcard inside its component. */
export function matchesArn(pattern: string, arn: string): boolean {
  const compiled = compileArnPattern([{ text: pattern, literal: false }], false)
  return compiled !== undefined && matchesArnPattern(compiled, arn)
}

/** Whether `text` matches the glob `pattern`. */
export function matchesPattern(pattern: string, text: string): boolean {
  return matchesGlob(compileGlob(pattern), text)
}

function splitAtColons(parts: readonly PatternPart[]): PatternPart[][] {
  const components: PatternPart[][] = [[]]
  for (const { text, literal } of parts) {
    let rest = text
    while (components.length < COMPONENTS) {
      const colon = rest.indexOf(':')
      if (colon === -1) break
      components.at(-1)!.push({ text: rest.slice(0, colon), literal })
      components.push([])
      rest = rest.slice(colon + 1)
    }
    if (rest !== '') components.at(-1)!.push({ text: rest, literal })
  }
  return components
}
