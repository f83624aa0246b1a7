/** What a model demands of an input, and AWS's sentence when it is not met (iam-behaviour §4, recorded facts 5–8). */
import type { Member, ServiceModel, Shape } from '@bailiwick/model'
import type { Value } from './protocol.js'

export interface Violation {
  /** `tags.1.member.key`. */
  readonly path: string
  /** Shown where the service shows values; never that of a sensitive shape. */
  readonly value?: string
  readonly missing?: true
  /** The value is shown, also where the service shows none. */
  readonly showsValue?: true
  readonly rule: string
  /** Stands for the whole message: IAM words some rules for people. */
  readonly sentence?: string
}

/** How a service words what it found. */
interface Wording {
  readonly showsValue: boolean
  /** Of text that is too short tells the pattern too. */
  readonly tellsPatternOfShort?: true
}

const wordings: Readonly<Record<ServiceModel['service'], Wording>> = {
  iam: { showsValue: false },
  sts: { showsValue: true, tellsPatternOfShort: true },
  organizations: { showsValue: true },
  accessanalyzer: { showsValue: true },
  bailiwick: { showsValue: false },
}

const nameSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`
const pathSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`
const prefixSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.`

const printableSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must contain only printable ASCII characters.`

/** IAM's own sentences instead of the pattern rule, by shape (iam-behaviour §4). */
const iamSentences: ReadonlyMap<string, (member: string) => string> = new Map([
  ...[
    'userNameType',
    'existingUserNameType',
    'groupNameType',
    'roleNameType',
    'policyNameType',
    'instanceProfileNameType',
    'serverCertificateNameType',
  ].map((shape) => [shape, nameSentence] as const),
  ...['policyDocumentType', 'certificateBodyType', 'certificateChainType', 'privateKeyType'].map(
    (shape) => [shape, printableSentence] as const,
  ),
  ['pathType', pathSentence],
  ['policyPathType', pathSentence],
  ['pathPrefixType', prefixSentence],
])

/** Shapes of IAM's that are younger than its silence about values, as recorded in 2026. */
const iamShown: ReadonlySet<string> = new Set(['exclusionNameNewer', 'exclusionTypeNewer', 'attachmentTypeNewer'])

/** AWS names so many faults, and is silent on the rest. */
const mostViolations = 10
const patterns = new Map<string, RegExp>()

/** One class of characters, repeated: its cost is the text's length. */
const repeatedClass = /^\^?\[(?:\\.|[^\]\\])*\][*+]\$?$/

/** Longest text that a pattern of more than one part is tried on where the model sets no limit; nothing that such patterns name is longer. */
const longestTried = 2048

/** Whether the text is the pattern's from its first character to its last. */
function matches({ pattern, max }: Shape, value: string): boolean {
  if (max === undefined && value.length > longestTried && !repeatedClass.test(pattern!)) return false
  let compiled = patterns.get(pattern!)
  if (compiled === undefined) patterns.set(pattern!, (compiled = compile(pattern!)))
  return compiled.test(value)
}

/** Two patterns of the models escape what the `u` flag forbids to escape. A pattern that cannot be read at all is a mistake in the model. */
function compile(pattern: string): RegExp {
  const source = `^(?:${pattern.replaceAll(/\\u([0-9A-F]{5,6})/gi, '\\u{$1}')})$`
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}

export function violations(model: ServiceModel, operation: string, input: Value): readonly Violation[] {
  const { input: shape } = model.operations.get(operation)!
  const found: Violation[] = []
  if (shape !== undefined) check(model, model.shapes.get(shape)!, input, '', found)
  return found.slice(0, mostViolations)
}

const lowerFirst = (name: string): string => name[0]!.toLowerCase() + name.slice(1)

const orders = new WeakMap<Shape, readonly Member[]>()

/**
 * AWS names faults in the order of a Java hash map of the members' names, not in that of the model: so are all lists of several
 * faults that were recorded, of IAM and of other services.
 */
