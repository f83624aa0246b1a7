import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { noBrowser, openBrowser } from './browser.js'
import { account, allow, policy, useServer } from './iam-scene.js'
import { login, metadata } from './saml-identity-provider.js'

const password = 'A-password-for-tests-1'

const scene = useServer(async () => {
  for (const UserName of ['dana', 'erin']) {
    await scene.iam().createUser({ UserName })
    await scene.iam().createLoginProfile({ UserName, Password: password })
  }
  for (const UserName of ['finn', 'gina']) {
    await scene.iam().createUser({ UserName })
    await scene.iam().createLoginProfile({ UserName, Password: password, PasswordResetRequired: true })
  }
  for (const [UserName, action] of [
    ['dana', ['iam:EnableMFADevice', 'sts:GetCallerIdentity']],
    ['erin', 'signin:AuthorizeOAuth2Access'],
    ['finn', 'iam:ChangePassword'],
  ] as const) {
    await scene.iam().putUserPolicy({ UserName, PolicyName: 'own', PolicyDocument: policy(allow(action)) })
  }
  await scene.iam().createSAMLProvider({ Name: 'corp', SAMLMetadataDocument: metadata() })
})

const samlProvider = `arn:aws:iam::${account}:saml-provider/corp`
const attribute = (name: string): string => `https://aws.amazon.com/SAML/Attributes/${name}`
const manyRoles = {
  [attribute('Role')]: ['reader', 'a-role-whose-name-is-as-long-as-names-may-be-which-is-64-letters'].map(
    (name) => `arn:aws:iam::${account}:role/${name},${samlProvider}`,
  ),
  [attribute('RoleSessionName')]: ['dana@example.com'],
}

/** A page of the identity provider's, which sends the browser on with the response. */
const samlForm = (response: string): string =>
  `<form method="post" action="${place('/saml')}"><input type="hidden" name="SAMLResponse" value="${response}"><button>go</button></form>`

/** What `aws login --remote` asks for, from another machine. */
const commandLine = (): URLSearchParams =>
  new URLSearchParams({
    response_type: 'code',
    client_id: 'arn:aws:signin:::devtools/cross-device',
    state: 'a-state',
    code_challenge_method: 'SHA-256',
    scope: 'openid',
    redirect_uri: place('/v1/sessions/confirmation'),
    code_challenge: createHash('sha256').update('a verifier').digest('base64url'),
  })

let browser: Browser | undefined
before(async () => {
  browser = await openBrowser()
})
after(() => browser?.close())

/** Without a browser a test is skipped, and says why; that happens only on systems for which no package brings one. */
const inBrowser = (name: string, act: (browser: Browser) => Promise<void>) =>
  test(name, async (t) => (browser === undefined ? t.skip(noBrowser) : act(browser)))

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

inBrowser(
  '[item 5] in a browser: a security key is added, asked for after the password, and without it nobody comes in',
  async (browser) => {
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
  },
)

inBrowser('[item 5] in a browser: who may not enable MFA devices adds none', async (browser) => {
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

inBrowser(
  '[item 5] in a browser: every field has a label, a problem is told with the focus near, and nothing is wider than a telephone',
  async (browser) => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: true })
    const page = await context.newPage()
    const check = async (): Promise<void> => {
      const found = await page.evaluate(() => ({
        unlabelled: [...document.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')].filter(
          ({ labels }) => labels?.length !== 1,
        ).length,
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
    await page.goto(place(`/v1/authorize?${commandLine()}`))
    await check()
    await page.click('text=Allow')
    await page.waitForSelector('h1:has-text("Your authorization code")')
    await check()
    await page.setContent(samlForm(await login({ attributes: manyRoles })))
    await page.click('text=go')
    await page.waitForURL('**/saml')
    assert.equal(await page.locator('input[type=radio]').count(), 2)
    await check()
    await context.close()
  },
)

inBrowser('[item 5] in a browser: what is wrong with a new password is told at the field that it is about', async (browser) => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  const change = async (old: string, own: string, again: string): Promise<object> => {
    await page.fill('#old', old)
    await page.fill('#new', own)
    await page.fill('#again', again)
    await page.click('button')
    await page.waitForSelector('[role=alert]')
    return page.evaluate(() => {
      const { id, ariaInvalid } = document.activeElement as HTMLInputElement
      return { id, ariaInvalid, tooWide: document.documentElement.scrollWidth > window.innerWidth }
    })
  }
  const at = (id: string) => ({ id, ariaInvalid: 'true', tooWide: false })
  await signIn(page, 'finn')
  assert.equal(new URL(page.url()).pathname, '/signin/new-password')
  assert.deepEqual(await change(password, 'Another-password-1', 'Another-password-2'), at('again'))
  assert.deepEqual(await change(password, password, password), at('new'))
  assert.deepEqual(await change(password, 'short', 'short'), at('new'))
  assert.deepEqual(await change('Not-the-password-1', 'Another-password-1', 'Another-password-1'), at('old'))
  await signIn(page, 'gina')
  assert.deepEqual(await change(password, 'Another-password-1', 'Another-password-1'), at('old'))
  assert.match(await page.innerText('[role=alert]'), /not authorized to perform: iam:ChangePassword/)
  await context.close()
})
