/**
 * From bytes to the name of an operation: by credential scope, target, action and version, or REST route. Read `route.ts`; `path.ts`
 * is about paths with labels.
 */
export type { Route, Router } from './route.js'
export { makeRouter } from './route.js'
