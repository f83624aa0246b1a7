/**
 * Makes worlds: policies of all types around one target, and requests that are the target or nearly. What is written is mostly
 * what is asked for, then changed by one letter, one letter case, one colon or one wildcard.
 */
import type { Random } from './random.js'
import { A, B, CALLERS, type Caller, ENTRIES, GROUPS, KEYS, KINDS, MEETINGS, OPERATORS, TARGETS, WANTED } from './vocabulary.js'

/** A decision case (`policies` and `request` as scenario files have them), and what that format has no words for. */
export interface FuzzCase {
  readonly policies: Readonly<Record<string, unknown>>
  readonly request: Readonly<Record<string, unknown>>
  readonly beyond?: {
    readonly id?: string | undefined
    readonly names?: readonly string[] | undefined
    /** What the ARNs in `Principal` were bound to when the policies were saved. */
    readonly bound?: Readonly<Record<string, string>> | undefined
  }
}

export interface World {
  readonly policies: FuzzCase['policies']
  readonly bound: Readonly<Record<string, string>> | undefined
  readonly requests: readonly Pick<FuzzCase, 'request' | 'beyond'>[]
}

type Target = (typeof TARGETS)[number]
type Context = Readonly<Record<string, unknown>>

/** `plainness` is how many of the worlds are plain, so that what decides is who asks, for what, and who is named. */
export function makeWorld(random: Random, requests: number, plainness = 0.35): World {
  const plain = random.chance(plainness)
  const [who, what] = plain ? [random.pick(KINDS), random.pick(GROUPS)] : random.chance(0.3) ? random.pick(MEETINGS) : ['', /./]
  const caller = random.pick(CALLERS.filter(({ request }) => String(request.principal).includes(who)))
  const [action, resource, account] = random.pick(TARGETS.filter(([name]) => what.test(name)))
  const target = [action, resource, plain && random.chance(0.3) ? B : account] as const
  const maker = new PolicyMaker(random, caller, target, makeContext(random), plain)
  const bound = random.chance(0.1) ? { [`arn:aws:iam::${A}:user/dana`]: random.pick(['AIDADANA', 'AIDAOTHER']) } : undefined
  return {
    policies: maker.policies(),
    bound,
    requests: [maker.request(false), ...Array.from({ length: requests - 1 }, () => maker.request(true))].map((request) =>
      bound === undefined ? request : { ...request, beyond: { ...request.beyond, bound } },
    ),
  }
}

function makeContext(random: Random): Context {
  return Object.fromEntries(
    KEYS.filter(({ key }) => random.chance(key.startsWith('k:') ? 0.5 : 0.04)).map(({ key, values }) => [
      random.chance(0.1) ? key.toUpperCase() : key,
      random.pick(values),
    ]),
  )
}

function isRole([action, resource]: Target): boolean {
  return action.startsWith('sts:') && resource.includes(':role/')
}

/** How statements of a kind of policy are written. */
interface Style {
  readonly principal: boolean
  readonly resource: boolean
  readonly allow: number
}

const OWN: Style = { principal: false, resource: true, allow: 0.85 }
const HANGING: Style = { principal: true, resource: true, allow: 0.85 }
const TRUST: Style = { principal: true, resource: false, allow: 0.9 }

class PolicyMaker {
  constructor(
    readonly random: Random,
    readonly caller: Caller,
    readonly target: Target,
    readonly context: Context,
    readonly plain: boolean,
  ) {}

  policies(): Record<string, unknown> {
    const { random } = this
    const documents = (style: Style, least: number, most: number) => random.list(least, most, () => this.document(style))
    const levels = (style: Style) => random.list(0, 2, () => documents(style, random.chance(0.1) ? 0 : 1, 2))
    const hasTrust = isRole(this.target)
    const isFederated = this.caller.request.federatedBy !== undefined
    return {
      ...(random.chance(isFederated ? 0.5 : 0.75) && { identity: documents(OWN, 0, 2) }),
      ...(random.chance(0.2) && { boundary: this.document(OWN) }),
      ...(random.chance(isFederated ? 0.7 : 0.2) && { session: documents(OWN, 0, 2) }),
      ...(random.chance(hasTrust || this.plain ? 0.9 : 0.6) &&
        (hasTrust && random.chance(0.95) ? { trust: this.document(TRUST) } : { resource: this.document(HANGING) })),
      ...(random.chance(this.plain ? 0.1 : 0.25) && { scp: levels(OWN) }),
      ...(random.chance(this.plain ? 0.1 : 0.25) && { rcp: levels({ ...HANGING, allow: 0.6 }) }),
      ...(random.chance(this.plain ? 0.05 : 0.15) && { vpce: this.document(HANGING) }),
    }
  }

