/** Models by name, each loaded when it is first asked for. */
import { type Facts, modelOf } from './facts.js'
import type { ErrorModel, ServiceModel, ServiceName } from './service-model.js'

const sources: Readonly<Record<ServiceName, () => Promise<{ readonly facts: string }>>> = {
  iam: () => import('../generated/iam-facts.js'),
  sts: () => import('../generated/sts-facts.js'),
  organizations: () => import('../generated/organizations-facts.js'),
  accessanalyzer: () => import('../generated/accessanalyzer-facts.js'),
  bailiwick: () => import('../generated/bailiwick-facts.js'),
}

export const serviceNames = Object.keys(sources) as readonly ServiceName[]

const loaded = new Map<ServiceName, Promise<ServiceModel>>()

export function loadService(name: ServiceName): Promise<ServiceModel> {
  let found = loaded.get(name)
  if (found === undefined) {
    found = sources[name]().then(({ facts }) => modelOf(name, JSON.parse(facts) as Facts))
    loaded.set(name, found)
  }
  return found
}

/** Status and fault of a wire code; undefined when the service does not declare it. */
export const errorOf = (model: ServiceModel, code: string): ErrorModel | undefined => model.errors.get(code)
