/** Runs in a thread of its own: hashes one password after the other, and lets everything else of the machine go first. */
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { hashSync, type Options, verifySync } from '@node-rs/argon2'

/** A hash to make, or to compare with. */
export type HashingJob =
  | { readonly password: string; readonly options: Options }
  | { readonly password: string; readonly phc: string; readonly options?: undefined }

/** Linux gives each thread a niceness of its own; elsewhere it would be that of the whole server. */
if (process.platform === 'linux') setPriority(10)

parentPort!.on('message', (job: HashingJob) => {
  const { password, options } = job
  parentPort!.postMessage(options === undefined ? verifySync(job.phc, password) : hashSync(password, options))
})
