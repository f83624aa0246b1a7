import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

interface Row {
  readonly attack: string
  readonly answer: string
  readonly file: string
  readonly title: string
}

const rows: readonly Row[] = readFileSync(join(root, 'docs/attacks.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| attack '))
  .map((line) => {
    const [, attack = '', answer = '', file = '', title = ''] = /^\| (.+?) \| (.+?) \| `([^`]+)` (.+) \|$/.exec(line) ?? []
    return { attack, answer, file, title }
  })

/** A test's name as it stands in the source; `${…}` stands for text that stands elsewhere in it. */
const names = /\btest\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function hasTest(source: string, title: string): boolean {
  for (const [, single, double, template] of source.matchAll(names)) {
    const pieces = (single ?? double ?? template)!.replace(/^\[item \d+\] /, '').split(/\$\{[^}]*\}/)
    const found = new RegExp(`^${pieces.map(escaped).join('(.+)')}$`).exec(title)
    if (found?.slice(1).every((part) => [`'${part}'`, `"${part}"`, `\`${part}\``].some((text) => source.includes(text)))) return true
  }
  return false
}

test('every attack in the table has an answer, and a test of that name tries it', () => {
  assert.ok(rows.length >= 50)
  const wrong = rows.filter(
    ({ file, title }) => file === '' || !existsSync(join(root, file)) || !hasTest(readFileSync(join(root, file), 'utf8'), title),
  )
  assert.deepEqual(wrong, [])
})

test('the attacks that have to be there are', () => {
  const text = rows.map(({ attack }) => attack).join('\n')
  for (const word of [
    /signature is left away/,
    /sent again/,
    /alg: none/,
    /HMAC/,
    /kid/,
    /jku/,
    /jwk/,
    /another session's key/,
    /jwks_uri/,
    /Private addresses/,
    /another site/,
    /planted before/,
    /leads to another site/,
    /by the time it takes/,
    /code or a refresh token is used twice/,
    /Version 1 of the metadata service/,
    ...Array.from({ length: 8 }, (_, at) => new RegExp(`Wrapping ${at + 1}:`)),
  ]) {
    assert.match(text, word)
  }
})
