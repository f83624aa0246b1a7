import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from './browser.js'
import { account, useServer } from './iam-scene.js'

const password = 'A-password-for-tests-1'

const scene = useServer(async () => {
  for (const UserName of ['dana', 'erin']) {
    await scene.iam().createUser({ UserName })
    await scene.iam().createLoginProfile({ UserName, Password: password })
  }
  const Statement = [{ Effect: 'Allow', Action: ['iam:EnableMFADevice', 'sts:GetCallerIdentity'], Resource: '*' }]
  await scene
    .iam()
    .putUserPolicy({ UserName: 'dana', PolicyName: 'own', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) })
})

let browser: Browser | undefined
before(async () => {
  browser = await openBrowser()
  if (browser === undefined)
    console.error('NO BROWSER: sign-in was not tried in a real one. Set CHROME to a Chromium, or install /usr/bin/chromium.')
})
after(() => browser?.close())

const place = (path: string): string => scene.server().endpoint.replace('127.0.0.1', 'localhost') + path

/** A page with a security key in it, as its maker would have it: it answers at once. */
async function pageWithKey(context: BrowserContext): Promise<{ readonly page: Page; readonly pull: () => Promise<void> }> {
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  const options = { protocol: 'ctap2', transport: 'usb', hasResidentKey: true, hasUserVerification: true, isUserVerified: true } as const
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', { options })
  return { page, pull: () => devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }).then(() => undefined) }
}

async function signIn(page: Page, userName: string): Promise<void> {
  await page.goto(place(`/signin?account=${account}`))
  await page.fill('#username', userName)
  await page.fill('#password', password)
  await page.click('button')
}

test('[item 5] in a browser: a security key is added, asked for after the password, and without it nobody comes in', async (t) => {
  if (browser === undefined) return t.skip('no browser on this machine')
  const context = await browser.newContext()
  const problems: string[] = []
  const { page, pull } = await pageWithKey(context)
  page.on('console', (message) => message.text().includes('Content Security Policy') && problems.push(message.text()))
  await signIn(page, 'dana')
  assert.equal(new URL(page.url()).pathname, '/signin/home')
  await page.goto(place('/signin/security'))
  await page.fill('#name', 'blue-key')
  await page.click('text=Add key')
  await page.waitForURL('**/signin/security?added')
  const { MFADevices } = await scene.iam().listMFADevices({ UserName: 'dana' })
  assert.match(MFADevices![0]!.SerialNumber!, new RegExp(`^arn:aws:iam::${account}:u2f/user/dana/blue-key-[0-9A-F]{32}$`))

  await page.goto(place('/signin/home'))
  await page.click('text="Sign out"')
  for (const _ of [1, 2]) {
    await signIn(page, 'dana')
    assert.equal(new URL(page.url()).pathname, '/signin/mfa')
    await page.click('text=Use the key')
    await page.waitForURL('**/signin/home')
    assert.match(await page.innerText('dl'), /MFA\s+used/)
    await page.click('text="Sign out"')
  }
  await pull()
  await signIn(page, 'dana')
  await page.goto(place('/signin/home'))
  assert.equal(new URL(page.url()).pathname, '/signin')
  assert.deepEqual(problems, [])
  await context.close()
})

test('[item 5] in a browser: who may not enable MFA devices adds none', async (t) => {
  if (browser === undefined) return t.skip('no browser on this machine')
  const context = await browser.newContext()
  const { page } = await pageWithKey(context)
  await signIn(page, 'erin')
  await page.goto(place('/signin/security'))
  await page.fill('#name', 'red-key')
  await page.click('text=Add key')
  await page.waitForSelector('.alert')
  assert.match(await page.innerText('.alert'), /not authorized to perform: iam:EnableMFADevice/)
  assert.deepEqual((await scene.iam().listMFADevices({ UserName: 'erin' })).MFADevices, [])
  await context.close()
})

test('[item 5] in a browser: every field has a label, a problem is told with the focus near, and nothing is wider than a telephone', async (t) => {
  if (browser === undefined) return t.skip('no browser on this machine')
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: true })
  const page = await context.newPage()
  const check = async (): Promise<void> => {
    const found = await page.evaluate(() => ({
      unlabelled: [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')].filter(({ labels }) => labels?.length !== 1)
        .length,
      language: document.documentElement.lang,
      headings: document.querySelectorAll('h1').length,
      tooWide: document.documentElement.scrollWidth > window.innerWidth,
    }))
    assert.deepEqual(found, { unlabelled: 0, language: 'en', headings: 1, tooWide: false }, page.url())
  }
  await page.goto(place('/signin'))
  await check()
  await signIn(page, 'nobody')
  assert.match(await page.innerText('[role=alert]'), /Your authentication information is incorrect/)
  await check()
  await page.goto(place('/signin?as=root'))
  await check()
  await signIn(page, 'erin')
  for (const path of ['home', 'security', 'switch-role']) {
    await page.goto(place(`/signin/${path}`))
    await check()
  }
  await context.close()
})
