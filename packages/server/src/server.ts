/** Puts a server together: store, models, services, audit trail, and the first account. */
import { loadService, type ServiceModel, type ServiceName } from '@bailiwick/model'
import { openStore, type Store } from '@bailiwick/store'
import { type HttpRequest, type HttpResponse, makeRouter, type Router } from '@bailiwick/wire'
import { SigningKeys } from '@bailiwick/wire/node'
import type { RootCredentials } from './accounts/new-account.js'
import { AuditTrail } from './audit/audit-trail.js'
import { readLines } from './audit/event-text.js'
import { historyOf } from './audit/history.js'
import { FileSegment, MemorySegment } from './audit/segment.js'
import { bailiwick } from './bailiwick/index.js'
import { credentialFinder } from './callers/find-credential.js'
import { Guesses } from './credentials/guesses.js'
import { SessionTokens } from './credentials/session-token.js'
import { type Federation, FederationAllow, fetchDocument, IssuerKeys, IssuingKeys } from './federation/index.js'
import { issuerOf, outboundFederationOf } from './iam/account/outbound-federation.js'
import { iam } from './iam/index.js'
import { LastUsed } from './iam/last-accessed/last-used.js'
import { AccountReader } from './pipeline/account-store.js'
import { AuthorizationMessages } from './pipeline/authorization-messages.js'
import type { Origin } from './pipeline/connection.js'
import { Failures } from './pipeline/failures.js'
import type { Happened } from './pipeline/happened.js'
import type { Service } from './pipeline/operation.js'
import { answer, answerOwn, type Parts } from './pipeline/road.js'
import { Routing } from './pipeline/routing.js'
import { type Setup, type SetupOptions, StartError, setUp, setUpAgain } from './setup.js'
import { Attempts, Sealer, type SignInParts } from './sign-in/index.js'
import { sts } from './sts/index.js'
import { WorkloadListeners } from './workloads/index.js'

export interface ServerOptions extends SetupOptions {
  /** `memory:`, `postgres://…`, or the embedded store's file. */
  readonly storeUrl: string
  readonly masterKey: Uint8Array
  /** Folder of the audit trail's local segment; absent keeps it in memory, with a store in memory. */
  readonly segmentFolder?: string
  readonly regions?: ReadonlySet<string>
  readonly defaultRegion: string
  /** Milliseconds that audit events are kept. */
  readonly auditRetention: number
  /** What identity providers may be fetched from beside https and the public internet; nothing when left out. */
  readonly federationAllow?: FederationAllow
  /** Where browsers and relying parties find this server, once it listens. */
  readonly publicUrl?: () => string
  readonly failed: (error: unknown) => void
}

const services: ReadonlyMap<string, Service> = new Map([iam, sts, bailiwick].map((service) => [service.name, service]))

/** Models that are loaded at the start. */
const served: readonly ServiceName[] = ['iam', 'sts', 'bailiwick']
/** Services by the name they are signed for, none of whose operations is there yet: a model is loaded when somebody asks for it. */
const unserved: ReadonlyMap<string, ServiceName> = new Map([
  ['organizations', 'organizations'],
  ['access-analyzer', 'accessanalyzer'],
])

const routers = new Map<ServiceName, Promise<Router>>()

function routerOf(name: ServiceName): Promise<Router> {
  let router = routers.get(name)
  if (router === undefined) routers.set(name, (router = loadService(name).then((model) => makeRouter([model], model))))
  return router
}

function routerLater(signingName: string): (() => Promise<Router>) | undefined {
  const name = unserved.get(signingName)
  return name && (() => routerOf(name))
}

const shipEveryMilliseconds = 200
const pruneEveryMilliseconds = 3_600_000

export class Server {
  #parts: Parts
  #signIn: SignInParts
  #lastUsed: LastUsed
  #inFlight = 0
  /** Requests of known callers by labels: service, operation, outcome. All three are names of the models or error codes. */
  readonly answered = new Map<string, number>()
  #idle: (() => void) | undefined
  readonly #timers: NodeJS.Timeout[] = []
  readonly #workloads: WorkloadListeners

  private constructor(
    readonly options: ServerOptions,
    readonly store: Store,
    private readonly routing: Routing,
    private readonly models: ReadonlyMap<string, ServiceModel>,
    readonly audit: AuditTrail,
    setup: Setup,
    /** What was generated or given, at the very first start of a store only. */
    readonly firstStart: RootCredentials | undefined,
  ) {
    this.#lastUsed = new LastUsed(store, options.failed)
    this.#workloads = new WorkloadListeners(() => this.#parts, models.get('sts')!, options.clock, options.randomBytes)
    this.#parts = this.#assemble(setup)
    this.#signIn = this.#assembleSignIn(setup)
    const ship = (): void => void audit.ship().catch(options.failed)
    const prune = (): void => void store.prune(options.clock() - options.auditRetention).catch(options.failed)
    this.#timers.push(setInterval(ship, shipEveryMilliseconds).unref(), setInterval(prune, pruneEveryMilliseconds).unref())
  }

