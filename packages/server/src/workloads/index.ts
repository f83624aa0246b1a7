/**
 * Workloads: instances and containers that get rotating credentials of a role as AWS gives them, each from a listener of its own on
 * loopback. Read `workload.ts` (what is kept), `workload-rows.ts` (registering), `listeners.ts`, and then what they answer:
 * `instance-metadata.ts` and `container-credentials.ts`, both from `role-credentials.ts`.
 */
export { WorkloadListeners } from './listeners.js'
export { workloadRows } from './workload-rows.js'
