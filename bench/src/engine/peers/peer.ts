/** Other engines, which are asked the questions of a world. They are run in processes of their own and are nobody's dependencies. */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AuthorizationRequest } from '@bailiwick/policy'
import type { Question, World } from '../world.js'

/** A question in the peer's own form, made beforehand; answers whether the request is allowed. */
export type Ask = () => boolean | Promise<boolean>

/** `folder` is where its package is installed. What it can prepare of the policies it prepares, and that does not count. */
export type Peer = (folder: string, world: World) => Promise<(request: AuthorizationRequest, question: Question) => Ask>

/** The peer's package; its types are not there when we are built, so each caller says what it uses of it. */
export async function imported<T>(folder: string, name: string): Promise<T> {
  const path = createRequire(join(folder, 'package.json')).resolve(name)
  const module = (await import(pathToFileURL(path).href)) as T & { readonly default?: T }
  return { ...module.default, ...module }
}