  document(style: Style): object {
    const { random } = this
    if (random.chance(0.003)) return { Version: '2013-01-01', Statement: [] }
    const statements = random.chance(this.plain ? 0 : CROWDED)
      ? random.list(9, 24, () => elsewhere(this.statement(style), random))
      : random.list(1, this.plain ? 1 : 3, () => this.statement(style))
    return {
      ...(random.chance(0.85) ? { Version: '2012-10-17' } : random.chance(0.5) && { Version: '2008-10-17' }),
      Statement: statements.length === 1 && random.chance(0.3) ? statements[0] : statements,
    }
  }

  statement(style: Style): object {
    const { random } = this
    const conditions = random.chance(this.plain ? 0.1 : 0.4) ? random.list(1, 2, () => this.condition()) : []
    const odd = this.plain ? 0.03 : 0.12
    const hasPrincipal = random.chance(0.98) === style.principal
    const hasResource = random.chance(0.99) === style.resource
    return {
      Effect: random.chance(0.004) ? 'allow' : random.chance(this.plain ? 0.93 : style.allow) ? 'Allow' : 'Deny',
      ...(hasPrincipal && (random.chance(0.005) || style.principal) && this.principal()),
      [random.chance(odd) ? 'NotAction' : 'Action']: this.some(() => this.action()),
      ...(hasResource && { [random.chance(odd) ? 'NotResource' : 'Resource']: this.some(() => this.resource()) }),
      ...(conditions.length > 0 && { Condition: merged(conditions) }),
      ...(random.chance(0.002) && { Extra: true }),
    }
  }

  /** One, or a list. */
  some<T>(make: () => T): T | T[] {
    const { random } = this
    if (random.chance(0.6)) return make()
    return random.list(random.chance(0.03) ? 0 : 1, 3, make)
  }

  action(): string {
    const { random } = this
    if (this.plain && random.chance(0.8)) return random.pick(['*', this.target[0]])
    const [service = '', name = ''] = this.target[0].split(':')
    const written = random.pick([
      '*',
      `${service}:*`,
      `${service}:*`,
      `${service}:${name}`,
      `${service}:${name}`,
      `${service}:${name.slice(0, 3)}*`,
      `*:${name}`,
      `${service}:*${name.slice(-4)}`,
      `${service}:${name.slice(0, -1)}?`,
      random.pick(TARGETS)[0],
    ])
    return random.chance(0.12) ? this.spoil(written) : random.chance(0.1) ? written.toLowerCase() : written
  }

  resource(): string {
    const { random } = this
    if (this.plain && random.chance(0.8)) return random.pick(['*', this.target[1]])
    const [, arn] = this.target
    const [partition, service, region, account, ...rest] = arn.split(':').slice(1)
    const tail = rest.join(':')
    const written = random.pick([
      '*',
      '*',
      '**',
      arn,
      arn,
      `${arn.slice(0, -2)}*`,
      `${arn.slice(0, -1)}?`,
      `arn:${partition}:${service}:*:*:${tail}`,
      `arn:${partition}:${service}:${region}:${account}:*`,
      `arn:*:${service}:${region}:${account}:${tail.slice(0, 4)}*`,
      `arn:${partition}:${service}*`,
      `arn:${partition}:${service}`,
      `arn:${partition}:${service}:${region}*:${tail.slice(-3)}`,
      `arn:${partition}:s?:::depot/*`,
      'arn:aws:s3:::depot/*/${aws:username}/*',
      'arn:aws:s3:::depot/${aws:username}/x',
      'arn:aws:s3:::depot/home/${aws:username}*',
      'arn:aws:s3:::depot/${k:one}/*',
      "arn:aws:s3:::depot/${k:none, 'in'}/*",
      'arn:aws:s3:::depot/${$}{aws:username}/x',
      'arn:aws:iam::*:user/${aws:username}',
      random.pick(TARGETS)[1],
    ])
    return random.chance(0.1) ? this.spoil(written) : written
  }

  principal(): object {
    const { random } = this
    const entries = random.list(random.chance(0.02) ? 0 : 1, this.plain ? 1 : 3, () =>
      random.chance(this.plain ? 0.7 : 0.45) ? this.ownEntry() : random.pick(ENTRIES),
    )
    const inverted = random.chance(this.plain ? 0.03 : 0.1)
    const first = entries[0]
    if (first?.[1] === '*' && first[0] === 'AWS' && random.chance(0.5)) return { [inverted ? 'NotPrincipal' : 'Principal']: '*' }
    const map: Record<string, string[]> = {}
    for (const [type, id] of entries) (map[type] ??= []).push(random.chance(0.03) ? this.spoil(id) : id)
    if (inverted && random.chance(0.5)) (map.AWS ??= []).push(A, String(this.caller.request.roleArn ?? `arn:aws:iam::${A}:role/app`))
    return { [inverted ? 'NotPrincipal' : 'Principal']: map }
  }

