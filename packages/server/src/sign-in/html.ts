/** HTML in which nothing from outside can become markup: what is put into a template is text, unless it is HTML already. */

export class Html {
  constructor(readonly text: string) {}
}

export type Part = string | number | Html | readonly Part[] | undefined | false

/** Attribute values stand in double quotes in every template. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.reduce((before, text, at) => before + shown(parts[at - 1]) + text))

function shown(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  return typeof part === 'object' ? part.map(shown).join('') : escaped(String(part))
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities.get(character)!)
