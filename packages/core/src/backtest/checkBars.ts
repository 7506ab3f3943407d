import type { Bars } from '../bar.js'
import { ConfigError } from '../errors.js'

/**
 * Checks that times rise, prices are finite and each bar's high and low enclose its open and close.
 *
 * @throws ConfigError naming the first bar that does not.
 */
export function checkBars(bars: Bars): void {
  const { time, open, high, low, close, volume, length, interval, instrument } = bars
  if (length === 0) throw new ConfigError(`The series of ${instrument} is empty.`, { code: 'NO_DATA' })
  if (!(interval > 0)) {
    throw new ConfigError(`The bars of ${instrument} have an interval of "${interval}" ms.`, {
      code: 'BAD_DATA',
      hints: ['60000 for minutes.'],
    })
  }
  let before = Number.NEGATIVE_INFINITY
  for (let i = 0; i < length; i++) {
    const t = time[i]!
    const o = open[i]!
    const h = high[i]!
    const l = low[i]!
    const c = close[i]!
    const v = volume[i]!
    // Written so that a NaN fails it; a difference of two infinities is one too.
    const sound =
      t > before &&
      h >= o &&
      h >= c &&
      l <= o &&
      l <= c &&
      h - l < Number.POSITIVE_INFINITY &&
      v >= 0 &&
      v < Number.POSITIVE_INFINITY
    if (!sound) badBar(bars, i)
    before = t
  }
  if (before === Number.POSITIVE_INFINITY) badBar(bars, length - 1)
}

function badBar(bars: Bars, index: number): never {
  const { time, open, high, low, close, volume, instrument } = bars
  const row = [time, open, high, low, close, volume].map((column) => column[index])
  throw new ConfigError(
    `Bar ${index} of ${instrument} is not sound: time, open, high, low, close, volume "${row.join(', ')}".`,
    {
      code: 'BAD_DATA',
      hints: [
        'Times rise, all figures are finite, high ≥ open, close ≥ low, and volume ≥ 0.',
        "parseCsv(bytes, { onDefect: 'repair' }) drops and counts bad rows.",
      ],
    },
  )
}
