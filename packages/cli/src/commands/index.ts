/** The subcommands, one row each; a row's code is loaded when it is called. */
import { flagHelp } from '../flags.js'

export interface Command {
  readonly summary: string
  /** `passed on`: every argument belongs to another program, `--help` too. */
  readonly flags?: 'passed on'
  /** Goes on when nobody reads its output any more. */
  readonly outlivesReader?: true
  readonly help: () => Promise<string>
  readonly load: () => Promise<(args: readonly string[]) => Promise<number>>
}

export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  [
    'start',
    {
      summary: 'Runs the server.',
      outlivesReader: true,
      help: async () => (await import('./start.js')).startHelp(),
      load: async () => (await import('./start.js')).start,
    },
  ],
  [
    'env',
    {
      summary: 'Prints what a shell needs to talk to the server: eval "$(bailiwick env)".',
      help: async () => flagHelp((await import('./env.js')).envFlags),
      load: async () => (await import('./env.js')).env,
    },
  ],
  [
    'aws',
    {
      summary: 'Runs the AWS CLI against the server: bailiwick aws iam list-users.',
      flags: 'passed on',
      help: async () => '',
      load: async () => (await import('./aws.js')).aws,
    },
  ],
  [
    'accounts',
    {
      summary: 'Creates, lists and closes accounts, and raises their quotas.',
      help: async () => (await import('./accounts.js')).accountsHelp,
      load: async () => (await import('./accounts.js')).accounts,
    },
  ],
  [
    'recover-root',
    {
      summary: 'Gives the first account a new root while the server is stopped: access key and password.',
      help: async () => (await import('./recover-root.js')).recoverRootHelp,
      load: async () => (await import('./recover-root.js')).recoverRootCommand,
    },
  ],
  [
    'explain',
    {
      summary: 'Tells why a request is allowed or denied, and the smallest change that would allow it.',
      help: async () => (await import('./explain.js')).explainHelp,
      load: async () => (await import('./explain.js')).explain,
    },
  ],
  [
    'workloads',
    {
      summary: 'Registers instances and containers, which then get credentials of their role as AWS gives them.',
      help: async () => (await import('./workloads.js')).workloadsHelp,
      load: async () => (await import('./workloads.js')).workloads,
    },
  ],
  [
    'validate',
    {
      summary: 'Tells what is wrong with policies, and what AWS would answer to them; no server is needed.',
      help: async () => (await import('./validate.js')).validateHelp,
      load: async () => (await import('./validate.js')).validate,
    },
  ],
  [
    'evaluate',
    {
      summary: 'Decides cases from standard input, one JSON object a line; no server is needed.',
      help: async () => 'Reads decision cases and writes an answer a line, in order. The format is in docs/evaluate.md.',
      load: async () => (await import('./evaluate.js')).evaluate,
    },
  ],
  [
    'coverage',
    {
      summary: 'Prints how many operations of each service are carried out.',
      help: async () => (await import('./coverage.js')).coverageHelp,
      load: async () => (await import('./coverage.js')).coverage,
    },
  ],
  ['version', { summary: 'Prints the version.', help: async () => '', load: async () => (await import('./version.js')).printVersion }],
  ['help', { summary: 'Prints this list.', help: async () => '', load: async () => help }],
])

async function help(): Promise<number> {
  const width = Math.max(...[...commands.keys()].map(({ length }) => length))
  const rows = [...commands].map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  process.stdout.write(
    `Bailiwick is AWS IAM that anybody can run.\n\nUsage: bailiwick COMMAND [flags]\n\n${rows.join('\n')}\n\n\`bailiwick COMMAND --help\` tells more of one. The quickest way in:\n\n  bailiwick start --dev                          a throw-away server, root key test/test\n  bailiwick aws iam create-user --user-name ada  in another terminal\n`,
  )
  return 0
}