  /** Throws `StoreError`, or `StartError` with one clear line. */
  static async open(options: ServerOptions): Promise<Server> {
    const store = await openStore({
      url: options.storeUrl,
      masterKey: options.masterKey,
      clock: options.clock,
      randomBytes: options.randomBytes,
      resettable: options.dev,
    })
    try {
      const models = await Promise.all(served.map(loadService))
      const segment = options.segmentFolder === undefined ? new MemorySegment() : new FileSegment(options.segmentFolder, readLines)
      const audit = new AuditTrail(store, segment, options.clock, options.failed)
      const { setup, firstStart } = await setUp(store, options)
      const server = new Server(
        options,
        store,
        new Routing(makeRouter(models, models[0]!), routerLater),
        byName(models),
        audit,
        setup,
        firstStart,
      )
      await server.#workloads.start()
      return server
    } catch (error) {
      await store.close()
      throw error
    }
  }

  #assemble(setup: Setup): Parts {
    const { clock, randomBytes, uuid, regions, defaultRegion, failed, masterKey } = this.options
    const sessionTokens = new SessionTokens(masterKey, setup.storeId, randomBytes)
    const surroundings = {
      clock,
      randomBytes,
      uuid,
      firstAccountId: setup.id,
      defaultRegion,
      sessionTokens,
      authorizationMessages: new AuthorizationMessages(masterKey, setup.storeId, randomBytes),
      history: historyOf(this.store, this.audit),
      guesses: new Guesses(),
      federation: federationOf(this.options, this.store),
      workloads: this.#workloads,
      ...(regions && { regions }),
    }
    return {
      store: this.store,
      services,
      routing: this.routing,
      audit: this.audit,
      surroundings,
      authenticator: {
        findCredential: credentialFinder(sessionTokens, clock),
        signingKeys: new SigningKeys(),
        surroundings,
        nobodysKey: Buffer.from(randomBytes(30)).toString('base64'),
      },
      failures: new Failures(clock),
      used: (happened) => {
        this.#lastUsed.note(happened)
        this.#count(happened)
      },
      failed,
    }
  }

  #assembleSignIn({ storeId }: Setup): SignInParts {
    const { masterKey, randomBytes, clock, uuid } = this.options
    const parts = this.#parts
    return {
      store: this.store,
      audit: this.audit,
      surroundings: parts.surroundings,
      sealer: new Sealer(masterKey, storeId, randomBytes),
      attempts: new Attempts(clock),
      call: ({ service, operation, ...call }) => {
        const model = this.models.get(service)!
        return answerOwn(parts, { ...call, routed: { model, operation, family: 'query' } }, uuid())
      },
    }
  }

  /** What the pages of sign-in work with. */
  get signIn(): SignInParts {
    return this.#signIn
  }

  #count({ routed, operation, error }: Happened): void {
    const name = operation === undefined ? 'unknown' : routed.operation
    const labels = `service="${routed.model.service}",operation="${name}",outcome="${error?.code ?? 'ok'}"`
    this.answered.set(labels, (this.answered.get(labels) ?? 0) + 1)
  }

  get accountId(): string {
    return this.#parts.surroundings.firstAccountId
  }

  /** The issuer of an account's own tokens; undefined for an account that never enabled outbound federation. */
  async issuer(accountId: string): Promise<{ readonly url: string; readonly keys: () => Promise<readonly object[]> } | undefined> {
    const { federation } = this.#parts.surroundings
    const known = await outboundFederationOf(new AccountReader(await this.store.readAt('latest'), accountId))
    return known && { url: issuerOf(federation, accountId), keys: () => federation.issuingKeys.shown(accountId) }
  }

  /** Of the services that are served here. */
  get serviceModels(): Iterable<ServiceModel> {
    return this.models.values()
  }

  /** Never rejects. */
  async answer(request: HttpRequest, origin: Origin): Promise<HttpResponse> {
    this.#inFlight++
    try {
      return await answer(this.#parts, request, origin, this.options.uuid())
    } finally {
      if (--this.#inFlight === 0) this.#idle?.()
    }
  }

  /** Back to the state right after the first start, root credentials included; sessions from before die. Development only. */
  async reset(): Promise<void> {
    if (!this.options.dev) throw new StartError('only a server started with --dev can be reset')
    await this.audit.ship()
    await this.#lastUsed.settled()
    const setup = await setUpAgain(this.store, this.options)
    this.#lastUsed.forget()
    this.#parts = this.#assemble(setup)
    this.#signIn = this.#assembleSignIn(setup)
  }

  /** Operations carried out, and all that the model has, by service. */
  static coverage(): ReadonlyMap<string, Service> {
    return services
  }

  /** Waits for what is under way, keeps what is noted, and closes. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.#workloads.close()
    if (this.#inFlight > 0) await new Promise<void>((resolve) => (this.#idle = resolve))
    await this.#lastUsed.settled()
    await this.audit.close()
    await this.store.close()
  }
}

const byName = (models: readonly ServiceModel[]): ReadonlyMap<string, ServiceModel> =>
  new Map(models.map((model) => [model.service, model]))

function federationOf({ federationAllow: allow = new FederationAllow(), publicUrl, clock }: ServerOptions, store: Store): Federation {
  const fetch = (url: string, thumbprints: readonly string[]): Promise<string> => fetchDocument(url, { allow, thumbprints, now: clock() })
  return {
    allow,
    issuerKeys: new IssuerKeys(fetch, clock),
    issuingKeys: new IssuingKeys(store, clock),
    publicUrl: publicUrl ?? (() => 'http://localhost:4566'),
  }
}
