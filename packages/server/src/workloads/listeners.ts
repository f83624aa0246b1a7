/**
 * The listeners of workloads: one each, on 127.0.0.1, on the port that its record names. What a listener answers is read from the store for
 * every request, so that a workload that was removed gets nothing more, and one that is not committed yet nothing before.
 */
import type { ServiceModel } from '@bailiwick/model'
import type { Store } from '@bailiwick/store'
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import { wholeServer } from '../accounts/account.js'
import { Listener } from '../http/listener.js'
import type { Origin } from '../pipeline/connection.js'
import type { WorkloadPorts } from '../pipeline/surroundings.js'
import type { ServiceParts } from '../sts/index.js'
import { containerCredentials } from './container-credentials.js'
import { instanceMetadata, page } from './instance-metadata.js'
import { MetadataTokens } from './metadata-token.js'
import { CredentialKeeper } from './role-credentials.js'
import { type WorkloadRecord, workloads } from './workload.js'

export interface ListenerParts extends Omit<ServiceParts, 'model'> {
  readonly store: Store
  readonly failed: (error: unknown) => void
}

const host = '127.0.0.1'
const lookEveryMilliseconds = 2_000
/** A listener whose workload was never registered is closed after this. */
const waitsMilliseconds = 60_000
const mostInAPage = 1_000

interface Open {
  readonly listener: Listener
  readonly openedAt: number
}

export class WorkloadListeners implements WorkloadPorts {
  readonly #open = new Map<string, Open>()
  /** Workloads whose port another program has, so that each is told of once. */
  readonly #failed = new Set<string>()
  readonly #keeper: CredentialKeeper
  readonly #tokens: MetadataTokens
  #seen = -1
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()

  /** `parts` is asked anew each time: a reset puts other surroundings into place. */
  constructor(
    private readonly parts: () => ListenerParts,
    sts: ServiceModel,
    clock: () => number,
    randomBytes: (length: number) => Uint8Array,
  ) {
    this.#keeper = new CredentialKeeper(parts, sts)
    this.#tokens = new MetadataTokens(clock, randomBytes)
  }

  /** Opens what the store has, and from then on what other nodes register. */
  async start(): Promise<void> {
    await this.#look()
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look()).catch(this.parts().failed)
    }, lookEveryMilliseconds).unref()
  }

  async openFor(id: string): Promise<number> {
    return (await this.#listen(id, 0)).listener.port
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
    await Promise.all([...this.#open.values()].map(({ listener }) => listener.close()))
    this.#open.clear()
  }

  async #listen(id: string, port: number): Promise<Open> {
    const answer = (request: HttpRequest, origin: Origin): Promise<HttpResponse> => this.#answer(id, request, origin)
    const listener = await Listener.open({ host, port, trustedProxies: undefined, open: () => undefined, answer })
    const opened = { listener, openedAt: this.parts().surroundings.clock() }
    this.#open.set(id, opened)
    return opened
  }

  async #look(): Promise<void> {
    const { store, surroundings, failed } = this.parts()
    const waiting = this.#failed.size > 0 || this.#open.size > this.#known
    if (store.revision === this.#seen && !waiting) return
    const reader = await store.readAt('latest')
    const found = new Map<string, WorkloadRecord>()
    for (let after: string | undefined; ; ) {
      const { items, next } = await reader.list(workloads, 'all', wholeServer, {
        limit: mostInAPage,
        ...(after !== undefined && { after }),
      })
      for (const workload of items) found.set(workload.id, workload)
      if (next === undefined) break
      after = next
    }
    for (const { id, port } of found.values()) {
      if (this.#open.has(id)) continue
      try {
        await this.#listen(id, port)
        this.#failed.delete(id)
      } catch (error) {
        if (!this.#failed.has(id)) failed(new Error(`the workload ${id} cannot listen on ${host}:${port}: ${(error as Error).message}`))
        this.#failed.add(id)
      }
    }
    for (const id of this.#failed) if (!found.has(id)) this.#failed.delete(id)
    for (const [id, { listener, openedAt }] of this.#open) {
      if (found.has(id) || surroundings.clock() - openedAt < waitsMilliseconds) continue
      this.#open.delete(id)
      this.#keeper.forget(id)
      await listener.close()
    }
    this.#known = found.size
    this.#seen = reader.revision
  }

  #known = 0

  async #answer(id: string, request: HttpRequest, origin: Origin): Promise<HttpResponse> {
    const { store, surroundings, audit } = this.parts()
    const userAgent = request.headers.get('user-agent')?.[0]
    const refused = (answer: HttpResponse, reason: string): HttpResponse => {
      audit.stranger({ ...origin, ...(userAgent !== undefined && { userAgent }) }, reason)
      return answer
    }
    if (!isOwnName(request)) return refused(page('403 - Forbidden'), 'WorkloadHost')
    const reader = await store.readAt('latest')
    const workload = await reader.get(workloads, wholeServer, id)
    if (workload === undefined) return page('404 - Not Found')
    const common = { workload, reader, keeper: this.#keeper }
    const answer =
      workload.kind === 'instance'
        ? await instanceMetadata(request, { ...common, now: surroundings.clock(), tokens: this.#tokens })
        : await containerCredentials(request, common)
    return answer.status === 401 || answer.status === 403 ? refused(answer, 'WorkloadUnauthorized') : answer
  }
}

/** Under another name it is a web page, or a port that was passed on, that asks. */
const isOwnName = ({ headers }: HttpRequest): boolean => /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.get('host')?.[0] ?? '')
