/** What `npm run generate` makes from the tables of the conformance suites. */
import { fileURLToPath } from 'node:url'
import { operationRows } from './operations/index.js'
import { shownElsewhere } from './operations/shown-elsewhere.js'
import { modelOf } from './operations/world.js'

export interface GeneratedFile {
  /** From the repository's folder. */
  readonly path: string
  readonly text: string
}

export const repository = fileURLToPath(new URL('../../', import.meta.url))

export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  return [shownOperations()]
}

/** The operations whose effect, answer or recorded refusal a conformance suite shows. */
function shownOperations(): GeneratedFile {
  const here = [...operationRows]
    .filter(([, { shows, refuses }]) => shows !== undefined || refuses !== undefined)
    .map(([name]) => `${modelOf(name).service}:${name}`)
  const names = [...here, ...shownElsewhere.keys()].sort()
  const list = names.map((name) => `  '${name}',\n`).join('')
  return {
    path: 'packages/cli/src/generated/shown-operations.ts',
    text: `// Generated from conformance/src/operations by \`npm run generate\`. Do not edit.\nexport const shownOperations: ReadonlySet<string> = new Set([\n${list}])\n`,
  }
}
