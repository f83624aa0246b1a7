/** Loaded into a server that is measured (`--import`): SIGUSR2 prints for how many milliseconds its event loop was held since the one before. */
import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION = 1
const delay = monitorEventLoopDelay({ resolution: RESOLUTION })
delay.enable()

process.on('SIGUSR2', () => {
  process.stdout.write(`held ${Math.max(0, delay.max / 1e6 - RESOLUTION)}\n`)
  delay.reset()
})
