import { vi } from 'vitest'

const calls = 50_000
/** A price per call. */
export const close = Float64Array.from(
  { length: calls },
  (_, index) => 100 + Math.sin(index / 9) * 5 + (index % 11) / 10,
)
const bar = { high: 0.5, low: 0.5, close: 0.5, volume: 0.5 }
/** Where a step leaves its result, so that it is not optimised away. */
export const sink = new Float64Array(1)

/** The engine's way: one bar object that moves on. */
export function move(index: number): typeof bar {
  const price = close[index]!
  bar.close = price
  bar.high = price + 1
  bar.low = price - 1
  bar.volume = 1000 + price
  return bar
}

/** One call, with its number. */
export type Step = (index: number) => void

/**
 * Bytes the heap grew by per call in the fifth quietest of many runs. A collection in between can hide what a run allocated,
 * and on a busy machine the compiler takes its time, so it goes on until five runs allocated nothing.
 */
export function bytesPerCall(step: Step, roundsMax: number): number {
  const grown: number[] = []
  for (let round = 0, quiet = 0; round < roundsMax && quiet < 5; round++) {
    const before = process.memoryUsage().heapUsed
    for (let index = 0; index < calls; index++) step(index)
    const bytes = process.memoryUsage().heapUsed - before
    if (bytes >= 0) grown.push(bytes / calls)
    if (bytes >= 0 && bytes < calls / 2) quiet++
  }
  return grown.sort((a, b) => a - b)[4]!
}

/** The package as a module. */
export type Indicators = typeof import('./index.js')

const copies = 3

/** Bytes per call in the best of a few fresh copies of the code: now and then the compiler gives up on one copy for good. */
export async function leastBytes(create: (indicators: Indicators) => Step): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let copy = 0; copy < copies && !(least < 0.5); copy++) {
    vi.resetModules()
    least = Math.min(least, bytesPerCall(create(await import('./index.js')), 1500))
  }
  return least
}
