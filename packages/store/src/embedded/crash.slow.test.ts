import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Entry, entries, openOptions, type User, users } from '../conformance/index.js'
import { openStore, type Store } from '../index.js'
import { closeFile, openFile } from './file.js'

const kills = 200
const writerPath = fileURLToPath(new URL('./crash-writer.js', import.meta.url))

test(`a process that is killed ${kills} times while it writes loses nothing it acknowledged and leaves nothing half done`, async (t) => {
  const seed = Number(process.env.BAILIWICK_TEST_SEED ?? 20_260_101)
  t.diagnostic(`seed ${seed}: BAILIWICK_TEST_SEED=${seed} repeats the moments, as far as the machine lets it`)
  const random = randomFrom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'bailiwick-crash-'))
  const path = join(folder, 'store.db')
  const acknowledged = new Set<string>()
  try {
    for (let life = 0; life < kills; life++) {
      for (const mark of await liveAndDie(path, life, random)) acknowledged.add(mark)
      if (life % 20 === 19) await check(path, acknowledged, seed)
    }
    assert.ok(acknowledged.size > kills, 'the writers hardly wrote')
    t.diagnostic(`${acknowledged.size} transactions acknowledged`)
    const database = openFile(path)
    assert.deepEqual(Object.values(database.prepare('PRAGMA integrity_check').get() as object)[0], 'ok')
    closeFile(database)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** Opens, which also recovers what the one before left; dies some milliseconds after that, or rarely before. */
async function liveAndDie(path: string, life: number, random: () => number): Promise<string[]> {
  const child = spawn(process.execPath, [writerPath, path, String(life)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const opened = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      resolve()
    })
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)))
  if (random() > 0.05) await Promise.race([opened, ended])
  await wait(random() * 60)
  child.kill('SIGKILL')
  assert.equal(await ended, 'SIGKILL', `life ${life} ended by itself`)
  // The last line may be cut off: that one was acknowledged to nobody.
  return said
    .split('\n')
    .slice(0, -1)
    .filter((line) => line !== 'open')
}

async function check(path: string, acknowledged: ReadonlySet<string>, seed: number): Promise<void> {
  const store = await openStore({ ...openOptions(), url: path })
  try {
    const logged = await everyEntry(store)
    const marks = new Set(logged.map(({ id }) => id))
    const lost = [...acknowledged].filter((mark) => !marks.has(mark))
    assert.deepEqual(lost, [], `acknowledged and lost (seed ${seed})`)
    const records = new Map((await everyUser(store)).map((user) => [user.id, user]))
    for (const mark of marks) assert.deepEqual(records.get(`second ${mark}`)?.groups, [mark], `half of ${mark} (seed ${seed})`)
    const seconds = [...records.keys()].filter((id) => id.startsWith('second '))
    assert.equal(seconds.length, marks.size, `a record without its entry (seed ${seed})`)
    for (const [id, user] of records)
      if (id.startsWith('first ')) assert.ok(marks.has(user.groups[0]!), `half of ${user.groups[0]} (seed ${seed})`)
    assert.equal(await (await store.readAt('latest')).count(users, 'a'), records.size)
  } finally {
    await store.close()
  }
}

async function everyEntry(store: Store): Promise<Entry[]> {
  const all: Entry[] = []
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await store.readLog(entries, 'a', { limit: 10_000, ...(after && { after }) })
    all.push(...page.items)
    after = page.next
  }
  return all
}

async function everyUser(store: Store): Promise<User[]> {
  const reader = await store.readAt('latest')
  const all: User[] = []
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await reader.list(users, 'name', 'a', { limit: 10_000, ...(after && { after }) })
    all.push(...page.items)
    after = page.next
  }
  return all
}

/** Numbers in [0, 1) that depend on nothing but the seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
