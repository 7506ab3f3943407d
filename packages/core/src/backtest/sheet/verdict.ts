import { normalCdf } from '../../elementary.js'
import { ConfigError } from '../../errors.js'
import type { Report } from '../report.js'
import { count, date, fixed, percent, significant } from './text.js'

/** What a run proves, in words, with the reasons. */
export interface RunVerdict {
  readonly kind: 'no evidence of edge' | 'fragile' | 'plausible'
  /** Sentences; the first decides. */
  readonly reasons: readonly string[]
  /** Probability that a true Sharpe ratio of 0 would look this good by luck, from `sharpe` and its error; 1 - PSR. */
  readonly luck: number
}

/** How often something like this run was tried. */
export interface TrialOptions {
  /** Runs that were compared before this one was chosen, itself included (default 1). */
  readonly trials?: number
}

const tradesMin = 30
const errorRate = 0.05

/**
 * Judges a run. It is `no evidence of edge` when it lost, has under 30 closed trades, or when the Sharpe ratio may
 * be luck: the probability of that must be below `0.05 / trials`. It is `fragile` when the profit hangs on one trade, on the fees not
 * being twice as high, or on the order of prices inside bars. Else it is `plausible`, which is no promise.
 *
 * @throws ConfigError `BAD_PARAMETER` if `trials` is not an integer of at least 1.
 */
export function verdict(report: Report, { trials = 1 }: TrialOptions = {}): RunVerdict {
  if (!(Number.isSafeInteger(trials) && trials >= 1)) {
    throw new ConfigError(`trials "${trials}" is not an integer of at least 1.`, {
      code: 'BAD_PARAMETER',
      hints: ['Count every run that was compared, this one included.'],
    })
  }
  const { statistics } = report
  const luck = normalCdf(-statistics.sharpe / statistics.sharpeStandardError)
  const missing = missingEvidence(report, luck, trials)
  const weak = missing.length > 0 ? [] : weakSpots(report)
  const kind = missing.length > 0 ? 'no evidence of edge' : weak.length > 0 ? 'fragile' : 'plausible'
  const start = kind === 'plausible' ? [plausibleReason(luck, trials)] : []
  return {
    kind,
    reasons: [...start, ...missing, ...weak, ...halts(report), ...entriesEnd(report), ...comparison(report)],
    luck,
  }
}

function missingEvidence({ statistics }: Report, luck: number, trials: number): readonly string[] {
  const reasons: string[] = []
  if (!(statistics.totalReturn > 0)) reasons.push(outcome(statistics.totalReturn))
  if (statistics.trades < tradesMin) {
    reasons.push(`${count(statistics.trades, 'closed trade')}: fewer than ${tradesMin} prove nothing.`)
  }
  const luckMax = errorRate / trials
  // What luck would do is no question where there is no gain.
  if (!(luck < luckMax) && !(statistics.totalReturn <= 0)) {
    const after = trials > 1 ? ` after ${count(trials, 'trial')}` : ''
    reasons.push(
      Number.isNaN(luck)
        ? 'The Sharpe ratio cannot be estimated.'
        : `${luckSentence(luck)}; evidence needs under ${significant(luckMax * 100)} %${after}.`,
    )
  }
  return reasons
}

function outcome(totalReturn: number): string {
  if (Number.isNaN(totalReturn)) return 'The return is not known.'
  return totalReturn < 0 ? `The run lost ${percent(-totalReturn)} after costs.` : 'The run earned nothing after costs.'
}

function weakSpots({ statistics, trades, ambiguousBars }: Report): readonly string[] {
  const reasons: string[] = []
  const closed = trades.filter((trade) => !trade.open)
  const profit = statistics.equityFinal - statistics.equityStart
  const best = closed.reduce((most, trade) => Math.max(most, trade.profit), 0)
  if (best >= profit) reasons.push('Without its best trade the run would have lost.')
  if (statistics.fees >= profit) reasons.push('At twice the fees the run would have lost.')
  if (ambiguousBars > closed.length * 0.1) {
    reasons.push(`${count(ambiguousBars, 'exit')} hung on a guess of the order of prices inside a bar.`)
  }
  return reasons
}

function plausibleReason(luck: number, trials: number): string {
  const condition = trials > 1 ? `, few enough after ${count(trials, 'trial')}` : ', if this was the only run tried'
  return `${luckSentence(luck)}${condition}.`
}

function luckSentence(luck: number): string {
  return `Luck alone looks this good in ${smallPercent(luck)} of runs`
}

function smallPercent(ratio: number): string {
  if (ratio < 0.0001) return 'under 0.01 %'
  return percent(ratio, { decimals: ratio < 0.01 ? 2 : 1 })
}

/** A limit that stopped the run for good: what follows is no result of the strategy. */
function halts({ trips }: Report): readonly string[] {
  return trips
    .filter(({ until, mode }) => until === undefined && mode === 'halted')
    .map(({ time, code, limit, got }) => `Halted from ${date(time)} to the end: ${code}, limit ${limit}, got ${got}.`)
}

/** Share of a run without an entry at its end that is told. */
const idleShare = 0.1

/** Refusals that kept a run from entering long before its end: it did not choose to stop. */
function entriesEnd(report: Report): readonly string[] {
  const { equity, refusals, trips } = report
  if (trips.some(({ until, mode }) => until === undefined && mode === 'halted')) return []
  const [start, end] = [equity.time[0] ?? 0, equity.time[equity.length - 1] ?? 0]
  const entered = lastEntry(report) ?? start
  if (end - entered <= idleShare * (end - start)) return []
  const later = refusals.filter(({ refused, lastTime }) => refused > 0 && lastTime > (entered + end) / 2)
  const [most] = later.toSorted((a, b) => b.refused - a.refused)
  if (most === undefined) return []
  const { code, refused, lastTime } = most
  return [
    `No entry was allowed after ${date(entered)}: ${code}, ${fixed(refused, { decimals: 0 })} refused in all, the last on ${date(lastTime)}.`,
  ]
}

/** Time of the last fill that made a position larger. */
function lastEntry({ fills }: Report): number | undefined {
  const held = new Map<string, number>()
  let last: number | undefined
  for (const { strategy, instrument, side, quantity, time } of fills) {
    const book = `${strategy} ${instrument}`
    const before = held.get(book) ?? 0
    const after = before + (side === 'buy' ? quantity : -quantity)
    held.set(book, after)
    if (Math.abs(after) > Math.abs(before) || after * before < 0) last = time
  }
  return last
}

function comparison({ statistics }: Report): readonly string[] {
  const { totalReturn, buyAndHoldReturn } = statistics
  const points = (buyAndHoldReturn - totalReturn) * 100
  if (Number.isNaN(points)) return []
  const relation = points > 0 ? 'more' : 'less'
  return [
    `Holding the first instrument returned ${percent(buyAndHoldReturn)}, ${fixed(Math.abs(points), { decimals: 1 })} points ${relation}.`,
  ]
}
