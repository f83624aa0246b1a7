/** What the server says of itself when it starts. */
export interface Banner {
  readonly version: string
  readonly endpoint: string
  readonly account: string
  readonly console: string
  readonly credentials: string
  readonly store: string
  readonly warnings: readonly string[]
}

export const banner = ({ version, endpoint, account, console: url, credentials, store, warnings }: Banner): string => `Bailiwick ${version}
  Endpoint     ${endpoint}
  Account      ${account}
  Console      ${url}
  Credentials  ${credentials}
  IAM:         enforcing
  Store        ${store}
${warnings.map((warning) => `  Warning      ${warning}\n`).join('')}`
