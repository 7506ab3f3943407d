import { ConfigError } from '../../errors.js'
import { nearest } from '../../nearest.js'
import { shown } from '../../shown.js'
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

const names = Object.keys({
  instrument: true,
  file: true,
  interval: true,
  timeIs: true,
  timeUnit: true,
  onDefect: true,
  now: true,
} satisfies Record<keyof CsvOptions, true>)

const defaults = { timeIs: 'open', onDefect: 'throw' } as const

/**
 * Checks options and fills in defaults.
 *
 * @throws ConfigError if an option is unknown or invalid.
 */
export function readOptions(options: CsvOptions): CsvSettings {
  const unknown = Object.keys(options ?? {}).find((name) => !names.includes(name))
  if (unknown !== undefined) throw unknownOption(unknown)
  const {
    instrument,
    file,
    interval,
    timeUnit,
    now,
    timeIs = defaults.timeIs,
    onDefect = defaults.onDefect,
  } = options ?? {}
  if (typeof instrument !== 'string' || instrument === '') {
    throw new ConfigError(`Instrument ${shown(instrument)} is no name.`, {
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

function unknownOption(unknown: string): ConfigError {
  const meant = nearest(unknown, names)
  return new ConfigError(`A CSV reader has no option "${unknown}".`, {
    code: 'UNKNOWN_OPTION',
    hints: [meant === undefined ? `Known are ${names.join(', ')}.` : `Did you mean "${meant}"?`],
  })
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
