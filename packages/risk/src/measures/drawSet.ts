import { ConfigError, createRandom, log } from '@astertrade/core'
import { degreesGrid } from './studentTRisk.js'
import { type TailMap, tailMap } from './tailMap.js'

/** What `drawSet` takes. */
export interface DrawOptions {
  readonly seed: number | string
  /** Instruments that the draws can serve, an integer from 1 to 500. */
  readonly assets: number
  /** Draws, a multiple of 20 from 1,000 to 1,000,000 (default 10,000). */
  readonly draws?: number
}

/** Random numbers that are drawn once and kept, so that verdicts do not flicker and a refresh costs no drawing. */
export interface DrawSet {
  readonly draws: number
  readonly assets: number
  /** Standard normal values, draw by draw for one asset after the other. */
  readonly normals: Float64Array
  /** What turns a normal draw into one of a Student-t variable, `√(ν / χ²)`, for each draw. */
  mixing(degrees: number): Float64Array
  /** Carries values of one Student-t distribution over to another at the same probability. */
  carry(from: number, to: number): TailMap
}

const drawsDefault = 10_000
const cellsMax = 20_000_000
const uniformsPerDraw = degreesGrid.max / 2

/**
 * Draws the random numbers of Monte Carlo simulations from the stream `valueAtRisk` of a seed. More assets do not
 * change the draws of the first ones.
 *
 * @throws ConfigError `BAD_DRAWS` for a number of draws or assets that is none, `BAD_SEED` for a seed that is no finite
 * number.
 * @example
 * const draws = drawSet({ seed: 1, assets: 50 }) // once, when the program starts
 */
export function drawSet({ seed, assets, draws = drawsDefault }: DrawOptions): DrawSet {
  checkSize(draws, assets)
  const stream = createRandom(seed).stream('valueAtRisk')
  const normals = new Float64Array(assets * draws)
  for (let asset = 0; asset < assets; asset++) {
    const own = stream.fork(asset + 1)
    for (let draw = 0; draw < draws; draw++) normals[asset * draws + draw] = own.normal()
  }
  const shared = stream.fork(0)
  const uniforms = Float64Array.from({ length: draws * uniformsPerDraw }, () => 1 - shared.uniform())
  const extra = Float64Array.from({ length: draws }, () => shared.normal())
  const mixings = new Map<number, Float64Array>()
  const maps = new Map<string, TailMap>()
  return {
    draws,
    assets,
    normals,
    mixing: (degrees) => remember(mixings, degrees, () => mixingOf(degrees, uniforms, extra)),
    carry: (from, to) => remember(maps, `${from} ${to}`, () => tailMap(from, to)),
  }
}

function remember<Key, Value>(kept: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = kept.get(key) ?? make()
  kept.set(key, found)
  return found
}

/**
 * A chi-square variable is twice the negative logarithm of a product of uniforms, plus a squared normal for an odd
 * degree.
 */
function mixingOf(degrees: number, uniforms: Float64Array, extra: Float64Array): Float64Array {
  const pairs = Math.floor(degrees / 2)
  return extra.map((normal, draw) => {
    let product = 1
    for (let i = 0; i < pairs; i++) product *= uniforms[draw * uniformsPerDraw + i]!
    const chiSquare = -2 * log(product) + (degrees % 2 === 1 ? normal * normal : 0)
    return Math.sqrt(degrees / chiSquare)
  })
}

function checkSize(draws: number, assets: number): void {
  const fits = Number.isInteger(draws) && draws >= 1_000 && draws <= 1_000_000 && draws % 20 === 0
  if (fits && Number.isInteger(assets) && assets >= 1 && assets <= 500 && draws * assets <= cellsMax) return
  throw new ConfigError(`No simulation of "${draws}" draws of "${assets}" assets.`, {
    code: 'BAD_DRAWS',
    hints: [
      `Draws are a multiple of 20 from 1,000 to 1,000,000, assets 1 to 500, and their product at most ${cellsMax}.`,
    ],
  })
}
