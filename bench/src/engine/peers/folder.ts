/** Where the peers' packages are put, which are fetched when they are first asked for. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url))

export type Folder = { readonly path: string } | { readonly why: string }

/** A folder with this package, in this version, installed; no script of the package or of what it needs is run. */
export function folderWith(name: string, version: string): Folder {
  const path = join(cache, `${name.replace('/', '-')}-${version}`)
  const complete = join(path, 'complete')
  if (existsSync(complete)) return { path }
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'package.json'), JSON.stringify({ private: true }))
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--prefix', path, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`],
    { cwd: path, encoding: 'utf8' },
  )
  if (status !== 0) return { why: `${name}@${version} cannot be fetched: ${stderr?.trim().split('\n').at(-1) ?? 'npm is not there'}` }
  writeFileSync(complete, '')
  return { path }
}
