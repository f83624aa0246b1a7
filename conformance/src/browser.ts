/** A real browser for tests: the machine's own Chromium, or the one that comes as a package. */
import { existsSync } from 'node:fs'
import type { Browser } from 'playwright-core'

const quiet = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const usual = ['/usr/bin/chromium', '/usr/bin/google-chrome']
const { platform, arch } = process

/** Why a test goes without a browser: said where `openBrowser` answers none. */
export const noBrowser = `no package brings a Chromium for ${platform} on ${arch}, and there is none at CHROME or at ${usual.join(' or ')}`

/** Where it is; undefined only on a system for which no package brings one. Elsewhere its absence is an error. */
async function executable(): Promise<string | undefined> {
  const here = [process.env.CHROME, ...usual].find((path) => path !== undefined && existsSync(path))
  if (here !== undefined) return here
  if (platform !== 'linux' || arch !== 'x64') return undefined
  const { default: chromium } = await import('@sparticuz/chromium')
  return chromium.executablePath()
}

/** Throws where a browser must be there and cannot be started. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = await executable()
  if (executablePath === undefined) return undefined
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath, args: quiet })
}
