/**
 * The reference pages in `docs/reference`, one a service, made from the models, the facts about authorization, and the server's own rows.
 * `page.ts` writes one; `npm run generate` writes them all, and a test says when one is out of date.
 */
import { loadService, serviceNames } from '@bailiwick/model'
import { Server } from '@bailiwick/server'
import { shownOperations } from '../generated/shown-operations.js'
import { page, titles } from './page.js'

export interface ReferenceFile {
  /** In `docs/reference`. */
  readonly name: string
  readonly text: string
}

export async function referenceFiles(): Promise<readonly ReferenceFile[]> {
  const services = Server.coverage()
  const pages = await Promise.all(
    serviceNames.map(async (service) => {
      const model = await loadService(service)
      return { name: `${service}.md`, text: page(model, services.get(service)?.rows ?? new Map(), shownOperations) }
    }),
  )
  const list = serviceNames.map((service) => `- [${titles[service]}](${service}.md)`).join('\n')
  const contents = `# Reference\n\nEvery operation of every service: what it takes, how it is authorized, how it fails, and whether this server carries it out.\nThese pages are made by \`npm run generate\`.\n\n${list}\n`
  return [{ name: 'README.md', text: contents }, ...pages]
}
