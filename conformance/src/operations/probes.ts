/**
 * Inputs made from the model alone: for each member one that the model forbids, with AWS's answer to it (iam-behaviour §4, recorded facts
 * 5–8), and the nearest one that it allows. The wording is worked out here anew, from the facts and not from the server's code.
 */
import type { Member, ServiceModel, Shape } from '@bailiwick/model'

export interface Probe {
  readonly name: string
  /** As on the wire, without `Action` and `Version`. */
  readonly form: ReadonlyMap<string, string>
  /** What the input must be refused with; undefined when the model allows it. */
  readonly refusal?: { readonly code: 'ValidationError' | 'MalformedInput'; readonly message?: string }
}

/** Bodies are limited to 1 MiB; a few texts may be longer than that by their model. */
const longestSent = 200_000

const nameSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`
const pathSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.`
const prefixSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must begin with the / character and contain only alphanumeric characters and/or / characters.`

const printableSentence = (member: string): string =>
  `The specified value for ${member} is invalid. It must contain only printable ASCII characters.`

/** IAM's sentences for people, by shape. */
const sentences: ReadonlyMap<string, (member: string) => string> = new Map([
  ['userNameType', nameSentence],
  ['existingUserNameType', nameSentence],
  ['groupNameType', nameSentence],
  ['roleNameType', nameSentence],
  ['policyNameType', nameSentence],
  ['instanceProfileNameType', nameSentence],
  ['serverCertificateNameType', nameSentence],
  ['policyDocumentType', printableSentence],
  ['certificateBodyType', printableSentence],
  ['certificateChainType', printableSentence],
  ['privateKeyType', printableSentence],
  ['pathType', pathSentence],
  ['policyPathType', pathSentence],
  ['pathPrefixType', prefixSentence],
])

/** Shapes of IAM's of whose texts it shows what was sent, as STS does of all. */
const shownByIam = ['exclusionNameNewer', 'exclusionTypeNewer', 'attachmentTypeNewer']

/** Texts of every form that a pattern of the models asks for. */
const texts = [
  'abc',
  'arn:aws:iam::111122223333:policy/none',
  '/',
  'v1',
  '1',
  'ABCDEFGHIJKLMNOPQRSTUVWX',
  'https://example.com',
  'o-abcdefghij',
  'o-abcdefghij/r-abcd/ou-abcd',
  'p-abcdefgh',
  '111122223333',
]
/** Characters that some pattern refuses. XML has no place for the second: an answer shows U+FFFD for it. */
const strange = ['\u{1f600}', '\u0007', ' ', '!', '~']

function fits(shape: Shape, text: string): boolean {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern } = shape
  if (shape.enum !== undefined) return shape.enum.includes(text)
  return text.length >= min && text.length <= max && (pattern === undefined || patternOf(pattern).test(text))
}

function patternOf(pattern: string): RegExp {
  const source = `^(?:${pattern.replaceAll(/\\u([0-9A-F]{5,6})/gi, '\\u{$1}')})$`
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}

/** A text of that length that the shape allows; undefined when none is known. */
function textOf(shape: Shape, length?: number): string | undefined {
  if (shape.enum !== undefined) return shape.enum[0]
  const first = /arn/i.test(shape.name) ? [texts[1]!, ...texts] : texts
  const wanted = (text: string): string => {
    const size = length ?? Math.max(text.length, shape.min ?? 0)
    const middle = /^\/|^https|^o-/.test(text) ? 'a' : text.at(-1)!
    return text.length >= size
      ? text.slice(0, size)
      : text.endsWith('/')
        ? `/${middle.repeat(Math.max(size - 2, 0))}/`.slice(-size)
        : text.padEnd(size, middle)
  }
  return first.map(wanted).find((text) => fits(shape, text))
}

/** A part of an input: its place in sentences, its name on the wire, and how it is put into a form. */
interface Place {
  readonly path: string
  readonly wire: string
}

const under = ({ path, wire }: Place, { name, locationName }: Member): Place => ({
  path: `${path === '' ? '' : `${path}.`}${name[0]!.toLowerCase()}${name.slice(1)}`,
  wire: `${wire === '' ? '' : `${wire}.`}${locationName ?? name}`,
})
const item = ({ path, wire }: Place, at: number): Place => ({ path: `${path}.${at}.member`, wire: `${wire}.member.${at}` })

/** Java's `String.hashCode`, with its upper half folded in as `HashMap` does. */
function hashOf(name: string): number {
  const hash = BigInt.asIntN(
    32,
    [...name].reduce((sum, character) => sum * 31n + BigInt(character.charCodeAt(0)), 0n),
  )
  return Number(BigInt.asUintN(32, hash) ^ (BigInt.asUintN(32, hash) >> 16n))
}

/** Some of all members, in the order in which a Java hash map has them by the names that sentences call them. */
function asInHashMap(all: readonly Member[], some: readonly Member[]): readonly Member[] {
  const places = 2 ** Math.max(4, Math.ceil(Math.log2(all.length / 0.75)))
  const placeOf = (member: Member): number => hashOf(under({ path: '', wire: '' }, member).path) % places
  return some.toSorted((a, b) => placeOf(a) - placeOf(b))
}

export function probesOf(model: ServiceModel, operation: string): readonly Probe[] {
  const shows = model.service === 'sts'
  const found: Probe[] = []
  const shapeOf = (name: string): Shape => model.shapes.get(name)!

  const fault = ({ path }: Place, rule: string, shape?: Shape, value?: string): string =>
    `Value ${(shows || shownByIam.includes(shape?.name ?? '')) && value !== undefined && !shape?.sensitive ? `'${value.replaceAll('\u0007', '\ufffd')}' ` : ''}at '${path}' failed to satisfy constraint: ${rule}`
  const absent = ({ path }: Place): string =>
    `Value ${shows ? 'null ' : ''}at '${path}' failed to satisfy constraint: Member must not be null`
  const message = (...faults: readonly string[]): string =>
    `${faults.length} validation error${faults.length === 1 ? '' : 's'} detected: ${faults.join('; ')}`

  /** The least that is allowed at a place, as wire pairs. */
  function least(place: Place, shape: Shape, depth = 0): [string, string][] {
    switch (shape.type) {
      case 'structure': {
        const members = shape.members ?? []
        const required = members.filter((member) => member.required)
        // Of a structure inside another something has to travel.
        return [...required, ...(depth > 0 ? members : [])]
          .slice(0, Math.max(required.length, depth > 0 ? 1 : 0))
          .flatMap((member) => least(under(place, member), shapeOf(member.shape), depth + 1))
      }
      case 'list':
        return items(place, shape, Math.max(shape.min ?? 0, depth > 0 ? 1 : 0), depth + 1)
      case 'map':
        return [
          [`${place.wire}.entry.1.key`, textOf(shapeOf(shape.key!))!],
          ...least({ path: place.path, wire: `${place.wire}.entry.1.value` }, shapeOf(shape.value!), depth + 1),
        ]
      case 'string': {
        const text = textOf(shape)
        if (text === undefined) throw new Error(`no text is known that ${shape.name} allows: add one to the list`)
        return [[place.wire, text]]
      }
      case 'boolean':
        return [[place.wire, 'true']]
      case 'timestamp':
        return [[place.wire, '2026-01-01T00:00:00Z']]
      case 'blob':
        return [[place.wire, 'YWJj']]
      default:
        return [[place.wire, String(shape.min ?? 1)]]
    }
  }

  const items = (place: Place, shape: Shape, count: number, depth: number): [string, string][] =>
    Array.from({ length: count }, (_, at) => least(item(place, at + 1), shapeOf(shape.member!), depth)).flat()

  /** What `least` puts at a place, as Java prints it. */
  function printed(shape: Shape, depth: number): string {
    if (shape.type === 'list') return listed(shape, Math.max(shape.min ?? 0, 1), depth)
    if (shape.type !== 'structure') return least({ path: '', wire: '' }, shape)[0]![1]
    const sent = new Set(least({ path: '', wire: '' }, shape, depth).map(([wire]) => wire.split('.')[0]))
    const members = (shape.members ?? []).map((member) => {
      const { path, wire } = under({ path: '', wire: '' }, member)
      return `${path}=${sent.has(wire) ? printed(shapeOf(member.shape), depth + 1) : 'null'}`
    })
    return `${shape.name}(${members.join(', ')})`
  }
  const listed = (shape: Shape, count: number, depth = 1): string =>
    `[${Array.from({ length: count }, () => printed(shapeOf(shape.member!), depth)).join(', ')}]`

  const input = shapeOf(model.operations.get(operation)!.input ?? '')
  const base = new Map(input === undefined ? [] : least({ path: '', wire: '' }, input))
  const add = (name: string, pairs: Iterable<readonly [string, string]>, refusal?: Probe['refusal'], without = ''): void => {
    const kept = [...base].filter(([wire]) => without === '' || (wire !== without && !wire.startsWith(`${without}.`)))
    found.push({ name, form: new Map([...kept, ...pairs]), ...(refusal && { refusal }) })
  }
  const refused = (text: string): Probe['refusal'] => ({ code: 'ValidationError', message: text })
  const unreadable = (place: Place): Probe['refusal'] => ({ code: 'MalformedInput', ...(place.wire === 'MaxItems' && { message: '' }) })

  const size = (least: 'less' | 'greater', than: number): string => `Member must have length ${least} than or equal to ${than}`
  /** In a list of texts the list is at fault, and all is told that is demanded of each. */
  function textFault(place: Place, rule: string, shape: Shape, value: string): string {
    const list = /^(.+)\.1\.member$/.exec(place.path)?.[1]
    if (list === undefined) return fault(place, rule, shape, value)
    const { min, max, pattern } = shape
    const demands = [
      ...(max === undefined ? [] : [size('less', max)]),
      ...(min === undefined ? [] : [size('greater', min)]),
      ...(pattern === undefined ? [] : [`Member must satisfy regular expression pattern: ${pattern}`]),
      ...(shape.enum === undefined ? [] : [rule]),
      ...(model.service === 'iam' && ['tagKeyType', 'serviceNamespaceType'].includes(shape.name) ? ['Member must not be null'] : []),
    ]
    return fault({ ...place, path: list }, `Member must satisfy constraint: [${demands.join(', ')}]`, shape, `[${value}]`)
  }

  function probeText(place: Place, shape: Shape, around: readonly [string, string][]): void {
    const { min, max, pattern } = shape
    const put = (value: string): [string, string][] => [...around, [place.wire, value]]
    if (shape.enum !== undefined) {
      const list = `: [${shape.enum.join(', ')}]`
      for (const value of ['Wrong', `${shape.enum[0]}x`, shape.enum[0]!.toLowerCase()].filter((text) => !shape.enum!.includes(text))) {
        const { min: least = 0, max: most = Number.POSITIVE_INFINITY } = shape
        if (value.length < least || value.length > most) continue
        add(
          `${place.path} = ${value}`,
          put(value),
          refused(message(textFault(place, `Member must satisfy enum value set${list}`, shape, value))),
        )
      }
      for (const value of shape.enum) add(`${place.path} = ${value}`, put(value))
      return
    }
    if (max !== undefined && max < longestSent) {
      const long = 'a'.repeat(max + 1)
      add(`${place.path} longer than ${max}`, put(long), refused(message(textFault(place, size('less', max), shape, long))))
      const longest = textOf(shape, max)
      if (longest !== undefined) add(`${place.path} of ${max}`, put(longest))
    }
    if (min !== undefined && min > 0) {
      const short = 'a'.repeat(min - 1)
      // STS tells of text that is too short the pattern as well: before the length, but of tags' keys after it.
      const both = shows && pattern !== undefined && !place.path.endsWith('.member') && !patternOf(pattern).test(short)
      const rules = [...(both ? [`Member must satisfy regular expression pattern: ${pattern}`] : []), size('greater', min)]
      if (shape.name === 'tagKeyType') rules.reverse()
      const faults = rules.map((rule) => textFault(place, rule, shape, short))
      add(`${place.path} shorter than ${min}`, put(short), refused(message(...faults)))
      const shortest = textOf(shape, min)
      if (shortest !== undefined) add(`${place.path} of ${min}`, put(shortest))
    }
    if (pattern === undefined) return
    const good = textOf(shape)!
    for (const [at, bad] of [...strange.map((one) => `${good}${one}`), `${good}\n`, ...strange.map((one) => `${one}${good}`)].entries()) {
      if (patternOf(pattern).test(bad) || bad.length > (max ?? bad.length)) continue
      const sentence = model.service === 'iam' && !place.path.endsWith('.member') ? sentences.get(shape.name) : undefined
      const own = textFault(place, `Member must satisfy regular expression pattern: ${pattern}`, shape, bad)
      add(`${place.path} not of its pattern ${at}`, put(bad), refused(sentence?.(place.path.split('.').at(-1)!) ?? message(own)))
    }
  }

  function probeNumber(place: Place, { min, max }: Shape, around: readonly [string, string][]): void {
    const put = (value: number | string): [string, string][] => [...around, [place.wire, String(value)]]
    const rule = (value: number, text: string): Probe['refusal'] => refused(message(fault(place, text, undefined, String(value))))
    if (max !== undefined) {
      add(`${place.path} over ${max}`, put(max + 1), rule(max + 1, `Member must have value less than or equal to ${max}`))
      add(`${place.path} = ${max}`, put(max))
    }
    if (min !== undefined) {
      add(`${place.path} under ${min}`, put(min - 1), rule(min - 1, `Member must have value greater than or equal to ${min}`))
      add(`${place.path} = ${min}`, put(min))
    }
    for (const text of ['abc', '1.5', '', '1e3', '0x10', ' 1']) add(`${place.path} is "${text}"`, put(text), unreadable(place))
  }

  function probe(place: Place, shape: Shape, around: readonly [string, string][], depth: number): void {
    switch (shape.type) {
      case 'string':
        probeText(place, shape, around)
        add(`${place.path} has parts`, [...around, [`${place.wire}.part`, 'x']], unreadable(place), place.wire)
        return
      case 'integer':
      case 'long':
        probeNumber(place, shape, around)
        return
      case 'boolean':
      case 'timestamp':
        for (const text of ['maybe', '', '2']) {
          if (shape.type === 'timestamp' && text === '2') continue
          add(`${place.path} is "${text}"`, [...around, [place.wire, text]], unreadable(place))
        }
        return
      case 'list': {
        if (shape.max !== undefined && shape.max < 1000) {
          const rule = `Member must have length less than or equal to ${shape.max}`
          add(
            `${place.path} of ${shape.max + 1} items`,
            [...around, ...items(place, shape, shape.max + 1, 1)],
            refused(message(fault(place, rule, shape, listed(shape, shape.max + 1)))),
            place.wire,
          )
          add(`${place.path} of ${shape.max} items`, [...around, ...items(place, shape, shape.max, 1)], undefined, place.wire)
        }
        if (shape.min !== undefined && shape.min > 0) {
          const rule = `Member must have length greater than or equal to ${shape.min}`
          add(`${place.path} without items`, [...around, [place.wire, '']], refused(message(fault(place, rule, shape, '[]'))), place.wire)
        }
        add(`${place.path} is no list`, [...around, [place.wire, 'x']], unreadable(place), place.wire)
        for (const number of ['0', '-1', '12', '1.1'])
          add(`${place.path} has an item ${number}`, [...around, [`${place.wire}.member.${number}`, 'x']], unreadable(place), place.wire)
        if (depth < 4) probe(item(place, 1), shapeOf(shape.member!), around, depth + 1)
        return
      }
      case 'structure':
        for (const member of shape.members ?? []) {
          const own = under(place, member)
          const target = shapeOf(member.shape)
          const others = least(place, shape, depth).filter(([wire]) => wire !== own.wire && !wire.startsWith(`${own.wire}.`))
          const context = place.wire === '' ? around : [...around, ...others]
          if (member.required) {
            // A list item or structure of which nothing is sent is not there at all, so that nothing can be missing in it.
            if (place.wire === '' || others.length > 0) add(`${own.path} is missing`, context, refused(message(absent(own))), own.wire)
          }
          if (depth < 4) probe(own, target, context, depth + 1)
        }
        return
      default:
        return
    }
  }

  add('the least', [])
  add('unknown members', [
    ['Unknown', 'x'],
    ['Unknown.member.1.Key', 'x'],
    ['__proto__', 'x'],
    ['constructor.prototype', 'x'],
  ])
  if (input === undefined) return found
  probe({ path: '', wire: '' }, input, [], 0)
  const required = (input.members ?? []).filter((member) => member.required)
  if (required.length > 1) {
    const faults = asInHashMap(input.members ?? [], required).map((member) => absent(under({ path: '', wire: '' }, member)))
    found.push({ name: 'nothing at all', form: new Map(), refusal: refused(message(...faults))! })
  }
  return found
}
