import { ConfigError } from '@astertrade/core'
import { type BinaryForecasts, checkBinary } from './binaryForecasts.js'

/** Rows whose probabilities are alike. */
export interface ReliabilityBin {
  readonly count: number
  /** Mean probability. */
  readonly forecast: number
  /** Share that happened. */
  readonly observed: number
  /** Standard error of that share, were the mean probability right. */
  readonly standardError: number
}

/** What `reliability` takes. */
export interface ReliabilityOptions extends BinaryForecasts {
  /** Bins of equal count, from 2 (default 10). */
  readonly bins?: number
}

/** How probabilities compare with frequencies. */
export interface Reliability {
  /** By rising probability; a run of equal probabilities is never cut, so that there may be fewer. */
  readonly bins: readonly ReliabilityBin[]
  /** Mean distance of forecast from observed, weighted by count: the expected calibration error. */
  readonly calibrationError: number
}

const defaults = { bins: 10 } as const

/**
 * Groups forecasts by probability and compares each group with what happened: the numbers of a reliability diagram.
 *
 * @throws ConfigError with code `NO_ROWS` if there are fewer rows than bins, with `BAD_ROWS`, or `BAD_PARAMETER` for fewer than 2 bins.
 * @example
 * reliability({ probabilities, outcomes, bins: 5 }).calibrationError // => 0.031
 */
export function reliability(options: ReliabilityOptions): Reliability {
  const { probabilities, outcomes, bins } = { ...defaults, ...options }
  checkBinary(options)
  if (!Number.isInteger(bins) || bins < 2) {
    throw new ConfigError(`Bins "${bins}" is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['A whole number from 2.'],
    })
  }
  if (outcomes.length < bins) {
    throw new ConfigError(`${outcomes.length} rows are fewer than ${bins} bins.`, { code: 'NO_ROWS' })
  }
  const order = Int32Array.from(outcomes, (_, row) => row).sort(
    (a, b) => probabilities[a]! - probabilities[b]! || a - b,
  )
  const made: ReliabilityBin[] = []
  let calibrationError = 0
  for (let from = 0, part = 1; from < order.length; part++) {
    let to = Math.max(from + 1, Math.round((part * order.length) / bins))
    while (to < order.length && probabilities[order[to]!] === probabilities[order[to - 1]!]) to++
    const bin = binOf(order.subarray(from, to), options)
    made.push(bin)
    calibrationError += (bin.count / order.length) * Math.abs(bin.forecast - bin.observed)
    from = to
  }
  return { bins: made, calibrationError }
}

function binOf(rows: Int32Array, { probabilities, outcomes }: BinaryForecasts): ReliabilityBin {
  let [sum, happened] = [0, 0]
  for (const row of rows) {
    sum += probabilities[row]!
    happened += outcomes[row]!
  }
  const count = rows.length
  const forecast = sum / count
  return { count, forecast, observed: happened / count, standardError: Math.sqrt((forecast * (1 - forecast)) / count) }
}
