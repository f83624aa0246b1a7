/** `npm run bench`: prints every row with its yardstick of the same run. `--only WORD` runs the rows whose name has the word; `--json`. */
import { engineGroups } from './engine/index.js'
import { foundationGroups } from './foundation/index.js'
import { iamGroups } from './iam/index.js'
import type { Group } from './rounds.js'
import { isMeasured, print, type Result, resultOf, type Unmeasured } from './rows.js'
import { sessionGroups } from './sessions/index.js'

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]! : ''
const groups: readonly Group[] = [...foundationGroups, ...engineGroups, ...iamGroups, ...sessionGroups]

const results: Result[] = []
const unmeasured: Unmeasured[] = []
for (const { name, rows } of groups.filter((group) => group.name.includes(only))) {
  process.stderr.write(`${name} …\n`)
  const found = await rows()
  results.push(...found.filter(isMeasured).map(resultOf))
  unmeasured.push(...found.filter((row): row is Unmeasured => !isMeasured(row)))
}
const text = [print(results), ...unmeasured.map(({ name, why }) => `not measured: ${name}: ${why}`)].join('\n')
process.stdout.write(`${process.argv.includes('--json') ? JSON.stringify([...results, ...unmeasured]) : text}\n`)
process.exitCode = results.every(({ met }) => met !== false) ? 0 : 1
