import type { Bars } from '../bar.js'
import { ConfigError } from '../errors.js'
import { defineInstrument, type Instrument } from '../instrument.js'
import { powerOfTen } from '../powerOfTen.js'

const sampled = 4_096
/** Decimals that a price without a finite end is cut to, and the error that this may make. */
const decimalsEnough = 8
const errorMax = 1e-7
const lotDecimalsMax = 8
const pointsUsed = 1e14

/**
 * An instrument whose grids fit a price series: the tick has the decimals that its prices use, and a lot is worth at most
 * about a hundredth of a unit at the first open, so that what comes later sizes no order. For data whose real grids are not
 * known; give the venue's own where they are.
 *
 * @throws ConfigError if there is no bar, or no grid of 15 digits is within 1e-7 of every price.
 * @example
 * inferInstrument(barsOf([{ instrument, time, open: 99.5, high: 100.25, low: 99, close: 100, volume: 1 }], 60_000)).tick.size // => 0.01
 */
export function inferInstrument(bars: Bars): Instrument {
  if (bars.length === 0) throw new ConfigError(`The series of ${bars.instrument} is empty.`, { code: 'NO_DATA' })
  const prices = samplePrices(bars)
  let largest = 0
  for (const price of prices) largest = Math.max(largest, Math.abs(price))
  const start = Math.abs(bars.open[0]!)
  let lot = 0
  while (lot < lotDecimalsMax && powerOfTen(lot) < start * 100) lot++
  // The ledger counts 1e-18. Prices may rise tenfold before they leave the grid.
  let most = 18 - lot
  while (most > 0 && largest * powerOfTen(most) > pointsUsed) most--
  let tick = 0
  for (const price of prices) tick = Math.max(tick, decimalsOf(price, tick, most))
  for (const price of prices) checkFits(bars, price, tick)
  return defineInstrument({ id: bars.instrument, tick: decimalText(tick), lot: decimalText(lot) })
}

function samplePrices({ open, high, low, close, length }: Bars): readonly number[] {
  // A power of two, so that rows that come in pieces can be thinned on the way.
  let stride = 1
  while (length > 2 * sampled * stride) stride *= 2
  const prices: number[] = []
  for (let index = 0; index < length; index += stride) {
    prices.push(open[index]!, high[index]!, low[index]!, close[index]!)
  }
  return prices
}

/** Decimals of a value, from `least` to `most`; of one without a finite end, as many as are near enough. */
function decimalsOf(value: number, least: number, most: number): number {
  for (let decimals = least; decimals <= most; decimals++) if (offGrid(value, decimals) === 0) return decimals
  let decimals = Math.min(most, Math.max(least, decimalsEnough))
  while (decimals < most && offGrid(value, decimals) > errorMax) decimals++
  return decimals
}

/** How far a value lies from the grid, as a share of it. */
function offGrid(value: number, decimals: number): number {
  const scale = powerOfTen(decimals)
  const near = Math.round(value * scale) / scale
  return near === value ? 0 : Math.abs((near - value) / value)
}

function checkFits(bars: Bars, price: number, tick: number): void {
  if (offGrid(price, tick) <= errorMax) return
  throw new ConfigError(`Price "${price}" of ${bars.instrument} does not fit the inferred tick ${decimalText(tick)}.`, {
    code: 'BAD_INSTRUMENT',
    hints: [
      'Give the instrument: defineInstrument({ id, tick, lot }), with prices in a larger unit where they differ too much.',
    ],
  })
}

function decimalText(decimals: number): string {
  return decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`
}
