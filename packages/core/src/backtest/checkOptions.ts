import { ConfigError } from '../errors.js'
import { nearest } from '../nearest.js'
import type { BacktestOptions } from './backtest.js'

const names = Object.keys({
  strategy: true,
  params: true,
  data: true,
  instruments: true,
  cash: true,
  fees: true,
  slippage: true,
  latency: true,
  fillPolicy: true,
  rules: true,
  sizer: true,
  targets: true,
  defaultStop: true,
  leverage: true,
  seed: true,
  periodsPerYear: true,
  run: true,
  bars: true,
  warnings: true,
  journal: true,
  onProgress: true,
} satisfies Record<keyof BacktestOptions, true>)

/**
 * Checks that a backtest knows every option it was given: a misspelt one would silently be its default.
 *
 * @throws ConfigError naming the first that it does not know.
 */
export function checkOptions(options: object): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown === undefined) return
  const meant = nearest(unknown, names)
  throw new ConfigError(`A backtest has no option "${unknown}".`, {
    code: 'UNKNOWN_OPTION',
    hints: [meant === undefined ? `Known are ${names.join(', ')}.` : `Did you mean "${meant}"?`],
  })
}
