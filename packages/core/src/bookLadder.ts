import type { BookLevel } from './orderBook.js'

/** One side as sorted arrays with the best level last, where most changes are. Keys are prices of bids, minus those of asks. */
export interface BookLadder {
  readonly length: number
  /** Highest key. */
  best(): number
  /** Changes the quantity at a key; 0 removes it. */
  set(key: number, quantity: number): void
  /** The best levels, best first; prices are keys times `sign`. */
  top(count: number, sign: 1 | -1): BookLevel[]
}

/** Makes an empty side. */
export function createLadder(): BookLadder {
  let keys = new Float64Array(64)
  let quantities = new Float64Array(64)
  let length = 0
  const insert = (at: number, key: number, quantity: number): void => {
    if (length === keys.length) {
      keys = grown(keys)
      quantities = grown(quantities)
    }
    keys.copyWithin(at + 1, at, length)
    quantities.copyWithin(at + 1, at, length)
    keys[at] = key
    quantities[at] = quantity
    length++
  }
  return {
    get length() {
      return length
    },
    best: () => keys[length - 1]!,
    set(key, quantity) {
      const at = placeOf(key, keys, length)
      const isKnown = at < length && keys[at] === key
      if (quantity > 0) {
        if (isKnown) quantities[at] = quantity
        else insert(at, key, quantity)
      } else if (isKnown) {
        keys.copyWithin(at, at + 1, length)
        quantities.copyWithin(at, at + 1, length)
        length--
      }
    },
    top(count, sign) {
      const found: BookLevel[] = []
      for (let at = length - 1; at >= 0 && found.length < count; at--) {
        found.push({ price: keys[at]! * sign, quantity: quantities[at]! })
      }
      return found
    },
  }
}

function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(values.length * 2)
  larger.set(values)
  return larger
}

/** Index of the first of `length` sorted keys that is not below a key. */
function placeOf(key: number, keys: Float64Array, length: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
