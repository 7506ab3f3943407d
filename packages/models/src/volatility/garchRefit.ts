import { garchWidth } from './garchLikelihood.js'
import { type GarchKind, garchParameters } from './garchTransform.js'
import { type GarchOptimum, garchSearch, type NoGarch } from './searchGarch.js'

/** A fit that is spread over bars. */
export interface GarchRefit {
  /** Begins a search on returns, of which it keeps a copy, from a point. */
  begin(returns: Float64Array, start: Float64Array): void
  /** Takes some steps; what came of the search when it ends. */
  advance(): GarchOptimum | NoGarch | undefined
  /** Its state in parts of fixed lengths. */
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

/** What `garchRefit` takes. */
export interface GarchRefitOptions {
  readonly kind: GarchKind
  /** Most returns that it is given. */
  readonly window: number
  /** Bars after which it must have ended. */
  readonly refitEvery: number
}

/** A search from an earlier fit needs about ten steps. */
const iterationsMax = 40
/** Steps that a bar waits for, of a pass or a few over the returns: a whole search takes milliseconds, and ten where code is cold. */
const stepsPerBar = 1

/** Spreads a fit over bars. A snapshot keeps where a search began and how many steps it took; a restore takes them again. */
export function garchRefit({ kind, window, refitEvery }: GarchRefitOptions): GarchRefit {
  // The last step finds that nothing is left to do.
  const steps = Math.max(stepsPerBar, Math.ceil((iterationsMax + 1) / refitEvery))
  const frozen = new Float64Array(window)
  const from = new Float64Array(garchWidth)
  let [count, taken] = [0, 0]
  let search: ReturnType<typeof garchSearch> | undefined
  const open = (): void => {
    search = garchSearch(frozen.subarray(0, count), { kind, start: garchParameters(from), iterationsMax })
  }
  const close = (): void => {
    search = undefined
    frozen.fill(0)
    from.fill(0)
    count = 0
    taken = 0
  }
  return {
    begin(returns, start) {
      close()
      frozen.set(returns)
      from.set(start)
      count = returns.length
      open()
    },
    advance() {
      for (let step = 0; search !== undefined && step < steps; step++) {
        const { done, value } = search.next()
        taken++
        if (!done) continue
        close()
        return value
      }
      return undefined
    },
    parts: () => [frozen.slice(), from.slice(), Float64Array.of(count, taken)],
    restoreParts([returns, start, progress]) {
      close()
      const [length, steps] = progress as unknown as readonly [number, number]
      if (length === 0) return
      frozen.set(returns!)
      from.set(start!)
      count = length
      open()
      for (; taken < steps; taken++) search!.next()
    },
  }
}