function namingOrder(shape: Shape): readonly Member[] {
  let order = orders.get(shape)
  if (order === undefined) {
    const members = shape.members ?? []
    let buckets = 16
    while (members.length > buckets * 0.75) buckets *= 2
    const bucketOf = ({ name }: Member): number => javaHash(lowerFirst(name)) & (buckets - 1)
    orders.set(shape, (order = members.toSorted((a, b) => bucketOf(a) - bucketOf(b))))
  }
  return order
}

function javaHash(text: string): number {
  let hash = 0
  for (const character of text) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0
  return hash ^ (hash >>> 16)
}

function check(model: ServiceModel, shape: Shape, value: unknown, path: string, found: Violation[]): void {
  if (found.length >= mostViolations) return
  const nested = (name: string): string => (path === '' ? name : `${path}.${name}`)
  switch (shape.type) {
    case 'structure':
      for (const { name, shape: target, required } of namingOrder(shape)) {
        const own = (value as Value)[name]
        if (own !== undefined) check(model, model.shapes.get(target)!, own, nested(lowerFirst(name)), found)
        else if (required) found.push({ path: nested(lowerFirst(name)), missing: true, rule: notNull })
      }
      return
    case 'list': {
      const items = value as readonly unknown[]
      const member = model.shapes.get(shape.member!)!
      if (!hasSize(shape, items.length)) {
        const value = printed(model, shape, items)
        checkSize(shape, items.length, value === undefined ? { path } : { path, value }, found)
      }
      if (member.type === 'string') checkTexts(model, member, items as readonly (string | undefined)[], path, found)
      else for (const [at, item] of items.entries()) check(model, member, item, `${path}.${at + 1}.member`, found)
      return
    }
    case 'map':
      for (const [key, own] of Object.entries(value as Value)) {
        check(model, model.shapes.get(shape.key!)!, key, `${path}.key`, found)
        check(model, model.shapes.get(shape.value!)!, own, `${path}.${key}.member`, found)
      }
      return
    case 'string':
      checkText(model, shape, value as string, path, found)
      return
    case 'integer':
    case 'long':
    case 'double':
      checkRange(shape, value as number, path, found)
      return
    default:
      return
  }
}

const notNull = 'Member must not be null'
const tooShort = (min: number): string => `Member must have length greater than or equal to ${min}`
const tooLong = (max: number): string => `Member must have length less than or equal to ${max}`
const notThePattern = (pattern: string): string => `Member must satisfy regular expression pattern: ${pattern}`
const notInTheSet = (all: readonly string[]): string => `Member must satisfy enum value set: [${all.join(', ')}]`

const hasSize = ({ min = 0, max = Number.POSITIVE_INFINITY }: Shape, size: number): boolean => size >= min && size <= max

/** As Java prints it: `[Tag(key=a, value=b)]`. Undefined when something in it is sensitive. */
function printed(model: ServiceModel, { type, name, member, members = [], sensitive }: Shape, value: unknown): string | undefined {
  if (sensitive) return undefined
  if (value === undefined) return 'null'
  if (type === 'list')
    return joined(
      (value as readonly unknown[]).map((item) => printed(model, model.shapes.get(member!)!, item)),
      '[',
      ']',
    )
  if (type !== 'structure') return String(value)
  const parts = members.map((each) => {
    const part = printed(model, model.shapes.get(each.shape)!, (value as Value)[each.name])
    return part === undefined ? undefined : `${lowerFirst(each.name)}=${part}`
  })
  return joined(parts, `${name}(`, ')')
}

const joined = (parts: readonly (string | undefined)[], open: string, close: string): string | undefined =>
  parts.includes(undefined) ? undefined : `${open}${parts.join(', ')}${close}`

function checkSize({ min, max }: Shape, size: number, at: Omit<Violation, 'rule'>, found: Violation[]): boolean {
  if (min !== undefined && size < min) found.push({ ...at, rule: tooShort(min) })
  else if (max !== undefined && size > max) found.push({ ...at, rule: tooLong(max) })
  else return true
  return false
}

