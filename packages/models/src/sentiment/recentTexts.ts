import { resemblance, shingleHash, sketchSize } from './shingleHash.js'

/** The last texts, by sketch. */
export interface RecentTexts {
  /** True where a recent text says nearly the same; remembers the text otherwise. */
  repeats(text: string): boolean
  snapshot(): Float64Array
  restore(state: Float64Array): void
}

const textsKept = 64
const sameFrom = 0.5

/** Remembers 64 texts. */
export function createRecentTexts(): RecentTexts {
  const sketches = new Float64Array(textsKept * sketchSize).fill(Number.NaN)
  let head = 0
  const sketchAt = (slot: number): Float64Array => sketches.subarray(slot * sketchSize, (slot + 1) * sketchSize)
  return {
    repeats(text) {
      const sketch = shingleHash(text)
      for (let slot = 0; slot < textsKept; slot++) {
        if (resemblance(sketch, sketchAt(slot)) >= sameFrom) return true
      }
      sketchAt(head).set(sketch)
      head = (head + 1) % textsKept
      return false
    },
    snapshot() {
      const state = new Float64Array(sketches.length + 1)
      state[0] = head
      state.set(sketches, 1)
      return state
    },
    restore(state) {
      head = state[0]!
      sketches.set(state.subarray(1))
    },
  }
}
