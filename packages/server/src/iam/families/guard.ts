/** Entities that are not their account's to change. */

type Fail = (code: 'UnmodifiableEntity', message: string) => never
export type Guard<R> = (entity: R, fail: Fail) => void

export const free: Guard<unknown> = () => {}

/** Paths under which AWS itself makes roles (iam-behaviour §5). */
export const protectedPaths = ['/aws-service-role/', '/aws-reserved/'] as const

/** Recorded fact 38. */
export const notProtected: Guard<{ readonly path: string; readonly name: string }> = ({ path, name }, fail) => {
  if (protectedPaths.some((prefix) => path.startsWith(prefix))) {
    fail('UnmodifiableEntity', `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`)
  }
}

export const isServiceLinked = ({ path }: { readonly path: string }): boolean => path.startsWith('/aws-service-role/')

/** Of a service-linked role its account may still say what it is for, and nothing else. */
export const onlyDescribed: Guard<{ readonly path: string; readonly name: string }> = (role, fail) => {
  if (!isServiceLinked(role)) notProtected(role, fail)
}
