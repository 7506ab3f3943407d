import { ConfigError } from '@astertrade/core'
import { checkOptionChoice } from '../limits/checkOptions.js'
import { commonRows } from './commonRows.js'
import { observationsMax } from './lossesOf.js'
import { matrixSizeMax } from './squareMatrix.js'
import type { RiskNote } from './tailEstimate.js'
import { type Unavailable, unavailable } from './unavailable.js'

/** Past returns of one instrument. */
export interface ReturnSeries {
  readonly instrument: string
  /** End of each period, in milliseconds, strictly rising. */
  readonly times: ArrayLike<number>
  /** Simple returns of the periods; `NaN` marks a missing one. */
  readonly returns: ArrayLike<number>
}

/** Lets an instrument without history follow another: its returns are `beta` times those, times 1.5. */
export interface ReturnProxy {
  readonly instrument: string
  readonly follows: string
  readonly beta: number
}

/** What `scenarioMatrix` takes besides the series. */
export interface ScenarioOptions {
  /** A period that one series lacks: `refuse` them all (default), or `drop` the period for all. */
  readonly missing?: 'refuse' | 'drop'
  /** Instruments that have no series of their own. */
  readonly proxies?: readonly ReturnProxy[]
}

/** Past or simulated returns of several instruments, period by period: what today's positions are revalued over. */
export interface Scenarios {
  readonly kind: 'scenarios'
  readonly instruments: readonly string[]
  readonly rows: number
  /** Returns in column order: row `r` of instrument `i` is `values[i * rows + r]`. */
  readonly values: Float64Array
  /** End of the last period, in milliseconds; `NaN` without any. */
  readonly asOf: number
  /** Periods left out because a series lacked them. */
  readonly dropped: number
  readonly notes: readonly RiskNote[]
}

const defaults = { missing: 'refuse', proxies: [] } as const
/** What a borrowed history is multiplied by besides its beta. */
const proxyMargin = 1.5
const cellsMax = 20_000_000

/**
 * Aligns series of returns by their times. A period is there for all or for none: pairwise deletion would break
 * covariances.
 *
 * Unavailable with `NO_DATA` for no common period, `MISALIGNED` where times differ or do not rise, `NOT_FINITE` for an
 * infinite return or a missing one that may not be dropped, `NO_HISTORY` for a proxy that follows nothing.
 *
 * @throws ConfigError `DUPLICATE_INSTRUMENT`, `LENGTH_MISMATCH`, `TOO_MANY`, `BAD_BETA`, `BAD_PARAMETER`.
 * @example
 * const matrix = scenarioMatrix([{ instrument: 'BTC', times: [1, 2], returns: [0.01, -0.02] }])
 * // => { kind: 'scenarios', instruments: ['BTC'], rows: 2, asOf: 2, … }
 */
export function scenarioMatrix(
  series: readonly ReturnSeries[],
  options: ScenarioOptions = {},
): Scenarios | Unavailable {
  const { missing, proxies } = { ...defaults, ...options }
  checkOptionChoice('missing', missing, ['refuse', 'drop'])
  const instruments = [...series, ...proxies].map(({ instrument }) => instrument)
  checkInstruments(instruments, series)
  for (const proxy of proxies) checkProxy(proxy)
  const rows = commonRows(series, missing)
  if (!Array.isArray(rows)) return rows
  const count = rows[0]?.length ?? 0
  if (count === 0) return unavailable('NO_DATA', 'a period that all series have', 0)
  if (count * instruments.length > cellsMax) throw tooMany(`${count} periods of ${instruments.length} instruments`)
  const values = new Float64Array(instruments.length * count)
  for (const [index, { returns }] of series.entries()) {
    for (let row = 0; row < count; row++) values[index * count + row] = returns[rows[index]![row]!]!
  }
  for (const [index, { follows, beta }] of proxies.entries()) {
    const source = series.findIndex(({ instrument }) => instrument === follows)
    if (source < 0) return unavailable('NO_HISTORY', `a series of ${follows}`, 'none')
    const start = (series.length + index) * count
    for (let row = 0; row < count; row++) values[start + row] = beta * proxyMargin * values[source * count + row]!
  }
  const { times } = series[0]!
  return {
    kind: 'scenarios',
    instruments,
    rows: count,
    values,
    asOf: times[rows[0]![count - 1]!]!,
    dropped: Math.max(...series.map((entry) => entry.times.length)) - count,
    notes: proxies.length > 0 ? ['PROXIED'] : [],
  }
}

/** The returns of one instrument, as a view. */
export function scenarioColumn({ values, rows }: Scenarios, index: number): Float64Array {
  return values.subarray(index * rows, (index + 1) * rows)
}

/** The returns of all instruments, as views. */
export function scenarioColumns(scenarios: Scenarios): Float64Array[] {
  return scenarios.instruments.map((_, index) => scenarioColumn(scenarios, index))
}

function checkInstruments(instruments: readonly string[], series: readonly ReturnSeries[]): void {
  const twice = instruments.find((instrument, index) => instruments.indexOf(instrument) !== index)
  if (twice !== undefined) {
    throw new ConfigError(`Instrument ${twice} has two histories.`, { code: 'DUPLICATE_INSTRUMENT' })
  }
  if (instruments.length > matrixSizeMax) throw tooMany(`${instruments.length} instruments`)
  for (const { instrument, times, returns } of series) {
    if (times.length > observationsMax) throw tooMany(`${times.length} periods of ${instrument}`)
    if (times.length === returns.length) continue
    throw new ConfigError(`${instrument} has ${times.length} times and ${returns.length} returns.`, {
      code: 'LENGTH_MISMATCH',
    })
  }
}

function checkProxy({ instrument, beta }: ReturnProxy): void {
  if (Number.isFinite(beta) && beta !== 0) return
  throw new ConfigError(`beta "${beta}" of ${instrument} is not a finite number other than 0.`, {
    code: 'BAD_BETA',
    hints: ['A coin that moves 1.3 times as far as the one it follows has 1.3.'],
  })
}

function tooMany(what: string): ConfigError {
  return new ConfigError(`${what} are too many.`, {
    code: 'TOO_MANY',
    hints: [`At most ${observationsMax} periods, ${matrixSizeMax} instruments and ${cellsMax} returns in all.`],
  })
}
