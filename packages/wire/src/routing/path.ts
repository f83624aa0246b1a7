/** REST paths with labels: `/accounts/{Id}`, `/tags/{arn+}`. */

/** The labels' values, decoded; undefined when the path does not fit. A greedy label takes the rest of the path, slashes and all. */
export function matchPath(template: string, path: string): Map<string, string> | undefined {
  const wanted = template.split('?')[0]!.split('/')
  const given = path.split('/')
  const labels = new Map<string, string>()
  for (const [at, part] of wanted.entries()) {
    const greedy = part.startsWith('{') && part.endsWith('+}')
    const text = greedy ? given.slice(at).join('/') : given[at]
    if (text === undefined) return undefined
    if (!part.startsWith('{')) {
      if (part !== text) return undefined
      continue
    }
    const value = decode(text)
    if (value === undefined || value === '') return undefined
    labels.set(part.slice(1, greedy ? -2 : -1), value)
    if (greedy) return labels
  }
  return given.length === wanted.length ? labels : undefined
}

export const pathOf = (template: string, labels: ReadonlyMap<string, string>): string =>
  template.split('?')[0]!.replace(/\{([^}+]+)(\+?)\}/g, (_, name: string, greedy: string) => {
    const value = labels.get(name) ?? ''
    return greedy === '' ? encodeURIComponent(value) : value.split('/').map(encodeURIComponent).join('/')
  })

/** How well a template says what it wants: a literal segment beats a label, a label beats a greedy one. */
export const precision = (template: string): string =>
  template
    .split('/')
    .map((part) => (part.startsWith('{') ? (part.endsWith('+}') ? '0' : '1') : '2'))
    .join('')

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
