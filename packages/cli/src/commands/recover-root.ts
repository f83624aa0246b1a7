/** `bailiwick recover-root`: new root credentials for a server that is stopped, by whoever has its store and its master key. */
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { recoverRoot } from '@bailiwick/server'
import { flagHelp, parseFlags } from '../flags.js'
import { makeDataFolder, masterKeyFor, writeCredentials } from '../start/data-folder.js'
import { type StartSettings, settings, settingsFrom } from '../start/settings.js'
import { UsageError } from '../usage-error.js'

const taken: ReadonlySet<string> = new Set(['--data-dir', '--database-url', '--master-key-file', '--root-email', '--root-password-file'])
const stays = "The root's address from now on. Stays what it is when left out."
const flags = settings.filter(({ name }) => taken.has(name)).map((flag) => (flag.name === '--root-email' ? { ...flag, help: stays } : flag))

export const recoverRootHelp = `${flagHelp(flags)}

Stop the server first. What is not given is generated and written to DATA_DIR/credentials. The root's access keys,
MFA devices, recovery codes and console sessions from before are good for nothing then. The settings are those of \`bailiwick start\`, also as
variables; a key of your own comes from BAILIWICK_ROOT_ACCESS_KEY_ID and BAILIWICK_ROOT_SECRET_ACCESS_KEY.`

export async function recoverRootCommand(args: readonly string[]): Promise<number> {
  const { values, words } = parseFlags(args, flags)
  if (words.length > 0) throw new UsageError(`unexpected argument \`${words[0]}\``)
  const asked = settingsFrom(values, { ...process.env, BAILIWICK_DEV: undefined })
  refuseWithoutStore(asked)
  const { key: masterKey } = masterKeyFor(asked, randomBytes)
  makeDataFolder(asked)
  const { storeUrl, root: given } = asked
  const root = await recoverRoot({
    storeUrl,
    masterKey,
    root: given,
    defaultRegion: 'us-east-1',
    clock: Date.now,
    randomBytes,
    uuid: randomUUID,
  })
  process.stdout.write(`The root of the account, ${root.email}, has a new access key and password: ${writeCredentials(asked, root)}\n`)
  return 0
}

/** Before a key or a folder is made for a store that is not there. */
function refuseWithoutStore({ storeUrl }: StartSettings): void {
  if (storeUrl === 'memory:') throw new UsageError('a store in memory ends with its server: there is no root to recover')
  if (!storeUrl.startsWith('postgres') && !existsSync(storeUrl)) throw new Error(`there is no store at ${storeUrl}`)
}
