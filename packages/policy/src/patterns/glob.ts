/** Globs: `*` is any run of characters, empty ones too, and `?` is exactly one. */

import { findPiece, hasAt } from './text.js'

/** A pattern cut at its stars: the pieces must occur in this order, the first at the start and the last at the end. */
export interface Glob {
  readonly pieces: readonly Piece[]
}

/** Text between two stars. Only what must be equal is kept; the places in between are question marks. */
interface Piece {
  readonly length: number
  /** The whole piece, when there is no question mark in it. */
  readonly text: string | undefined
  readonly runs: readonly { readonly offset: number; readonly text: string }[]
}

/** A stretch of a pattern. In a `literal` one, such as the value of a variable, `*` and `?` stand for themselves. */
export interface PatternPart {
  readonly text: string
  readonly literal: boolean
}

export function compileGlob(pattern: string): Glob {
  return globOf([{ text: pattern, literal: false }])
}

/**
 * Whether `text` from `start` up to `end` matches. After a star the leftmost place that fits is always good enough, so nothing is
 * ever tried again; the cost is at most the length of the text times that of the longest piece.
 */
export function matchesGlob(glob: Glob, text: string, start = 0, end = text.length): boolean {
  const { pieces } = glob
  const last = pieces.length - 1
  const first = pieces[0]!
  if (!fitsAt(first, text, start, end)) return false
  let at = start + first.length
  if (last === 0) return at === end
  for (let index = 1; index < last; index++) {
    const piece = pieces[index]!
    const found = find(piece, text, at, end)
    if (found === -1) return false
    at = found + piece.length
  }
  const ending = pieces[last]!
  return end - ending.length >= at && fitsAt(ending, text, end - ending.length, end)
}

export function globOf(parts: readonly PatternPart[]): Glob {
  const pieces: Piece[] = []
  let runs: { offset: number; text: string }[] = []
  let length = 0
  let open = false
  for (const { text, literal } of parts) {
    for (const character of literal ? [text] : tokens(text)) {
      if (!literal && character === '*') {
        pieces.push(pieceOf(length, runs))
        runs = []
        length = 0
        open = false
        continue
      }
      const question = !literal && character === '?'
      if (!question && character !== '') {
        if (open) runs[runs.length - 1]!.text += character
        else runs.push({ offset: length, text: character })
      }
      open = !question && (open || character !== '')
      length += character.length
    }
  }
  pieces.push(pieceOf(length, runs))
  return { pieces }
}

function pieceOf(length: number, runs: Piece['runs']): Piece {
  const text = length === 0 ? '' : runs[0]?.text
  return { length, text: text?.length === length ? text : undefined, runs }
}

/** `ab*c?` as `ab`, `*`, `c`, `?`. */
function tokens(pattern: string): string[] {
  return pattern.split(/([*?])/).filter((token) => token !== '')
}

function fitsAt(piece: Piece, text: string, at: number, end: number): boolean {
  if (at + piece.length > end) return false
  if (piece.text !== undefined) return hasAt(text, piece.text, at)
  for (const run of piece.runs) if (!hasAt(text, run.text, at + run.offset)) return false
  return true
}

function find(piece: Piece, text: string, from: number, end: number): number {
  if (piece.text !== undefined && piece.text !== '') return findPiece(text, piece.text, from, end - piece.length + 1)
  const first = piece.runs[0]
  if (first === undefined) return from + piece.length <= end ? from : -1
  const last = end - piece.length
  for (let at = from; at <= last; at++) {
    const found = findPiece(text, first.text, at + first.offset, last + first.offset + 1)
    if (found === -1) return -1
    at = found - first.offset
    if (fitsAt(piece, text, at, end)) return at
  }
  return -1
}
