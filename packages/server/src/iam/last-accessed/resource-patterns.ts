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

/** The same of globs: from each place in `a` and each in `b`, whether what follows can be the same. */
function meet(a: string, b: string): boolean {
  let behind: boolean[] = []
  for (let i = a.length; i >= 0; i--) {
    const row: boolean[] = []
    for (let j = b.length; j >= 0; j--) {
      const [x, y] = [a[i], b[j]]
      if (x === '*') row[j] = behind[j] === true || (y !== undefined && row[j + 1] === true)
      else if (y === '*') row[j] = row[j + 1] === true || (x !== undefined && behind[j] === true)
      else if (x === undefined || y === undefined) row[j] = x === y
      else row[j] = (x === y || x === '?' || y === '?') && behind[j + 1] === true
    }
    behind = row
  }
  return behind[0] === true
}

/** More than any question marks of a pattern are likely to make up. */
const ANYTHING = '\u0000'.repeat(40)

/** Whether one stands for all that the other stands for. */
export function covers(outer: string, inner: string): boolean {
  return everything(outer) || matchesPattern(outer, withoutVariables(inner).replaceAll('*', ANYTHING))
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
