/** What every page has: its frame, its headers, and no way into somebody else's frame or script. */
import type { HttpResponse } from '@bailiwick/wire'
import { type Html, html } from './html.js'

export interface Page {
  readonly title: string
  readonly body: Html
  readonly status?: number
  /** A script of ours, by its path. */
  readonly script?: string
  /** Another origin that the page's form may lead to, after it was sent to us. */
  readonly formLeadsTo?: string
  /** More room, for pages that list things. */
  readonly wide?: boolean
}

const policyOf = ({ script, formLeadsTo }: Page): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `script-src ${script === undefined ? "'none'" : "'self'"}`,
    `form-action 'self'${formLeadsTo === undefined ? '' : ` ${formLeadsTo}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')

/** `same-origin` rather than none at all: with none, browsers hide the origin of our own forms from us too. */
export const safeHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

export function page(content: Page): HttpResponse {
  const { title, body, status = 200, script, wide } = content
  const whole = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Bailiwick</title>
<link rel="stylesheet" href="/signin/style.css">
${script !== undefined && html`<script src="${script}" defer></script>`}
</head>
<body>
<header class="brand"><a href="/signin/home"><span class="mark" aria-hidden="true"></span>Bailiwick</a></header>
<main class="${wide ? 'card wide' : 'card'}">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
  return {
    status,
    headers: { ...safeHeaders, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policyOf(content) },
    body: whole.text,
  }
}

/** 303: whatever the method was, the next request is a GET. */
export const redirect = (to: string): HttpResponse => ({ status: 303, headers: { ...safeHeaders, location: to }, body: '' })

export const json = (status: number, value: object): HttpResponse => ({
  status,
  headers: { ...safeHeaders, 'content-type': 'application/json' },
  body: JSON.stringify(value),
})

/** The error summary: first on the page, read out at once, and the first thing that has the focus. */
export const alert = (message: string | undefined): Html | undefined =>
  message === undefined
    ? undefined
    : html`<div class="alert" role="alert" tabindex="-1" id="problem"><strong>There is a problem.</strong> ${message}</div>`

export interface Field {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'password' | 'email'
  readonly value?: string
  readonly autocomplete?: string
  readonly hint?: string
  readonly numeric?: boolean
  readonly focus?: boolean
  readonly optional?: boolean
  readonly invalid?: boolean
}

export function field({ name, label, type = 'text', value, autocomplete = 'off', hint, numeric, focus, optional, invalid }: Field): Html {
  const described = [hint !== undefined && `${name}-hint`, invalid && 'problem'].filter((id) => typeof id === 'string').join(' ')
  return html`<div class="field">
<label for="${name}">${label}</label>
${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"${value !== undefined && html` value="${value}"`}${described !== '' && html` aria-describedby="${described}"`}${numeric && html` inputmode="numeric" pattern="[0-9]{6}" maxlength="6"`}${focus && html` autofocus`}${!optional && html` required`}${invalid && html` aria-invalid="true"`} spellcheck="false" autocapitalize="none">
</div>`
}

/** Name and value of what a form sends along unseen. */
export const hidden = (name: string, value: string | undefined): Html | undefined =>
  value === undefined || value === '' ? undefined : html`<input type="hidden" name="${name}" value="${value}">`
