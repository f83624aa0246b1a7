/**
 * Bodies longer than the ordinary: those whose longest text the models allow to be so, such as a SAML provider's metadata. Clients write
 * the action at the end of a form as well as at its beginning, so what counts is the parameter that is being read when the ordinary length
 * is reached.
 */
import type { ServiceModel } from '@bailiwick/model'

/** So many bytes may be left for all other parameters of a form. */
const rest = 65_536
/** A character of a form takes up to three bytes where it is ASCII, which metadata and certificates are but for names in them. */
const bytesPerCharacter = 3

/** How many bytes a body may have, by the name of its longest parameter: only of parameters that do not fit into `ordinary`. */
export function longBodies(models: Iterable<ServiceModel>, ordinary: number): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  for (const { operations, shapes, protocol } of models) {
    if (protocol !== 'query') continue
    for (const { input } of operations.values()) {
      for (const { name, shape } of shapes.get(input ?? '')?.members ?? []) {
        const { type, max = 0 } = shapes.get(shape)!
        const bytes = max * bytesPerCharacter + rest
        if (type === 'string' && bytes > ordinary) found.set(name, Math.max(bytes, found.get(name) ?? 0))
      }
    }
  }
  return found
}

/** The name of the parameter that a form, cut off somewhere, ends in. */
export function parameterAtEnd(form: Buffer): string | undefined {
  const start = form.lastIndexOf('&') + 1
  const equals = form.indexOf('=', start)
  return equals < 0 || equals - start > longestName ? undefined : form.toString('latin1', start, equals)
}

const longestName = 128
