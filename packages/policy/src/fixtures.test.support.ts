/** What tests of several folders share. */
import { readdirSync, readFileSync } from 'node:fs'
import { answerCase, compile, type PolicySet, parsePolicy } from './index.js'

export interface Scenario {
  readonly id: string
  readonly policies: Readonly<Record<string, unknown>>
  readonly request: Readonly<Record<string, unknown>>
  readonly expected: string
}

const folder = new URL('../scenarios/', import.meta.url)

/** The cases of every file in `scenarios/`. */
export function scenarios(): Scenario[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Scenario[])
}

export interface Answer {
  readonly id: unknown
  readonly decision?: string
  readonly reason?: string
  readonly matched?: readonly Readonly<Record<string, unknown>>[]
  readonly message?: string
  readonly error?: string
}

export function answerOf(scenario: object): Answer {
  return JSON.parse(answerCase(JSON.stringify(scenario))) as Answer
}

/** A set of documents, given as values. */
export function policySet(...documents: readonly object[]): PolicySet {
  return compile(documents.map((document) => ({ document: parsePolicy(JSON.stringify(document), 'lenient').document })))
}

/** A 2012 document with these statements. */
export function policy(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements }
}
