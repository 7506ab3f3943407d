import { ConfigError } from '@astertrade/core'
import { type Coefficient, leastSquares, type NoRegression } from '../regression/leastSquares.js'

/** What `vpinControl` takes: one entry per period, in time order. */
export interface VpinControlOptions {
  /** VPIN at the end of each period. */
  readonly vpin: Float64Array
  readonly volume: Float64Array
  /** Volatility realised within each period, such as the root of the summed squared returns. */
  readonly volatility: Float64Array
  /** Periods over which errors are correlated, for standard errors after Newey and West (default 10). */
  readonly lags?: number
  /** Chance of calling noise an addition (default 0.05). */
  readonly level?: number
}

/** What VPIN adds to volume and volatility. */
export interface VpinControl {
  readonly kind: 'fitted'
  readonly rows: number
  /** Effect of each on the volatility of the next period, the others held fixed. */
  readonly vpin: Coefficient
  readonly volume: Coefficient
  readonly volatility: Coefficient
  /** Share of the next volatility that all three explain, and that volume and volatility explain alone. */
  readonly r2: number
  readonly r2WithoutVpin: number
  /** `adds` where its effect is positive beyond chance, `opposite` where it is negative beyond chance. */
  readonly verdict: 'adds' | 'adds nothing' | 'opposite'
  /** One line for people. */
  readonly reason: string
}

const defaults = { lags: 10, level: 0.05 } as const

/**
 * Tests whether VPIN tells anything about the volatility of the next period that volume and volatility do not.
 *
 * A regression of the next volatility on VPIN, volume and volatility now, with errors that autocorrelation does not spoil: the
 * control that Andersen and Bondarenko ask for in VPIN and the flash crash, Journal of Financial Markets 17 (2014). Without it a
 * VPIN that merely mirrors busy and nervous times looks like foresight.
 *
 * @throws ConfigError `BAD_COLUMNS` if columns differ in length, `BAD_PARAMETER` if `lags` or `level` is out of range.
 * @example
 * vpinControl({ vpin, volume, volatility }).reason // => 'VPIN adds nothing: t = 0.4 beside volume and volatility'
 */
export function vpinControl(options: VpinControlOptions): VpinControl | NoRegression {
  const { vpin, volume, volatility, lags, level } = { ...defaults, ...options }
  if (vpin.length !== volume.length || vpin.length !== volatility.length) {
    throw new ConfigError(`Columns of ${vpin.length}, ${volume.length} and ${volatility.length} rows are no table.`, {
      code: 'BAD_COLUMNS',
    })
  }
  if (!(level > 0 && level < 1)) {
    throw new ConfigError(`level "${level}" is not between 0 and 1.`, { code: 'BAD_PARAMETER' })
  }
  const target = volatility.subarray(1)
  const now = (column: Float64Array): Float64Array => column.subarray(0, column.length - 1)
  const others = { volume: now(volume), volatility: now(volatility) }
  const whole = leastSquares({ columns: { vpin: now(vpin), ...others }, target, lags })
  if (whole.kind === 'unavailable') return whole
  const alone = leastSquares({ columns: others, target, lags })
  const coefficients = whole.coefficients as Readonly<Record<'vpin' | 'volume' | 'volatility', Coefficient>>
  const { tStatistic, pValue } = coefficients.vpin
  const verdict = pValue >= level ? 'adds nothing' : tStatistic > 0 ? 'adds' : 'opposite'
  const says = { adds: 'adds', 'adds nothing': 'adds nothing', opposite: 'points the other way' }[verdict]
  return {
    kind: 'fitted',
    rows: whole.rows,
    ...coefficients,
    r2: whole.r2,
    r2WithoutVpin: alone.kind === 'fitted' ? alone.r2 : 0,
    verdict,
    reason: `VPIN ${says}: t = ${tStatistic.toFixed(1)} beside volume and volatility`,
  }
}
