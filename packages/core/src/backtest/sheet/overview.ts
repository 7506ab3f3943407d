import { dayMs } from '../../time.js'
import { type Html, html } from './html.js'
import type { SheetModel } from './model.js'
import { barLengths, count, date, fixed, percent, plainText, shortHash, span } from './text.js'

/** Title, verdict, warnings and the headline figures. */
export function overview(model: SheetModel): Html {
  return html`<header>
<p class="kicker">Backtest report</p>
<h1>${title(model)}</h1>
<p class="lead">${subject(model)}</p>
</header>
${verdictBox(model)}
${warningBox(model)}
${cards(model)}`
}

/** Names of the strategies, cut. */
export function title({ config }: SheetModel): string {
  return plainText(config.strategies.map(({ name }) => name).join(', ') || 'no strategy', 120)
}

function subject({ config, statistics }: SheetModel): Html {
  const names = config.instruments.slice(0, 4).map(({ id }) => id)
  const rest = config.instrumentCount - names.length
  const from = config.instruments.reduce(
    (first, instrument) => Math.min(first, instrument.from),
    Number.POSITIVE_INFINITY,
  )
  const to = config.instruments.reduce((last, instrument) => Math.max(last, instrument.to), Number.NEGATIVE_INFINITY)
  const facts = [
    `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`,
    from <= to ? `${date(from)} to ${date(to)} (${years(to - from)})` : 'no data',
    `bars of ${barLengths(config.instruments.map(({ interval }) => interval))}`,
    `${fixed(statistics.equityStart)} became ${fixed(statistics.equityFinal)}`,
  ]
  return html`${facts.map((fact, i) => html`${i > 0 ? ' · ' : ''}<span>${fact}</span>`)}`
}

function years(ms: number): string {
  const number = ms / (365.25 * dayMs)
  return number >= 1 ? `${fixed(number, { decimals: 1 })} years` : span(ms)
}

const tones = { plausible: 'good', fragile: 'weak', 'no evidence of edge': 'none' } as const

function verdictBox({ verdict }: SheetModel): Html {
  const words = `${verdict.kind.charAt(0).toUpperCase()}${verdict.kind.slice(1)}`
  return html`<div class="verdict ${tones[verdict.kind]}"><strong>${words}</strong><ul>${verdict.reasons.map(
    (reason) => html`<li>${reason}</li>`,
  )}</ul></div>`
}

function warningBox({ warnings, ambiguousBars }: SheetModel): Html {
  const guessed =
    ambiguousBars > 0 ? [`In ${count(ambiguousBars, 'bar')} two exits were possible and their order was guessed.`] : []
  const all = [...guessed, ...warnings]
  if (all.length === 0)
    return html`<p class="note">No warnings: no exit had to be guessed and no entry was cut at its fill.</p>`
  return html`<div class="warnings"><h3>${count(all.length, 'warning')}</h3><ul>${all.map(
    (sentence) => html`<li>${sentence}</li>`,
  )}</ul></div>`
}

function cards({ statistics: s, trades, trials, resultHash }: SheetModel): Html {
  const error = 1.96 * s.sharpeStandardError
  const band = Number.isFinite(error)
    ? `95 % from ${fixed(s.sharpe - error)} to ${fixed(s.sharpe + error)}`
    : 'error not known'
  const open = trades.open > 0 ? `, ${count(trades.open, 'position')} open` : ''
  const cells: readonly (readonly [string, string, string])[] = [
    ['Return after costs', percent(s.totalReturn), `${percent(s.annualReturn)} a year`],
    ['Buy and hold', percent(s.buyAndHoldReturn), 'first instrument, without costs'],
    ['Max drawdown', percent(s.maxDrawdown), `longest ${span(s.maxDrawdownDuration)}`],
    [`Sharpe, ${count(trials, 'trial')}`, fixed(s.sharpe), band],
    ['Volatility', percent(s.annualVolatility), `a year; worst twentieth of days ${percent(-s.expectedShortfall95)}`],
    ['Win rate', percent(s.winRate), `${count(s.trades, 'closed trade')}${open}`],
    ['Fees', fixed(s.fees), `turnover ${fixed(s.turnover, { decimals: 1 })} × equity`],
    ['Result', shortHash(resultHash), `${count(s.orders, 'order')}; equal for equal runs`],
  ]
  return html`<dl class="cards">${cells.map(
    ([name, value, note]) => html`<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`,
  )}</dl>`
}
