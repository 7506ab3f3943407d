import { ewmaForecaster } from './ewmaForecaster.js'
import { fitHar, type HarParameters, harForecast, harSpans } from './fitHar.js'
import { type RefitOptions, refitWindow } from './refitWindow.js'
import type { VarianceForecaster } from './varianceForecaster.js'

/** What `harForecaster` takes. */
export interface HarForecasterOptions extends RefitOptions {
  /** Weight of the past in the average that stands in while there is no fit. */
  readonly lambda: number
}

/**
 * A heterogeneous autoregression of realised variances, scaled to squared returns by the ratio of both over the window, since
 * ranges of thin markets come out small; an exponential average until the first fit, and wherever none is found.
 *
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range.
 */
export function harForecaster({ lambda, ...refit }: HarForecasterOptions): VarianceForecaster {
  const average = ewmaForecaster(lambda)
  const window = refitWindow(refit)
  const squares = refitWindow(refit)
  let fitted: HarParameters | undefined
  /** Mean squared return over mean realised variance. */
  let ratio = Number.NaN
  const fit = (): void => {
    const found = fitHar(window.values())
    fitted = found.kind === 'har' ? found : undefined
    ratio = sum(squares.values()) / sum(window.values())
  }
  return {
    name: `har(${refit.window}/${refit.refitEvery}, ${lambda})`,
    get source() {
      return fitted ? 'HAR' : average.source
    },
    learn(observation) {
      average.learn(observation)
      squares.add(observation.change * observation.change)
      if (window.add(observation.realised)) fit()
    },
    forecast: () => (fitted ? ratio * harForecast(fitted, window.values()) : average.forecast()),
    parts: () => [numbersOf(fitted, ratio), window.snapshot(), squares.snapshot(), ...average.parts()],
    restoreParts([numbers, values, returns, ...rest]) {
      fitted = parametersOf(numbers!)
      ratio = numbers![7]!
      window.restore(values!)
      squares.restore(returns!)
      average.restoreParts(rest)
    },
  }
}

function numbersOf(fitted: HarParameters | undefined, ratio: number): Float64Array {
  if (fitted === undefined) return new Float64Array(8).fill(Number.NaN)
  const { intercept, daily, weekly, monthly, noise, least, most } = fitted
  return Float64Array.of(intercept, daily, weekly, monthly, noise, least, most, ratio)
}

function parametersOf(numbers: Float64Array): HarParameters | undefined {
  if (Number.isNaN(numbers[0]!)) return undefined
  const [intercept, daily, weekly, monthly, noise, least, most] = numbers as unknown as readonly number[]
  return { ...harSpans, intercept, daily, weekly, monthly, noise, least, most } as HarParameters
}

function sum(values: Float64Array): number {
  let total = 0
  for (const value of values) total += value
  return total
}
