import { createRandom } from '@astertrade/core'
import { studentTQuantile } from './studentT.js'
import type { TailEstimate } from './tailEstimate.js'
import type { Unavailable } from './unavailable.js'

/** Values of Student's t distribution with variance 1, always the same. */
export function studentTSample(degrees: number, count: number, seed = 1): number[] {
  const stream = createRandom(seed).stream('sample')
  const scale = Math.sqrt((degrees - 2) / degrees)
  return Array.from(
    { length: count },
    () => scale * studentTQuantile((stream.integer(1, 999_999) - 0.5) / 999_998, degrees),
  )
}

/**
 * The figure, where it exists.
 *
 * @throws Error if it is unavailable.
 */
export function ready<Figure extends { readonly kind: string }>(
  figure: Figure | Unavailable,
): Exclude<Figure, Unavailable> {
  if (figure.kind === 'unavailable') throw new Error(`unavailable: ${JSON.stringify(figure)}`)
  return figure as Exclude<Figure, Unavailable>
}

/** Both figures of an estimate. */
export function tailOf({ valueAtRisk, expectedShortfall }: TailEstimate): readonly [number, number] {
  return [valueAtRisk, expectedShortfall]
}
