/** Text inside XML. */

const special = /[&<>"\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' }

/** Characters that XML 1.0 cannot say become U+FFFD, so that an answer is always well-formed. */
export const escapeXml = (text: string): string => (plain.test(text) ? text : escaped(text))

/** What most text is made of; telling that apart first costs a fraction of the search for what must be written otherwise. */
const plain = /^[ !#-%'-;=?-~]*$/

const escaped = (text: string): string => text.replace(special, (character) => entities[character] ?? '\uFFFD')
