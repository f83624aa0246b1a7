/**
 * Condition blocks: which operators there are, how each compares, and what holds when a key is missing.
 * Read `operators.ts` (the table) first, then `condition.ts` (set operators, `IfExists`, missing keys).
 */
export { type CompiledCondition, type ContextKeys, compileCondition, singleValue } from './condition.js'
export { parseDate } from './dates.js'
export { plainNumber } from './numbers.js'
export { findOperator, operatorNames, readOperator, type WrittenOperator } from './operators.js'
export { type ConditionKeyType, readsAs } from './types.js'
