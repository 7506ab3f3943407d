import { ConfigError } from '../../errors.js'
import { type Duration, duration, type Timestamp } from '../../time.js'
import type { CsvOptions } from '../csv.js'

/** Options with their defaults. */
export interface CsvSettings {
  readonly instrument: string
  readonly file: string | undefined
  readonly interval: Duration | undefined
  readonly timeIs: 'open' | 'close'
  readonly timeUnit: CsvOptions['timeUnit']
  readonly onDefect: 'throw' | 'repair'
  readonly now: Timestamp | undefined
}

const defaults = { timeIs: 'open', onDefect: 'throw' } as const

/**
 * Checks options and fills in defaults.
 *
 * @throws ConfigError if an option is invalid.
 */
export function readOptions(options: CsvOptions): CsvSettings {
  const { instrument, file, interval, timeUnit, now, timeIs = defaults.timeIs, onDefect = defaults.onDefect } = options
  if (typeof instrument !== 'string' || instrument === '') {
    throw new ConfigError(`Instrument ${JSON.stringify(instrument)} is no name.`, {
      code: 'BAD_INSTRUMENT',
      hints: ["Such as instrument: 'BTC-USDT.binance'."],
    })
  }
  checkWord('timeIs', timeIs, ['open', 'close'])
  checkWord('onDefect', onDefect, ['throw', 'repair'])
  checkWord('timeUnit', timeUnit, [undefined, 's', 'ms', 'us', 'ns'])
  if (now !== undefined && !Number.isSafeInteger(now)) {
    throw new ConfigError(`now "${now}" is no time.`, { code: 'BAD_TIME', hints: ['Integer milliseconds UTC.'] })
  }
  const intervalMs = interval === undefined ? undefined : duration(interval)
  return { instrument, file, interval: intervalMs, timeIs, timeUnit, onDefect, now }
}

function checkWord(name: string, value: string | undefined, words: readonly (string | undefined)[]): void {
  if (words.includes(value)) return
  throw new ConfigError(`${name} "${value}" is not known.`, {
    code: 'BAD_PARAMETER',
    hints: [
      `Use ${words
        .filter((word) => word !== undefined)
        .map((word) => `'${word}'`)
        .join(' or ')}.`,
    ],
  })
}
