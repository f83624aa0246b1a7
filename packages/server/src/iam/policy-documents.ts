/** Policy documents, read once for all who have them: what the engine makes of a document is kept with it and shared. */
import { type PolicyDocument, parsePolicy } from '@bailiwick/policy'

/** Two generations of this many: what was not asked for while the younger one filled up is forgotten. */
const MOST_IN_A_GENERATION = 4096

let younger = new Map<string, PolicyDocument>()
let older = new Map<string, PolicyDocument>()

/** The document that a stored text is; what cannot be understood in it closes (policy-semantics §12). */
export function policyDocument(text: string): PolicyDocument {
  const found = younger.get(text)
  if (found !== undefined) return found
  const document = older.get(text) ?? parsePolicy(text, 'lenient').document
  if (younger.size >= MOST_IN_A_GENERATION) {
    older = younger
    younger = new Map()
  }
  younger.set(text, document)
  return document
}
