/**
 * Signing in with a SAML response that an identity provider had the browser post here; of several roles the person chooses one. It comes to
 * `/saml`, or to `/saml/acs/` and the UUID of the provider: of an encrypted response nothing else tells whose keys open it.
 */
import type { HttpResponse } from '@bailiwick/wire'
import { accounts, wholeServer } from '../accounts/account.js'
import { samlProviderArnOf } from '../iam/identity-providers/index.js'
import { ApiError } from '../pipeline/api-error.js'
import { samlOffer } from '../sts/assume-role-with-saml.js'
import { destinationOf } from './federation.js'
import { finish } from './finish.js'
import { type Html, html } from './html.js'
import { hidden, page } from './page.js'
import { tooOften } from './password-step.js'
import { sealedIn } from './switch-role.js'
import type { Visit } from './visit.js'

interface Offered {
  readonly roleArn: string
  readonly providerArn: string
  readonly seconds?: number
}

/** As AWS has it (iam-behaviour §6). */
const maxResponseLength = 100_000
const mostProviders = 10

export async function takeSamlResponse(visit: Visit): Promise<HttpResponse> {
  const response = (visit.form.get('SAMLResponse') ?? '').replace(/\s/g, '')
  if (response === '' || response.length > maxResponseLength) return problem('No SAML response came, or it is too large.')
  const offered = await offeredIn(visit, response)
  if (offered.length === 0) {
    const { parts, connection } = visit
    // Nobody finds a signature by trying: who fails is stopped, and a good response passes whatever failed before it.
    if (!parts.attempts.begin({ sourceIp: connection.sourceIp, target: 'saml' })) return problem(tooOften, 429)
    parts.audit.stranger(connection, 'ConsoleLogin')
    return problem(
      isSealed(visit, response)
        ? sealedElsewhere
        : 'Your request included an invalid SAML response. It is not valid here, or offers no role.',
    )
  }
  const wanted = visit.form.get('roleIndex')
  const chosen = offered.length === 1 ? offered[0] : offered.find(({ roleArn }) => roleArn === wanted)
  return chosen === undefined ? choices(visit, response, offered) : enter(visit, response, chosen)
}

const sealedElsewhere =
  'The SAML response is encrypted. The identity provider must send it to /saml/acs/ and the unique identifier of the SAML provider.'
const isSealed = ({ request }: Visit, response: string): boolean =>
  request.path === '/saml' && /<(?:[\w.-]+:)?EncryptedAssertion[\s>]/.test(textOf(response))

const textOf = (response: string): string => Buffer.from(response, 'base64').toString('utf8')

const named = /arn:aws[a-z-]*:iam::\d{12}:saml-provider\/[\w.-]{1,128}/g

/** What the response offers, once each provider that it names has proven it. What is only read, and not proven, offers nothing. */
async function offeredIn({ parts, now, request }: Visit, response: string): Promise<readonly Offered[]> {
  const store = await parts.store.readAt('latest')
  const id = request.path.split('/')[3]
  const addressed = id === undefined ? undefined : await samlProviderArnOf(store, id)
  const providerArns = id === undefined ? new Set(textOf(response).match(named)) : addressed === undefined ? [] : [addressed]
  const all: Offered[] = []
  for (const providerArn of [...providerArns].slice(0, mostProviders)) {
    const offer = await samlOffer(providerArn, response, { store, surroundings: parts.surroundings, now })
    const seconds = offer?.sessionSeconds.length === 1 ? Number(offer.sessionSeconds[0]) : Number.NaN
    for (const roleArn of new Set(offer?.roleArns ?? [])) all.push({ roleArn, providerArn, ...(isDuration(seconds) && { seconds }) })
  }
  return all
}

const isDuration = (seconds: number): boolean => Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200

async function choices(visit: Visit, response: string, offered: readonly Offered[]): Promise<HttpResponse> {
  const store = await visit.parts.store.readAt('latest')
  const ids = [...new Set(offered.map(({ roleArn }) => roleArn.split(':')[4] ?? ''))]
  const names = new Map<string, string>()
  for (const id of ids) names.set(id, (await store.get(accounts, wholeServer, id))?.alias ?? '')
  const body = html`<form method="post" action="${visit.request.path}" id="saml_form">
${hidden('SAMLResponse', response)}${hidden('RelayState', visit.form.get('RelayState') ?? '')}
<fieldset>
${ids.map((id) => rolesOf(`Account: ${namedBy(names.get(id), id)}`, offeredBy(id, offered)))}
</fieldset>
<button type="submit" id="signin_button">Sign in</button>
</form>`
  return page({ title: 'Choose a role', body, wide: true })
}

const namedBy = (alias: string | undefined, id: string): string => (alias ? `${alias} (${id})` : id)
const offeredBy = (id: string, offered: readonly Offered[]) => offered.filter(({ roleArn }) => roleArn.split(':')[4] === id)

/** The classes and ids are AWS's: command lines and browser extensions that sign people in read the accounts and roles by them. */
const rolesOf = (account: string, offered: readonly Offered[]): Html => html`<div class="saml-account" role="group" aria-label="${account}">
<div class="saml-account-name">${account}</div>
${offered.map(
  ({
    roleArn,
  }) => html`<div class="saml-role choice"><input type="radio" name="roleIndex" value="${roleArn}" id="${roleArn}" class="saml-radio" required>
<span><label for="${roleArn}" class="saml-role-description">${roleArn.slice(roleArn.lastIndexOf('/') + 1)}</label><small>${roleArn}</small></span></div>
`,
)}</div>
`

async function enter(visit: Visit, response: string, { roleArn, providerArn, seconds }: Offered): Promise<HttpResponse> {
  const { parts, connection, form } = visit
  const input = { RoleArn: roleArn, PrincipalArn: providerArn, SAMLAssertion: response }
  const more = seconds === undefined ? {} : { DurationSeconds: seconds }
  try {
    const { Credentials } = (await parts.call({
      service: 'sts',
      operation: 'AssumeRoleWithSAML',
      input: { ...input, ...more },
      connection,
    })) as {
      readonly Credentials: { readonly SessionToken: string }
    }
    const { seed, expiresAt } = sealedIn(visit, Credentials.SessionToken)
    // Where the person was going; a place elsewhere is not gone to.
    const destination = destinationOf(visit, form.get('RelayState'))
    const done = await finish(visit, { seed, endsAt: expiresAt, ...(destination && { destination }) })
    return done ?? problem('The role is not there any more.')
  } catch (error) {
    if (error instanceof ApiError && error.code !== 'ServiceFailure') return problem(error.message)
    throw error
  }
}

const problem = (message: string, status = 400): HttpResponse =>
  page({ title: 'You could not be signed in', body: html`<p>${message}</p><p><a href="/signin">Sign in another way</a></p>`, status })
