/**
 * Text patterns, as policies write them: globs, ARNs matched component by component, and text with `${variables}`.
 * Nothing here becomes a regular expression, so that no pattern can make matching slow. Read `glob.ts` first.
 */
export { type ArnPattern, compileArnPattern, hasWildcard, matchesArn, matchesArnPattern, matchesPattern } from './arn.js'
export { compileGlob, type Glob, globOf, matchesGlob, type PatternPart } from './glob.js'
export { parseTemplate, resolveTemplate, type Template, type Variable, variableKeys } from './template.js'
export { findPiece, hasAt, interned } from './text.js'
