/** The two functions that signing needs, passed in as values so that it runs under Node and in a browser alike. */
export interface Hashes {
  sha256(data: Uint8Array): Uint8Array | Promise<Uint8Array>
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array | Promise<Uint8Array>
}

export const hex = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += byte < 16 ? `0${byte.toString(16)}` : byte.toString(16)
  return text
}

export const webHashes: Hashes = {
  sha256: async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data as Uint8Array<ArrayBuffer>)),
  async hmacSha256(key, data) {
    const imported = await crypto.subtle.importKey('raw', key as Uint8Array<ArrayBuffer>, { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ])
    return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data as Uint8Array<ArrayBuffer>))
  },
}
