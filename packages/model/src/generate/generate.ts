/** Makes the files under `src/generated` from `data/`: TypeScript types of every shape, and the facts as a module that bundles anywhere. */
import { errorCode, type Facts, shapeOf } from '../api/facts.js'

export interface GeneratedFile {
  readonly name: string
  readonly text: string
}

const header = '// Generated from packages/model/data by `npm run generate`. Do not edit.\n'

export function generate(service: string, json: string): readonly GeneratedFile[] {
  const facts = JSON.parse(json) as Facts
  const { operations, shapes, paginators, metadata } = facts
  const compact = JSON.stringify({ metadata, operations, shapes, paginators })
  return [
    { name: `${service}.ts`, text: header + types(service, facts) },
    { name: `${service}-facts.ts`, text: `${header}export const facts = ${JSON.stringify(compact)}\n` },
  ]
}

/** Names that TypeScript or JavaScript has taken. */
const taken = new Set(['Error', 'Date', 'Map', 'Set', 'Record', 'String', 'Boolean', 'Number', 'Object', 'Array', 'Function'])

function types(service: string, facts: Facts): string {
  const structures = Object.keys(facts.shapes).filter((name) => shapeOf(facts, name).type === 'structure' && !exception(facts, name))
  const operations = Object.keys(facts.operations).map((name) => operationType(facts, name))
  const name = `${service[0]!.toUpperCase()}${service.slice(1)}`
  return `${structures.map((structure) => structureType(facts, structure)).join('\n\n')}\n\nexport interface ${name}Operations {\n${operations.join('\n')}\n}\n`
}

const exception = (facts: Facts, name: string): boolean => {
  const found = facts.shapes[name]
  return typeof found === 'object' && found.exception === true
}

const typeName = (name: string): string => {
  const capital = name[0]!.toUpperCase() + name.slice(1)
  return taken.has(capital) ? `${capital}Shape` : capital
}

function structureType(facts: Facts, name: string): string {
  const { members = {}, required = [] } = shapeOf(facts, name)
  const rows = Object.entries(members).map(([member, target]) => {
    const optional = required.includes(member) ? '' : '?'
    return `  readonly ${member}${optional}: ${reference(facts, typeof target === 'string' ? target : target.shape)}`
  })
  return `export interface ${typeName(name)} {${rows.length > 0 ? `\n${rows.join('\n')}\n` : ''}}`
}

function reference(facts: Facts, name: string): string {
  const shape = shapeOf(facts, name)
  switch (shape.type) {
    case 'structure':
      return typeName(name)
    case 'list':
      return `readonly ${parenthesized(reference(facts, shape.member!))}[]`
    case 'map':
      return `Readonly<Record<string, ${reference(facts, shape.value!)}>>`
    case 'string':
      return shape.enum === undefined ? 'string' : shape.enum.map((value) => JSON.stringify(value)).join(' | ')
    case 'boolean':
      return 'boolean'
    case 'timestamp':
      return 'Date'
    case 'blob':
      return 'Uint8Array'
    default:
      return 'number'
  }
}

const parenthesized = (type: string): string => (/[ |]/.test(type) ? `(${type})` : type)

function operationType(facts: Facts, name: string): string {
  const { input, output, errors = [] } = facts.operations[name]!
  const shape = typeof output === 'string' ? output : output?.shape
  const codes = [...new Set(errors.map((error) => JSON.stringify(errorCode(facts, error))))].join(' | ')
  return `  readonly ${name}: { readonly input: ${input === undefined ? 'object' : typeName(input)}; readonly output: ${shape === undefined ? 'object' : typeName(shape)}; readonly error: ${codes || 'never'} }`
}
