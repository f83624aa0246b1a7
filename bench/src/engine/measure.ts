/** Runs one of the programs and prints what it found as JSON: `measure.js S`. */
import { type ProgramName, programs } from './programs/index.js'

const found = programs[process.argv[2] as ProgramName]()
process.stdout.write(`${JSON.stringify(found)}\n`)
