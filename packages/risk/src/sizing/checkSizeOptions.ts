import { ConfigError, formatMoney } from '@astertrade/core'
import { checkOptionNames } from '../limits/checkOptions.js'
import type { PositionSizeOptions, SizeAccount } from './positionSize.js'

const known = {
  positionSize: [
    'instrument',
    'side',
    'entry',
    'stop',
    'account',
    'tier',
    'costs',
    'kelly',
    'measures',
    'liquidity',
    'multiples',
    'limits',
    'ceilings',
  ],
  limits: ['clipSize', 'portfolioRisk', 'maxDrawdown'],
} as const

/**
 * Refuses options from which no size can follow: misspelled ones, which would not limit anything, and figures of another type.
 *
 * @throws ConfigError `UNKNOWN_OPTION`, `BAD_ENTRY` or `BAD_FIGURE`.
 */
export function checkSizeOptions(options: PositionSizeOptions): void {
  checkOptionNames('positionSize', options, known.positionSize)
  checkOptionNames('positionSize limits', options.limits ?? {}, known.limits)
  const { entry, stop, kelly, instrument, account } = options
  if (!(typeof entry === 'number' && entry > 0 && entry * instrument.tick.scale < 1e15)) {
    throw new ConfigError(`Entry ${quoted(entry)} is not a price above 0.`, { code: 'BAD_ENTRY' })
  }
  if (stop !== 'none' && typeof stop !== 'number') throw notNumber('stop', stop)
  if (kelly !== undefined && typeof kelly !== 'number') throw notNumber('kelly', kelly)
  checkAccount(account)
}

/** A position of less than nothing would make room, and so would a high-water mark below equity. */
function checkAccount(account: SizeAccount): void {
  for (const name of ['equity', 'highWaterMark', 'position', 'positionRisk', 'openRisk', 'freeCash'] as const) {
    const amount: unknown = account[name]
    if (name === 'freeCash' && amount === undefined) continue
    const isSigned = name === 'equity' || name === 'highWaterMark' || name === 'freeCash'
    if (typeof amount === 'bigint' && (amount >= 0n || isSigned)) continue
    throw new ConfigError(`${name} "${amount}" is not an exact amount${isSigned ? '' : ' of at least 0'}.`, {
      code: 'BAD_FIGURE',
      hints: ["Write money('250'); a short position counts by its size."],
    })
  }
  const { equity, highWaterMark } = account
  if (highWaterMark >= equity) return
  throw new ConfigError(`highWaterMark "${formatMoney(highWaterMark)}" is below equity "${formatMoney(equity)}".`, {
    code: 'BAD_FIGURE',
    hints: ['The high-water mark is the highest equity so far, and at least that of now.'],
  })
}

function notNumber(name: string, value: unknown): ConfigError {
  return new ConfigError(`${name} ${quoted(value)} is not a number.`, { code: 'BAD_FIGURE' })
}

function quoted(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : `"${value}"`
}
