import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Who may import whom, and why. Nothing else may. */
const mayImport: Readonly<Record<string, { readonly ours: readonly string[]; readonly because: string }>> = {
  policy: { ours: [], because: 'it decides on values alone, in a server, a guard and a browser alike' },
  model: { ours: [], because: 'it is data' },
  store: { ours: [], because: 'it keeps records and knows nothing of what they mean' },
  identity: { ours: [], because: 'proofs are functions of bytes, keys and time, whoever asks for them' },
  wire: { ours: ['model'], because: 'protocols are made from the models of the APIs' },
  server: { ours: ['policy', 'model', 'wire', 'identity', 'store'], because: 'it puts the parts on one road' },
  cli: { ours: ['server', 'policy', 'model', 'wire', 'identity', 'store'], because: 'it starts them; nobody else imports the server' },
}

/** Packages from outside, and where they may be used: each is a person to trust for ever (docs/decisions). */
const outside: Readonly<Record<string, readonly string[]>> = {
  identity: ['@xmldom/xmldom', 'jose', 'xml-crypto'],
  store: ['libsql', 'pg'],
  server: ['@node-rs/argon2', '@simplewebauthn/server', '@xmldom/xmldom', 'qr'],
}

/** Entries that must run in a browser, and so may not reach for Node. */
const withoutNode = ['packages/policy/src', 'packages/wire/src', 'packages/model/src']
const nodeOnly = [
  'packages/wire/src/node.ts',
  'packages/wire/src/sigv4/verify.ts',
  'packages/wire/src/sigv4/signing-keys.ts',
  'packages/wire/src/sigv4/asymmetric.ts',
  'packages/wire/src/sigv4/chunk-reader.ts',
  'packages/model/src/managed-policies',
  'packages/model/src/actions',
  'packages/model/src/condition-keys',
  'packages/model/src/operations',
  'packages/model/src/role-templates',
  'packages/model/src/service-linked-roles',
  'packages/model/src/generate',
]

interface Import {
  readonly file: string
  readonly from: string
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.(?:support\.)?ts$/.test(name))
    .map((name) => join(folder, name))
}

const importsOf = (file: string): Import[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:^|\n)\s*(?:import|export)\b[^;'"]*?from '([^']+)'|import\('([^']+)'\)/g)].map((found) => ({
    file: relative(root, file),
    from: found[1] ?? found[2]!,
  }))

const packages = readdirSync(join(root, 'packages'))
const tested = /\/(?:testing|conformance|arbitrary)/

test('[item 1] a package imports only those that the drawing lets it', () => {
  assert.deepEqual(packages.toSorted(), Object.keys(mayImport).toSorted(), 'every package stands in the table')
  const wrong = packages.flatMap((name) =>
    sources(join(root, 'packages', name, 'src'))
      .flatMap(importsOf)
      .filter(({ file, from }) => {
        if (from.startsWith('.') || from.startsWith('node:')) return false
        const ours = /^@bailiwick\/([^/]+)/.exec(from)?.[1]
        if (ours !== undefined) return !mayImport[name]!.ours.includes(ours)
        return !(outside[name]?.includes(from) ?? false) && !tested.test(file)
      }),
  )
  assert.deepEqual(wrong, [])
})

test('[item 1] what must run in a browser does not import Node', () => {
  const wrong = withoutNode
    .flatMap((folder) => sources(join(root, folder)).flatMap(importsOf))
    .filter(({ file, from }) => from.startsWith('node:') && !nodeOnly.some((allowed) => file.startsWith(allowed)))
  assert.deepEqual(wrong, [])
})

test('[item 1] the pipeline knows the type of an operation but no service, and a service another only through its index', () => {
  const services = ['iam', 'sts', 'bailiwick', 'accounts', 'workloads', 'sign-in']
  const server = join(root, 'packages/server/src')
  const wrong = sources(server)
    .flatMap(importsOf)
    .filter(({ file, from }) => {
      if (!from.startsWith('.')) return false
      const target = relative(server, join(root, dirname(file), from)).split('/')
      const own = relative(server, join(root, file)).split('/')[0]!
      return own === 'pipeline' && services.includes(target[0]!)
    })
  assert.deepEqual(wrong, [])
})

test('[item 1] no files import each other in a circle, not even for types', () => {
  const imported = new Map(
    packages
      .flatMap((name) => sources(join(root, 'packages', name, 'src')))
      .map((file) => [
        relative(root, file),
        importsOf(file)
          .filter(({ from }) => from.startsWith('.'))
          .map(({ from }) => relative(root, join(dirname(file), from)).replace(/\.js$/, '.ts')),
      ]),
  )
  const circles: string[] = []
  const cleared = new Set<string>()
  const follow = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
    else if (!cleared.has(file)) for (const next of imported.get(file) ?? []) follow(next, [...way, file])
    cleared.add(file)
  }
  for (const file of imported.keys()) follow(file, [])
  assert.ok(imported.size > 300)
  assert.deepEqual(circles, [])
})

test('[item 1] every package and every service opens with a paragraph that says what it is for', () => {
  const indexes = sources(join(root, 'packages')).filter(
    (file) => file.endsWith('/index.ts') && !file.includes('/node_modules/') && !file.includes('/dist/'),
  )
  const wrong = indexes.filter((file) => !/^\/\*\*[\s\S]{60,}?\*\//.test(readFileSync(file, 'utf8')))
  assert.ok(indexes.length > 8)
  assert.deepEqual(
    wrong.map((file) => relative(root, file)),
    [],
  )
})

test('[item 1] every runtime dependency from outside has a page in docs/decisions', () => {
  const pages = readdirSync(join(root, 'docs/decisions')).map((name) => readFileSync(join(root, 'docs/decisions', name), 'utf8'))
  for (const name of packages) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>
    }
    for (const [dependency, version] of Object.entries(dependencies)) {
      if (dependency.startsWith('@bailiwick/')) continue
      assert.match(version, /^\d/, `${dependency} is pinned`)
      assert.ok(
        pages.some((page) => page.includes(dependency)),
        `${dependency} has no page`,
      )
    }
  }
})
