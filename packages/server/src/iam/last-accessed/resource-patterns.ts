/** Patterns of resources held against each other, where there is no resource to hold against them. */
import { actionsOf } from '@bailiwick/model/actions'
import { matchesPattern } from '@bailiwick/policy'

const COMPONENTS = 6

export const everything = (pattern: string): boolean => /^\*+$/.test(pattern)

/** What stands for many texts: variables of policies and of ARN formats may be anything. */
const withoutVariables = (pattern: string): string => pattern.replaceAll(/\$\{[^}]*\}/g, '*')

/** An ARN's components, when a pattern has them all. */
function componentsOf(pattern: string): string[] | undefined {
  const parts = pattern.split(':')
  return parts.length < COMPONENTS ? undefined : [...parts.slice(0, COMPONENTS - 1), parts.slice(COMPONENTS - 1).join(':')]
}

/** Whether there is a text that both stand for. */
export function haveCommon(one: string, other: string): boolean {
  if (everything(one) || everything(other)) return true
  const [a, b] = [withoutVariables(one), withoutVariables(other)]
  const [first, second] = [componentsOf(a), componentsOf(b)]
  if (first === undefined || second === undefined) return meet(a, b)
  return first.every((component, at) => meet(component, second[at]!))
}

/** The same of globs. Where both have a `*`, what stands between is absorbed by the other's: only the ends must agree. */
function meet(a: string, b: string): boolean {
  const [first, second] = [a.indexOf('*'), b.indexOf('*')]
  if (first === -1) return second === -1 ? a.length === b.length && alike(a, 0, b, 0, a.length) : holds(b, a)
  if (second === -1) return holds(a, b)
  const ends = Math.min(a.length - a.lastIndexOf('*'), b.length - b.lastIndexOf('*')) - 1
  return alike(a, 0, b, 0, Math.min(first, second)) && alike(a, a.length - ends, b, b.length - ends, ends)
}

/** Whether so many characters are the same, where a `?` on either side may be any. */
function alike(a: string, from: number, b: string, at: number, length: number): boolean {
  for (let next = 0; next < length; next++) {
    const [x, y] = [a[from + next], b[at + next]]
    if (x !== y && x !== '?' && y !== '?') return false
  }
  return true
}

/** Whether a pattern with a `*` stands for a text without one, or for what its `?` may be. */
function holds(pattern: string, text: string): boolean {
  const [head = '', ...between] = pattern.split('*')
  const tail = between.pop()!
  const end = text.length - tail.length
  if (head.length > end || !alike(pattern, 0, text, 0, head.length) || !alike(tail, 0, text, end, tail.length)) return false
  let at = head.length
  for (const part of between) {
    while (at + part.length <= end && !alike(part, 0, text, at, part.length)) at++
    if (at + part.length > end) return false
    at += part.length
  }
  return true
}

/** More than any question marks of a pattern are likely to make up. */
const ANYTHING = '\u0000'.repeat(40)
/** What is longer is taken to stand for more than any pattern but itself: comparing costs the product of both lengths. */
const mostCharacters = 512

/** Whether one stands for all that the other stands for. */
export function covers(outer: string, inner: string): boolean {
  if (everything(outer) || outer === inner) return true
  if (outer.length > mostCharacters || inner.length > mostCharacters) return false
  return matchesPattern(outer, withoutVariables(inner).replaceAll('*', outer.includes('?') ? ANYTHING : '\u0000'))
}

const formats = new Map<string, readonly string[]>()

/** What meets only `*`: of actions that are about no resource. */
const NO_RESOURCE = ''
/** The ARN formats of what an action can be about. */
export function formatsOf(service: string, action: string): readonly string[] {
  const id = `${service}:${action}`
  let found = formats.get(id)
  if (found === undefined) {
    const { actions, resourceTypes } = actionsOf(service)!
    found = [NO_RESOURCE, ...(actions[action]!.resources ?? []).flatMap(({ type }) => resourceTypes[type]?.arn ?? [])]
    formats.set(id, found)
  }
  return found
}
