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

/** Where it is; undefined when there is none, which whoever asks has to say loudly. */
async function executable(): Promise<string | undefined> {
  const { CHROME } = process.env
  const here = [CHROME, '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path))
  if (here !== undefined) return here
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: chromium } = await import('@sparticuz/chromium')
  return chromium.executablePath().catch(() => undefined)
}

export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = await executable()
  if (executablePath === undefined) return undefined
  const { chromium } = await import('playwright-core')
  return chromium.launch({ executablePath, args: quiet })
}
