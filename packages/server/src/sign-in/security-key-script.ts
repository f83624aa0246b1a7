/** The one script: it asks the browser for a security key or passkey, puts the answer into the form, and sends it. */
export const securityKeyScript = `'use strict'
const form = document.querySelector('form[data-key]')
const status = document.getElementById('key-status')
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '')
const withIds = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }))

async function ask() {
  const options = JSON.parse(form.dataset.options)
  const publicKey = { ...options, challenge: bytes(options.challenge) }
  if (form.dataset.key === 'create') {
    publicKey.user = { ...options.user, id: bytes(options.user.id) }
    publicKey.excludeCredentials = withIds(options.excludeCredentials)
    return navigator.credentials.create({ publicKey })
  }
  publicKey.allowCredentials = withIds(options.allowCredentials)
  return navigator.credentials.get({ publicKey })
}

function plain(credential) {
  const { response } = credential
  const own = { clientDataJSON: text(response.clientDataJSON) }
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) if (response[name]) own[name] = text(response[name])
  if (response.getTransports) own.transports = response.getTransports()
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response: own, clientExtensionResults: {} }
}

form.addEventListener('submit', async (event) => {
  if (form.elements.credential.value !== '') return
  event.preventDefault()
  status.textContent = 'Waiting for your key. Touch it, or do what the browser asks.'
  try {
    form.elements.credential.value = JSON.stringify(plain(await ask()))
    form.submit()
  } catch (error) {
    status.textContent = 'The key did not answer, or the browser did not allow it. Try again.'
  }
})
`