function checkRange({ min, max }: Shape, value: number, path: string, found: Violation[]): void {
  const shown = { path, value: String(value) }
  if (min !== undefined && value < min) found.push({ ...shown, rule: `Member must have value greater than or equal to ${min}` })
  else if (max !== undefined && value > max) found.push({ ...shown, rule: `Member must have value less than or equal to ${max}` })
}

/** Of these the length is told before the pattern, as recorded of GetWebIdentityToken; of ARNs it was recorded after. */
const lengthFirst: ReadonlySet<string> = new Set(['tagKeyType'])

/** The pattern is tried on no text that is too long, so that its cost is bounded by the model. */
function checkText(model: ServiceModel, shape: Shape, value: string, path: string, found: Violation[]): void {
  const isShown = model.service === 'iam' && iamShown.has(shape.name)
  const shown = shape.sensitive ? {} : { value, ...(isShown && { showsValue: true as const }) }
  const short = shape.min !== undefined && value.length < shape.min && wordings[model.service].tellsPatternOfShort === true
  const pattern: readonly Violation[] =
    short && shape.pattern !== undefined && !matches(shape, value) ? [{ path, ...shown, rule: notThePattern(shape.pattern) }] : []
  if (!lengthFirst.has(shape.name)) found.push(...pattern)
  const sized = checkSize(shape, value.length, { path, ...shown }, found)
  if (lengthFirst.has(shape.name)) found.push(...pattern)
  if (!sized) return
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    found.push({ path, ...shown, rule: notInTheSet(shape.enum) })
  } else if (shape.pattern !== undefined && !matches(shape, value)) {
    const sentence = model.service === 'iam' ? iamSentences.get(shape.name)?.(path.split('.').at(-1)!) : undefined
    found.push({
      path,
      ...shown,
      rule: notThePattern(shape.pattern),
      ...(sentence !== undefined && { sentence }),
    })
  }
}

/** Of these IAM also demands that they are there, which its model does not tell; not so of client ids and thumbprints. */
const iamNeverNull: ReadonlySet<string> = new Set(['tagKeyType', 'serviceNamespaceType'])

/** A list of texts is one fault, however many of them are bad: it names the list, and all that is demanded of each text. */
function checkTexts(model: ServiceModel, shape: Shape, values: readonly (string | undefined)[], path: string, found: Violation[]): void {
  const bad: Violation[] = []
  for (const value of values) {
    if (value === undefined) bad.push({ path, rule: notNull })
    else checkText(model, shape, value, path, bad)
    if (bad.length > 0) break
  }
  if (bad.length === 0) return
  const { min, max, pattern } = shape
  const rules = [
    ...(max === undefined ? [] : [tooLong(max)]),
    ...(min === undefined ? [] : [tooShort(min)]),
    ...(pattern === undefined ? [] : [notThePattern(pattern)]),
    ...(shape.enum === undefined ? [] : [notInTheSet(shape.enum)]),
    ...(model.service === 'iam' && iamNeverNull.has(shape.name) ? [notNull] : []),
  ]
  if (rules.length === 0) rules.push(notNull)
  found.push({
    path,
    ...(!shape.sensitive && { value: `[${values.map((value) => value ?? 'null').join(', ')}]` }),
    rule: `Member must satisfy constraint: [${rules.join(', ')}]`,
  })
}

/** AWS's message for what `violations` found; there must be at least one. */
export function validationMessage(model: ServiceModel, found: readonly Violation[]): string {
  const sentence = found.find((violation) => violation.sentence !== undefined)?.sentence
  if (sentence !== undefined) return sentence
  const { showsValue } = wordings[model.service]
  const items = found.map(
    ({ path, value, missing, rule, showsValue: isShown = showsValue }) =>
      `Value ${isShown ? shownValue(value, missing) : ''}at '${path}' failed to satisfy constraint: ${rule}`,
  )
  return `${found.length} validation error${found.length === 1 ? '' : 's'} detected: ${items.join('; ')}`
}

const shownValue = (value: string | undefined, missing?: true): string => (missing ? 'null ' : value === undefined ? '' : `'${value}' `)