  /** An entry that names the caller at one of its levels. */
  ownEntry(): readonly [string, string] {
    const { principal, roleArn, federatedBy } = this.caller.request
    const arn = String(principal)
    if (arn.includes('-provider/')) return ['Federated', arn]
    if (arn.endsWith('.com')) return ['Service', this.caller.names?.[0] ?? arn]
    if (arn === 'anonymous') return ['AWS', '*']
    const account = arn.split(':')[4]!
    const names = [arn, arn, account, `arn:aws:iam::${account}:root`, String(roleArn ?? federatedBy ?? `arn:aws:iam::${account}:role/app`)]
    if (federatedBy !== undefined) names.push(String(federatedBy), String(federatedBy))
    if (this.caller.id !== undefined) names.push(this.caller.id)
    return ['AWS', this.random.pick(names)]
  }

  condition(): [operator: string, key: string, values: unknown] {
    const { random } = this
    const family = random.pick(FAMILIES)
    const { key, values } = random.pick(KEYS.filter((each) => each.family === family))
    const isList = values.some((value) => typeof value !== 'string')
    const asked = this.context[key]
    const wanted = random.list(random.chance(0.04) ? 0 : 1, 2, () => {
      const value =
        asked !== undefined && random.chance(0.5) ? asked : random.chance(0.6) ? random.pick(values) : random.pick(WANTED[family]!)
      const text = typeof value === 'string' ? value : String((value as string[])[0] ?? 'a')
      return random.chance(0.05) ? this.spoil(text) : text
    })
    const name = random.chance(0.92) ? random.pick(OPERATORS[family]!) : random.pick(Object.values(OPERATORS).flat())
    const set = random.chance(isList ? 0.7 : 0.08) ? random.pick(['ForAllValues:', 'ForAnyValue:']) : ''
    const operator = random.chance(0.1)
      ? 'Null'
      : random.chance(0.004)
        ? 'StringResembles'
        : random.chance(0.02)
          ? name.toLowerCase()
          : name
    const operands = operator === 'Null' ? [random.pick(['true', 'false', 'TRUE', 'x'])] : wanted
    return [
      `${set}${operator}${random.chance(0.15) ? 'IfExists' : ''}`,
      random.chance(0.1) ? key.toLowerCase() : key,
      operands.length === 1 && random.chance(0.6) ? operands[0] : operands,
    ]
  }

  /** One letter, one letter case, one colon or one wildcard off. */
  spoil(text: string): string {
    const { random } = this
    const at = random.below(text.length + 1)
    const letter = text[at] ?? 'x'
    const swapped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
    const instead = random.pick(['', 'x', swapped, swapped, `${letter}${letter}`, ':', '*', '?', `:${letter}`])
    // Braces stay whole: what a broken variable means, the specification does not say.
    return "${}',: ".includes(letter) && text.includes('${') ? text : text.slice(0, at) + instead + text.slice(at + 1)
  }

  /** The target's request, or one that differs in one respect. */
  request(nearly: boolean): Pick<FuzzCase, 'request' | 'beyond'> {
    const { random } = this
    let { caller, target, context } = this
    let [action, resource] = target
    if (nearly) {
      const change = random.below(8)
      if (change === 0) caller = random.pick(CALLERS)
      else if (change === 1) {
        // A trust policy is a role's.
        target = random.pick(isRole(this.target) ? TARGETS.filter(isRole) : TARGETS)
        ;[action, resource] = target
      } else if (change === 2) context = makeContext(random)
      else if (change === 3) context = Object.fromEntries(Object.entries(context).filter(() => random.chance(0.7)))
      else if (change === 4 && resource !== '*') resource = `${resource}${random.pick(['x', '/y', ':2'])}`
      else if (change === 5) action = random.chance(0.5) ? action.toLowerCase() : `${action}s`
      else if (change === 6) caller = this.random.pick(CALLERS.filter(({ request }) => request.principal === this.caller.request.principal))
      else if (change === 7) context = { ...context, ...makeContext(random) }
    }
    const beyond = { id: caller.id, names: caller.names }
    return {
      request: {
        ...caller.request,
        action,
        resource,
        resourceAccount: nearly && random.chance(0.05) ? random.pick([A, B]) : target[2],
        ...(random.chance(0.04) && { resourceInMgmt: true }),
        context,
      },
      ...((beyond.id !== undefined || beyond.names !== undefined) && { beyond }),
    }
  }
}

const FAMILIES = Object.keys(OPERATORS)
/** How many documents have so many statements that the engine looks them up in a tree. */
const CROWDED = 0.03

function merged(conditions: readonly [string, string, unknown][]): object {
  const block: Record<string, Record<string, unknown>> = {}
  for (const [operator, key, values] of conditions) (block[operator] ??= {})[key] = values
  return block
}

/** Mostly about things beside the target, so that what is looked up is one of many. */
function elsewhere(statement: object, random: Random): object {
  if (random.chance(0.15) || !('Resource' in statement)) return statement
  const beside = (resource: unknown): unknown =>
    typeof resource === 'string' ? `${resource.slice(0, -random.below(4) || undefined)}${random.pick(['-x', '/', 'y*', 'z'])}` : resource
  return { ...statement, Resource: [statement.Resource].flat().map(beside) }
}
