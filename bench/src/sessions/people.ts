/**
 * People who sign in again and again, each as a browser that was never here: a program of its own, so that what it takes to be them is not
 * in the time of the calls that are measured beside them. Says `Ready.` when the first is in, and goes on until it is ended.
 */
const [endpoint = '', account = '', password = '', ...names] = process.argv.slice(2)

/** From the first page to being signed in, as a browser that was never here. */
async function signInOnce(username: string): Promise<void> {
  const first = await fetch(`${endpoint}/signin`)
  const csrf = /name="csrf" value="([^"]+)"/.exec(await first.text())![1]!
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const body = new URLSearchParams({ csrf, as: 'user', account, username, password })
  const answer = await fetch(`${endpoint}/signin`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`${username} is not signed in: ${answer.status} ${await answer.text()}`)
  await answer.arrayBuffer()
}

async function comeAgain(name: string): Promise<never> {
  for (let times = 0; ; times++) {
    await signInOnce(name)
    if (times === 0 && name === names[0]) process.stdout.write('Ready.\n')
  }
}

await Promise.all(names.map(comeAgain))
