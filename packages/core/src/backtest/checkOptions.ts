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

/** What makes a value the model that an option takes, and one that would do. */
const models = [
  { option: 'fees', member: 'charge', type: 'function', example: 'makerTaker({ maker: 0.001, taker: 0.001 })' },
  { option: 'slippage', member: 'distance', type: 'function', example: 'fixedSlippage({ bps: 2 })' },
  { option: 'latency', member: 'entryMs', type: 'number', example: "constantLatency('250ms')" },
] as const

/**
 * Checks that a backtest knows every option it was given, since a misspelt one would silently be its default, and that its models
 * are some.
 *
 * @throws ConfigError naming the first that it does not know, or the model and its value.
 */
export function checkOptions(options: object): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) throw unknownOption(unknown)
  checkModels({ ...options })
}

function unknownOption(unknown: string): ConfigError {
  const meant = nearest(unknown, names)
  return new ConfigError(`A backtest has no option "${unknown}".`, {
    code: 'UNKNOWN_OPTION',
    hints: [meant === undefined ? `Known are ${names.join(', ')}.` : `Did you mean "${meant}"?`],
  })
}

function checkModels(options: { readonly [name: string]: unknown }): void {
  for (const { option, member, type, example } of models) {
    const given = options[option]
    if (given === undefined || typeof (given as Record<string, unknown> | null)?.[member] === type) continue
    throw new ConfigError(`Option ${option} "${String(given)}" is no model.`, {
      code: 'BAD_PARAMETER',
      hints: [`Such as ${option}: ${example}.`],
    })
  }
}
