/** The bytes behind base64 text, one a character; `undefined` when it is not base64. */
export function decodeBase64(text: string): string | undefined {
  return BASE64.test(text) ? atob(text) : undefined
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/
