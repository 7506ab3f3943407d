import { checkLambda } from './ewma.js'
import { checkSigmaMin, filteredDefaults, volatilityScales, warmUp } from './filteredHistorical.js'
import { type Scenarios, scenarioColumn } from './scenarioMatrix.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** What `filteredScenarios` takes. */
export interface FilteredScenariosOptions {
  /** Weight of the past in the volatility, between 0 and 1 (default 0.94). */
  readonly lambda?: number
  /**
   * By instrument, the volatility at or below which a return says nothing, such as one tick over the price (default 0).
   */
  readonly sigmaMin?: Readonly<Record<string, number>>
}

/**
 * Scenarios in which each past return is scaled to the volatility that its instrument has now; days stay together, so
 * that what moved together still does.
 *
 * The first 60 periods warm the volatility up and are left out, as is a period in which the volatility of any
 * instrument says nothing. An instrument whose volatility now says nothing keeps its returns as they were. Unavailable
 * with `TOO_SHORT` where no period is left.
 *
 * @throws ConfigError for an option that is none: `BAD_LAMBDA`, `BAD_SIGMA_MIN`.
 * @example
 * filteredScenarios(scenarios, { sigmaMin: { 'BTC-USDT.binance': 0.01 / 65_000 } })
 */
export function filteredScenarios(
  scenarios: Scenarios,
  { lambda = filteredDefaults.lambda, sigmaMin = {} }: FilteredScenariosOptions = {},
): Scenarios | Unavailable {
  checkLambda(lambda)
  for (const value of Object.values(sigmaMin)) checkSigmaMin(value)
  const { instruments, rows } = scenarios
  const scales = instruments.map((instrument, index) => {
    const floor = sigmaMin[instrument] ?? filteredDefaults.sigmaMin
    return volatilityScales(scenarioColumn(scenarios, index), { lambda, sigmaMin: floor })
  })
  const kept: number[] = []
  for (let row = warmUp; row < rows; row++) {
    if (scales.every((scale) => !(scale instanceof Float64Array) || scale[row] !== 0)) kept.push(row)
  }
  if (kept.length === 0) return unavailable('TOO_SHORT', `more than ${warmUp} periods`, rows)
  const values = new Float64Array(instruments.length * kept.length)
  for (const [index, scale] of scales.entries()) {
    const column = scenarioColumn(scenarios, index)
    const start = index * kept.length
    for (let i = 0; i < kept.length; i++) {
      const row = kept[i]!
      values[start + i] = column[row]! * (scale instanceof Float64Array ? scale[row]! : 1)
    }
  }
  return { ...scenarios, rows: kept.length, values, dropped: scenarios.dropped + rows - kept.length }
}
