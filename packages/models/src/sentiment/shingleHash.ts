import { textHash } from '../textHash.js'
import { wordsOf } from './words.js'

/** Hashes kept of one text. */
export const sketchSize = 16
const shingleWords = 3

/**
 * The smallest hashes of all runs of three words, rising; `NaN` fills up a short text. Texts that share most runs share most of
 * these.
 *
 * A bottom-k sketch: Broder, On the resemblance and containment of documents (1997).
 */
export function shingleHash(text: string): Float64Array {
  const words = wordsOf(text)
  const hashes = new Set<number>()
  for (let at = 0; at === 0 || at + shingleWords <= words.length; at++) {
    hashes.add(mixed(textHash(words.slice(at, at + shingleWords).join(' '))))
  }
  const sketch = new Float64Array(sketchSize).fill(Number.NaN)
  sketch.set([...hashes].sort((a, b) => a - b).slice(0, sketchSize))
  return sketch
}

/** Estimated share of runs of words that two texts have in common, from 0 to 1. */
export function resemblance(a: Float64Array, b: Float64Array): number {
  let [i, j, seen, both] = [0, 0, 0, 0]
  while (seen < sketchSize && (a[i]! >= 0 || b[j]! >= 0)) {
    const [x, y] = [a[i] ?? Number.NaN, b[j] ?? Number.NaN]
    if (x === y) both++
    const takesA = !(y <= x) || x === y
    const takesB = !(x <= y) || x === y
    if (takesA) i++
    if (takesB) j++
    seen++
  }
  return seen === 0 ? 0 : both / seen
}

/** Mixed, so that the smallest are a fair sample. */
function mixed(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
