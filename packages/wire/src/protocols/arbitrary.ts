/** Generated values of a model's shapes, for tests: within the limits that the model sets. */
import type { Member, ServiceModel, Shape } from '@bailiwick/model'
import fc from 'fast-check'

const anyText = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\r]|[\ud800-\udfff]/gu, ''))

export function arbitraryOf(model: ServiceModel, name: string, depth = 0): fc.Arbitrary<unknown> {
  const shape = model.shapes.get(name)!
  return kinds[shape.type](model, shape, depth)
}

/** A label cannot be empty or dots, and a query string cannot say an empty list. */
const sayable = ({ location }: Member, value: unknown): boolean =>
  location === 'uri' ? !['', '.', '..'].includes(value as string) : location !== 'querystring' || !Array.isArray(value) || value.length > 0

type Kind = (model: ServiceModel, shape: Shape, depth: number) => fc.Arbitrary<unknown>

const whole: Kind = (_, { min = -1_000_000, max = 1_000_000 }) => fc.integer({ min, max })

const kinds: Readonly<Record<Shape['type'], Kind>> = {
  structure(model, { members = [] }, depth) {
    const needed = members.filter(({ required }) => required)
    const simple = members.filter(({ shape }) => !['structure', 'list', 'map'].includes(model.shapes.get(shape)!.type))
    const kept = depth <= 3 ? members : needed.length > 0 ? needed : simple
    const fields = Object.fromEntries(
      kept.map((member) => [member.name, arbitraryOf(model, member.shape, depth + 1).filter((value) => sayable(member, value))]),
    )
    const requiredKeys = kept.filter(({ required, location }) => required || location === 'uri').map(({ name }) => name)
    // A form cannot say an empty structure.
    return fc
      .record(fields, { requiredKeys })
      .filter((value) => depth === 0 || kept.length === 0 || Object.values(value).some((own) => own !== undefined))
  },
  list: (model, { member, max = 3 }, depth) =>
    fc.array(arbitraryOf(model, member!, depth + 1), { maxLength: depth > 3 ? 0 : Math.min(max, 3) }),
  map: (model, { value }, depth) =>
    fc
      .dictionary(
        anyText.filter((key) => key !== '' && key !== '__proto__'),
        arbitraryOf(model, value!, depth + 1),
        { maxKeys: depth > 3 ? 0 : 3 },
      )
      .map((found) => Object.assign(Object.create(null), found)),
  string: (_, shape) => (shape.enum === undefined ? anyText : fc.constantFrom(...shape.enum)),
  integer: whole,
  long: whole,
  double: () => fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  boolean: () => fc.boolean(),
  timestamp: () => fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000)),
  blob: () => fc.uint8Array({ maxLength: 40 }),
}
