/**
 * A story is written once, over operations called by name, and told through each of the clients below on a server of its own. A client that
 * is not on this machine skips its stories and says so.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { after, describe, type TestContext, test } from 'node:test'
import type { Key } from '../clients.js'
import { type Scene, useServer } from '../iam-scene.js'
import { type Send, senderTo, type Values } from '../operations/index.js'
import { cleanEnvironment, run } from '../running-server.js'

export interface Teller extends Scene {
  /** Who calls: the root user when no key is given. */
  readonly as: (key?: Key) => Send
  readonly story: (name: string, tell: (t: TestContext) => Promise<void>) => void
}

interface ClientKind {
  readonly name: string
  /** Why it cannot be used on this machine. */
  readonly missing?: string | undefined
  readonly connect: () => Connection
}

interface Connection {
  readonly sender: (endpoint: string, key: Key) => Send
  readonly close: () => void
}

const clientKinds: readonly ClientKind[] = [
  { name: 'the JavaScript SDK', connect: () => ({ sender: senderTo, close: () => {} }) },
  { name: 'boto3', missing: await whyNoBoto3(), connect: boto3 },
]

export function throughEachClient(stories: (teller: Teller) => void, prepare: (teller: Teller) => Promise<void> = async () => {}): void {
  for (const { name: client, missing, connect } of clientKinds) {
    describe(`through ${client}`, () => {
      let connection: Connection | undefined
      const scene: Scene = useServer(async () => {
        if (missing === undefined) await prepare(teller)
      })
      after(() => connection?.close())
      const teller: Teller = {
        ...scene,
        as(key = scene.server().rootKey) {
          connection ??= connect()
          return connection.sender(scene.server().endpoint, key)
        },
        story: (name, tell) => void test(`${name} (${client})`, { skip: missing ?? false }, tell),
      }
      stories(teller)
    })
  }
}

async function whyNoBoto3(): Promise<string | undefined> {
  try {
    const { code, stderr } = await run('python3', ['-c', 'import boto3'], cleanEnvironment())
    return code === 0 ? undefined : `boto3 is not installed on this machine: ${stderr.trim().split('\n').at(-1)}`
  } catch (error) {
    return `boto3 is not installed on this machine: ${(error as Error).message}`
  }
}

/** One process answers line by line: a call in, its answer or its refusal out. */
const interpreter = `
import base64, datetime, json, sys
import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

clients = {}

def client(service, endpoint, key):
    which = (service, endpoint, key['accessKeyId'])
    if which not in clients:
        clients[which] = boto3.client(
            service,
            endpoint_url=endpoint,
            region_name='us-east-1',
            aws_access_key_id=key['accessKeyId'],
            aws_secret_access_key=key['secretAccessKey'],
            aws_session_token=key.get('sessionToken'),
            config=Config(retries={'total_max_attempts': 1}),
        )
    return clients[which]

def plain(value):
    if isinstance(value, bytes):
        return {'$bytes': base64.b64encode(value).decode()}
    if isinstance(value, datetime.datetime):
        return {'$date': value.isoformat()}
    raise TypeError(type(value))

for line in sys.stdin:
    call = json.loads(line)
    method = xform_name(call['operation'])
    connected = client('iam', call['endpoint'], call['key'])
    if not hasattr(connected, method):
        connected = client('sts', call['endpoint'], call['key'])
    try:
        told = {'answer': getattr(connected, method)(**call['input'])}
    except ClientError as error:
        told = {'refused': error.response['Error'], 'status': error.response['ResponseMetadata']['HTTPStatusCode']}
    except Exception as error:
        told = {'failed': repr(error)}
    print(json.dumps(told, default=plain), flush=True)
`

interface Told {
  readonly answer?: Values & { readonly ResponseMetadata: object }
  readonly refused?: { readonly Code: string; readonly Message: string }
  readonly status?: number
  readonly failed?: string
}

function boto3(): Connection {
  const python = spawn('python3', ['-c', interpreter], {
    env: {
      ...cleanEnvironment(),
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting: ((told: Told) => void)[] = []
  createInterface(python.stdout).on('line', (line) => waiting.shift()!(JSON.parse(line, revived)))
  python.on('close', () => {
    for (const tell of waiting.splice(0)) tell({ failed: 'the interpreter ended' })
  })
  return {
    sender:
      (endpoint, key) =>
      async (operation, input = {}) => {
        const told = await new Promise<Told>((tell) => {
          waiting.push(tell)
          python.stdin.write(`${JSON.stringify({ endpoint, key, operation, input })}\n`)
        })
        if (told.answer !== undefined) {
          const { ResponseMetadata: _, ...answer } = told.answer
          return answer
        }
        if (told.refused === undefined) throw new Error(`${operation}: ${told.failed}`)
        throw Object.assign(new Error(told.refused.Message), { Code: told.refused.Code, $metadata: { httpStatusCode: told.status } })
      },
    close: () => void python.stdin.end(),
  }
}

/** Bytes and times as the JavaScript SDK gives them. */
function revived(_name: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if ('$bytes' in value) return Buffer.from(value.$bytes as string, 'base64')
  return '$date' in value ? new Date(value.$date as string) : value
}
