/**
 * The server: the road of a request and the services on it. Read `pipeline/road.ts` first, then `pipeline/operation.ts` (what a row is)
 * and `iam/users/users.ts` (rows). `server.ts` puts the parts together; `http/listener.ts` is the socket.
 */

export type { RootCredentials } from './accounts/new-account.js'
export { FederationAllow } from './federation/index.js'
export { Listener } from './http/listener.js'
export { trustedProxies } from './http/trusted-proxies.js'
export { openPath } from './open-paths/open-paths.js'
export { type Recovery, recoverRoot } from './recover-root.js'
export { Server, type ServerOptions } from './server.js'
export { StartError } from './setup.js'
