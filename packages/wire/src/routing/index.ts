/** From bytes to the name of an operation. Read `route.ts`. */

export type { Route, Router } from './route.js'
export { makeRouter } from './route.js'
