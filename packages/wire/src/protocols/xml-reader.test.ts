import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProtocolError } from './protocol.js'
import { child, readXml } from './xml-reader.js'
import { escapeXml } from './xml-writer.js'

test('elements, attributes, comments, references and empty elements are read', () => {
  const root = readXml(`<?xml version="1.0"?><!-- c --><A xmlns="urn:x" y='1'><B>1 &lt; 2 &#65;&#x1F600;</B><C/><B></B></A>`)
  assert.equal(root.name, 'A')
  assert.deepEqual(
    root.children.map(({ name, text }) => [name, text]),
    [
      ['B', '1 < 2 A😀'],
      ['C', ''],
      ['B', ''],
    ],
  )
  assert.equal(child(root, 'C')?.name, 'C')
  assert.equal(child(root, 'D'), undefined)
})

test('what was escaped is read back', () => {
  for (const text of ['', ' a ', '<&>"\'', '\r\n\t', '&amp;', ']]>', '😀']) assert.equal(readXml(`<A>${escapeXml(text)}</A>`).text, text)
})

test('a DOCTYPE, and anything else that is not one whole plain document, is refused', () => {
  const bad = [
    '<!DOCTYPE a [<!ENTITY x "y">]><A>&x;</A>',
    '<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><A/>',
    '<A><![CDATA[x]]></A>',
    '',
    'text',
    '<A>',
    '</A>',
    '<A></B>',
    '<A/><B/>',
    '<A',
    '<A x=1/>',
    '<A><B></A></B>',
    '<!-- open',
    '<A>&#x110000;</A>',
    '<A>&#9999999;</A>',
    '<A>'.repeat(40) + '</A>'.repeat(40),
  ]
  for (const xml of bad) assert.throws(() => readXml(xml), ProtocolError, xml.slice(0, 40))
})
