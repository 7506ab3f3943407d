import { canonicalJson } from '../canonicalJson.js'
import type { LimitRow, RefusalCount, Report } from './report.js'
import { returnWords } from './returnWords.js'
import { moneyProfitFactor } from './sheet/moneyProfitFactor.js'
import { barLengths, count, date, fixed, percent, plainText, shortHash, span } from './sheet/text.js'
import { type TrialOptions, verdict } from './sheet/verdict.js'

const widthMax = 100
const listMax = 4

/**
 * A run on one screen: at most 40 lines of plain text. The first line says it all; the others have at most 100 columns.
 *
 * Losing runs get the same lines as winning ones. Text from users is printed without control characters and cut.
 *
 * @throws ConfigError `BAD_PARAMETER` if `trials` is not an integer of at least 1.
 * @example
 * textReport(report).split('\n')[0]
 * // => 'Return −3.2 %   Max drawdown 11.4 %   Sharpe −0.21 (after costs, 1 trial)   Orders 74   Result 5f1c…e2'
 */
export function textReport(report: Report, { trials = 1 }: TrialOptions = {}): string {
  const judged = verdict(report, { trials })
  const lines = [
    '',
    ...identity(report),
    '',
    ...sideBySide(gains(report), risks(report)),
    '',
    `Verdict: ${judged.kind}.`,
    ...list(judged.reasons),
    ...limits(report),
    ...warnings(report),
    conventions(report),
  ]
  return [summaryLine(report, { trials }), ...lines.map((line) => plainText(line, widthMax).trimEnd())].join('\n')
}

/** The result in one line, made for a log and a README. */
export function summaryLine({ statistics, resultHash }: Report, { trials = 1 }: TrialOptions = {}): string {
  return [
    `Return ${percent(statistics.totalReturn)}`,
    `Max drawdown ${percent(statistics.maxDrawdown)}`,
    `Sharpe ${fixed(statistics.sharpe)} (after costs, ${count(trials, 'trial')})`,
    `Orders ${fixed(statistics.orders, { decimals: 0 })}`,
    `Result ${shortHash(resultHash)}`,
  ].join('   ')
}

function identity({ config }: Report): readonly string[] {
  const strategies = config.strategies.map(({ name, params }) => `${name} ${canonicalJson(params)}`)
  const [first, ...others] = config.instruments
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  const all = config.instruments
  const total = all.reduce((sum, { bars }) => sum + bars, 0)
  const from = all.reduce((least, one) => Math.min(least, one.from), Number.POSITIVE_INFINITY)
  const to = all.reduce((most, one) => Math.max(most, one.to), Number.NEGATIVE_INFINITY)
  const lengths = barLengths(all.map(({ interval }) => interval))
  const data = first ? `${first.id}${more}, ${date(from)} to ${date(to)}, ${count(total, 'bar')} of ${lengths}` : 'none'
  return [
    `Strategy   ${strategies.join('; ')}`,
    `Data       ${data}`,
    `Costs      fees ${config.fees}; slippage ${config.slippage}; latency ${config.latency}`,
  ]
}

type Figure = readonly [name: string, value: string]

/** Left column: what came in and what was done. */
function gains({ statistics: s, trades }: Report): readonly Figure[] {
  const open = trades.length - s.trades
  const ownOpen = open > 0 ? ` (and ${open} open)` : ''
  const error = fixed(1.96 * s.sharpeStandardError)
  return [
    ['Final equity', fixed(s.equityFinal)],
    ['Total return', percent(s.totalReturn)],
    ['Buy and hold', percent(s.buyAndHoldReturn)],
    ['Annual return', percent(s.annualReturn)],
    ['Sharpe, 95 % range', `${fixed(s.sharpe)} ± ${error}`],
    ['Sortino', fixed(s.sortino)],
    ['Exposure', percent(s.exposure)],
    ['Orders', fixed(s.orders, { decimals: 0 })],
    ['Trades', `${fixed(s.trades, { decimals: 0 })}${ownOpen}`],
    ['Win rate', percent(s.winRate)],
    ['Average trade', percent(s.averageTrade, { decimals: 2 })],
    ['Average holding', span(s.averageTradeDuration)],
    ['Fees', fixed(s.fees)],
  ]
}

