import { ConfigError } from '../errors.js'
import { nearest } from '../nearest.js'
import { quoted } from '../quoted.js'
import type { BacktestOptions } from './backtest.js'
import { checkModels } from './checkModels.js'
import { checkStrategies } from './checkStrategies.js'

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
 * Checks that a backtest knows every option it was given, since a misspelt one would silently be its default, and that each is what
 * it takes.
 *
 * @throws ConfigError naming the first that it does not know, or the option and its value.
 */
export function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigError(`A backtest was given ${quoted(options)}, not its options.`, {
      code: 'BAD_PARAMETER',
      hints: ["backtest({ strategy, data, cash: '10000' })"],
    })
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) throw unknownOption(unknown)
  const given = options as { readonly [name: string]: unknown }
  checkModels(given)
  for (const { option, says, is } of kinds) {
    const value = given[option]
    if (value !== undefined && !is(value)) throw badOption(option, value, says)
  }
  checkStrategies(given.strategy)
}

function unknownOption(unknown: string): ConfigError {
  const meant = nearest(unknown, names)
  return new ConfigError(`A backtest has no option "${unknown}".`, {
    code: 'UNKNOWN_OPTION',
    hints: [meant === undefined ? `Known are ${names.join(', ')}.` : `Did you mean "${meant}"?`],
  })
}

/** What the other options are. */
const kinds: readonly { readonly option: string; readonly says: string; readonly is: (value: unknown) => boolean }[] = [
  {
    option: 'instruments',
    says: 'a list of instruments, each of defineInstrument({ id, tick, lot })',
    is: isListOf('price'),
  },
  { option: 'rules', says: 'a list of rules, such as those of riskPolicy()', is: isListOf('check') },
  { option: 'sizer', says: 'a sizer: { name, size }', is: has('size') },
  { option: 'targets', says: "'atDecision' or 'atOpen'", is: (value) => value === 'atDecision' || value === 'atOpen' },
  { option: 'bars', says: "'lent' or 'shared'", is: (value) => value === 'lent' || value === 'shared' },
  { option: 'seed', says: 'an integer', is: Number.isSafeInteger },
  { option: 'run', says: 'a name', is: (value) => typeof value === 'string' && value !== '' },
  { option: 'params', says: 'an object', is: (value) => typeof value === 'object' && value !== null },
  {
    option: 'warnings',
    says: 'a list of sentences',
    is: (value) => Array.isArray(value) && value.every((text) => typeof text === 'string'),
  },
  { option: 'journal', says: 'a function that takes each row', is: (value) => typeof value === 'function' },
  { option: 'onProgress', says: 'a function that takes the bars done', is: (value) => typeof value === 'function' },
]

function has(method: string): (value: unknown) => boolean {
  return (value) => typeof (value as Readonly<Record<string, unknown>> | null)?.[method] === 'function'
}

function isListOf(method: string): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(has(method))
}

function badOption(option: string, value: unknown, says: string): ConfigError {
  return new ConfigError(`Option ${option} is ${quoted(value)}, not ${says}.`, { code: 'BAD_PARAMETER' })
}
