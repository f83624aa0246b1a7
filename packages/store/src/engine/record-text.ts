/**
 * A record as text. Without secrets it is its JSON object; with secrets it is a JSON array `[key id, {member: sealed}, the rest]`, so
 * that whoever reads it back needs no table definition.
 *
 * Sealed: AES-256-GCM over the JSON string, base64url of nonce (12 bytes), ciphertext, tag (16 bytes). The additional data binds
 * table, scope, key and member, so that a sealed value cannot be moved to another record.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import type { Scope } from '../store.js'
import type { Table } from '../table.js'
import type { RecordName } from './backend.js'

export class RecordText {
  /** Kept in the store to recognise the master key; tells nothing about it. */
  readonly keyCheck: string
  private readonly keyId: string
  private readonly key: Uint8Array

  constructor(
    masterKey: Uint8Array,
    private readonly randomBytes: (length: number) => Uint8Array,
  ) {
    if (masterKey.length !== 32) throw new RangeError('the master key must have 32 bytes')
    const derive = (purpose: string, length: number) =>
      new Uint8Array(hkdfSync('sha256', masterKey, '', `bailiwick store ${purpose}`, length))
    this.key = derive('secrets', 32)
    this.keyId = Buffer.from(derive('key id', 6)).toString('base64url')
    this.keyCheck = Buffer.from(derive('key check', 16)).toString('base64url')
  }

  /** `json` is what `record` was read from. */
  write(table: Table<never>, scope: Scope, key: string, record: object, json: string): string {
    if (table.secret === undefined) return json
    const secrets = Object.entries(record).filter(([member]) => (table.secret as readonly string[]).includes(member))
    if (secrets.length === 0) return json
    const rest: Record<string, unknown> = { ...record }
    const sealed: Record<string, string> = {}
    for (const [member, value] of secrets) {
      if (typeof value !== 'string') throw new TypeError(`${table.name}: the secret member \`${member}\` must be a string`)
      sealed[member] = this.seal(value, place({ tbl: table.name, scope, key }, member))
      delete rest[member]
    }
    return JSON.stringify([this.keyId, sealed, rest])
  }

  /** Deeply frozen; with `withSecrets` false without them. */
  read(name: RecordName, text: string, withSecrets = true): object {
    const stored: unknown = JSON.parse(text)
    if (!Array.isArray(stored)) return deepFreeze(stored as object)
    const [keyId, sealed, rest] = stored as [string, Record<string, string>, Record<string, unknown>]
    if (!withSecrets) return deepFreeze(rest)
    if (keyId !== this.keyId) throw new Error(`${name.tbl}: a secret is sealed with the key ${keyId}, which is not at hand`)
    for (const [member, value] of Object.entries(sealed)) rest[member] = this.open(value, place(name, member))
    return deepFreeze(rest)
  }

  private seal(plain: string, boundTo: Uint8Array): string {
    const nonce = this.randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce)
    cipher.setAAD(boundTo)
    return Buffer.concat([nonce, cipher.update(JSON.stringify(plain), 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  private open(sealed: string, boundTo: Uint8Array): string {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(boundTo)
    decipher.setAuthTag(bytes.subarray(-16))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString())
  }
}

const place = ({ tbl, scope, key }: RecordName, member: string) => Buffer.from(JSON.stringify([tbl, scope, key, member]))

/** For values that came out of `JSON.parse`: trees of objects and arrays. */
export function deepFreeze<T extends object>(value: T): T {
  for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) deepFreeze(member)
  return Object.freeze(value)
}
