/** Load: connections that each send a request, wait for the whole answer, and send the next. */
import { connect, type Socket } from 'node:net'

export interface Load {
  readonly port: number
  readonly connections: number
  readonly milliseconds: number
  /** The bytes of the next request; `turn` counts over all connections. */
  readonly request: (turn: number) => Buffer | Promise<Buffer>
  /** Opens a connection for each request, for servers that close it after each answer. */
  readonly reconnect?: boolean
  /** Status that every answer must have. */
  readonly status?: number
}

/** How many requests were answered. Throws when an answer is not what it should be. */
export async function load({ port, connections, milliseconds, request, reconnect = false, status = 200 }: Load): Promise<number> {
  let turn = 0
  let answered = 0
  const until = Date.now() + milliseconds
  const one = async (): Promise<void> => {
    let connection = await Connection.open(port)
    while (Date.now() < until) {
      const answer = await connection.ask(await request(turn++))
      if (answer.status !== status) throw new Error(`answered ${answer.status}: ${answer.text()}`)
      answered++
      if (reconnect) {
        connection.close()
        connection = await Connection.open(port)
      }
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: connections }, one))
  return answered
}

export interface Answer {
  readonly status: number
  readonly text: () => string
}

const empty: Buffer = Buffer.alloc(0)

export class Connection {
  #received: Buffer = empty
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#read(chunk))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('the connection was closed')))
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new Connection(socket)))
      socket.once('error', reject)
    })
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.socket.write(request)
    })
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const head = this.#received.indexOf('\r\n\r\n')
    if (head < 0) return
    const headers = this.#received.toString('latin1', 0, head)
    const length = Number(/content-length: (\d+)/i.exec(headers)![1])
    if (this.#received.length < head + 4 + length) return
    const body = this.#received.subarray(head + 4, head + 4 + length)
    this.#received = empty
    const { resolve } = this.#waiting!
    this.#waiting = undefined
    resolve({ status: Number(headers.slice(9, 12)), text: () => body.toString('utf8') })
  }

  close(): void {
    this.#waiting = undefined
    this.socket.destroy()
  }
}
