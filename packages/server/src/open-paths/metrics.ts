/** Figures for Prometheus. */
import type { HttpRequest, HttpResponse } from '@bailiwick/wire'
import type { Server } from '../server.js'

export function metrics(_: HttpRequest, __: unknown, { server }: { readonly server: Server }): HttpResponse {
  const lines = [
    '# HELP bailiwick_store_revision Newest committed revision of the store.',
    '# TYPE bailiwick_store_revision counter',
    `bailiwick_store_revision ${server.store.revision}`,
    '# HELP bailiwick_resident_memory_bytes Resident memory of the process.',
    '# TYPE bailiwick_resident_memory_bytes gauge',
    `bailiwick_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '# HELP bailiwick_requests_answered_total Requests of known callers, by service, operation and outcome.',
    '# TYPE bailiwick_requests_answered_total counter',
    ...[...server.answered].map(([labels, count]) => `bailiwick_requests_answered_total{${labels}} ${count}`),
    '# HELP bailiwick_strangers_total Requests that failed before a caller was known, by reason.',
    '# TYPE bailiwick_strangers_total counter',
    ...[...server.audit.strangers.counts].map(([reason, count]) => `bailiwick_strangers_total{reason="${reason}"} ${count}`),
  ]
  return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4' }, body: `${lines.join('\n')}\n` }
}