/** Right column: what was at risk and how it varied. */
function risks({ statistics: s, ledger, trades, config }: Report): readonly Figure[] {
  const { title } = returnWords(config)
  return [
    ['Max drawdown', percent(s.maxDrawdown)],
    ['Longest drawdown', span(s.maxDrawdownDuration)],
    ['Average drawdown', percent(s.averageDrawdown)],
    ['Annual volatility', percent(s.annualVolatility)],
    [`${title} VaR 95 %`, percent(s.valueAtRisk95, { decimals: 2 })],
    [`${title} ES 95 %`, percent(s.expectedShortfall95, { decimals: 2 })],
    ['Calmar', fixed(s.calmar)],
    ['Turnover', `${fixed(s.turnover, { decimals: 1 })} × equity`],
    ['Profit factor, money', fixed(moneyProfitFactor(trades))],
    ['Profit factor, ratio', fixed(s.profitFactor)],
    ['Best trade', percent(s.bestTrade)],
    ['Worst trade', percent(s.worstTrade)],
    ['Realised', fixed(Number(ledger.realised))],
  ]
}

const columnWidth = 46

function sideBySide(left: readonly Figure[], right: readonly Figure[]): readonly string[] {
  const cell = ([name, value]: Figure): string => `${name.padEnd(20)}${value.padStart(columnWidth - 22)}`
  return left.map((figure, i) => `${cell(figure)}    ${cell(right[i]!)}`)
}

function list(sentences: readonly string[]): readonly string[] {
  const shown = sentences.slice(0, listMax).map((sentence) => `  ${sentence}`)
  const rest = sentences.length - listMax
  return rest > 0 ? [...shown, `  … and ${rest} more.`] : shown
}

function limits({ refusals, trips, limits: rows }: Report): readonly string[] {
  if (refusals.length === 0 && trips.length === 0) return ['Limits: none was touched.', ...mostUsed(rows)]
  const tripped = trips.map(
    ({ code, time, mode, limit, got }) => `${date(time)} ${code}: ${mode}, limit ${limit}, got ${got}.`,
  )
  const asked = rows[0]?.asked ?? 0
  const refused = refusals.reduce((sum, row) => sum + row.refused, 0)
  return [
    `Limits at work: ${count(asked, 'order')} asked for, ${fixed(refused, { decimals: 0 })} refused.`,
    ...list([...tripped, ...refusals.map(refusal)]),
    ...mostUsed(rows),
  ]
}

/** What a rule did under one code; without the figures in the rule's name where they do not fit. */
function refusal({ code, rule, refused, shrunk, cutMean, firstTime, lastTime }: RefusalCount): string {
  const parts = [
    ...(refused > 0 ? [`${fixed(refused, { decimals: 0 })} refused`] : []),
    ...(shrunk > 0 ? [`${fixed(shrunk, { decimals: 0 })} cut by ${percent(cutMean, { decimals: 0 })} on average`] : []),
  ]
  const days = date(firstTime) === date(lastTime) ? date(firstTime) : `${date(firstTime)} to ${date(lastTime)}`
  const line = (name: string): string => `${code} (${name}): ${parts.join(', ')}, ${days}.`
  return line(rule).length <= widthMax - 2 ? line(rule) : line(rule.replace(/\(.*/, ''))
}

const useLines = 2

/** The limits of which most was in use, as many as two lines hold. */
function mostUsed(rows: readonly LimitRow[]): readonly string[] {
  const used = rows
    .flatMap(({ rule, use }) => (use !== undefined && use.most > 0 ? [{ rule, use }] : []))
    .toSorted((a, b) => b.use.most - a.use.most)
    .map(({ rule, use }) => `${rule.replace(/\(.*/, '')} ${percent(use.most)} (${date(use.mostTime)})`)
  // Limits are asked by orders; what price does to a position passes them unasked.
  const passed = rows.some(({ use }) => use !== undefined && use.most > 1.0005) ? ' (price alone can pass 100 %)' : ''
  const lines: string[] = []
  for (const text of used) {
    const longer = lines.length === 0 ? `  Most in use${passed}: ${text}` : `${lines.at(-1)}, ${text}`
    if (longer.length < widthMax) lines.splice(-1, 1, longer)
    else if (lines.length < useLines) lines.push(`    ${text}`)
    else break
  }
  return lines
}

function warnings({ warnings: sentences, ambiguousBars }: Report): readonly string[] {
  const guessed =
    ambiguousBars > 0 ? [`${count(ambiguousBars, 'bar')} with two possible exits, their order guessed.`] : []
  const all = [...guessed, ...sentences]
  return all.length === 0 ? ['Warnings: none.'] : ['Warnings:', ...list(all)]
}

function conventions({ statistics, config }: Report): string {
  const { title, unit } = returnWords(config)
  return `${title} simple returns in UTC, ${statistics.periodsPerYear} ${unit}s a year, risk-free rate 0, variance over n - 1.`
}
