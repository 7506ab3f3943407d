import type { ReportConfig } from '../report.js'
import { returnWords } from '../returnWords.js'
import type { CostRow } from './costs.js'
import { type Html, type HtmlValue, html } from './html.js'
import { limitsAtWork } from './limitsAtWork.js'
import type { SheetModel } from './model.js'
import { figureTable, table } from './table.js'
import { barLength, count, date, fixed, percent, significant } from './text.js'

/** Costs, the limits that acted, and all that is needed to run it again. */
export function setup(model: SheetModel): Html {
  return html`<section><h2>Costs</h2><div class="pair">${costFigures(model)}${costTable(model)}</div></section>
${limitsAtWork(model)}
<section class="stack"><h2>Configuration</h2>${configuration(model)}${dataTable(model)}</section>
<section><h2>Conventions</h2>${conventions(model)}</section>`
}

function costFigures({ costs, statistics: s }: SheetModel): Html {
  return figureTable('What trading cost', [
    ['Profit before fees', fixed(costs.grossProfit)],
    ['Fees', fixed(costs.fees)],
    ['Profit after fees', fixed(costs.netProfit)],
    ['Fees as a share of profit before them', percent(costs.feeShare)],
    ['Traded value', fixed(costs.total.notional)],
    ['Fees over traded value', percent(costs.total.rate, { decimals: 4 })],
    ['Traded while waiting in the book', percent(costs.total.makerShare)],
    ['Turnover', `${fixed(s.turnover)} × mean equity`],
  ])
}

function costTable({ costs }: SheetModel): Html {
  return table<CostRow>({
    caption: 'By instrument',
    note: costs.instruments.length === 0 ? 'no fill' : 'prices include slippage',
    columns: [
      { label: 'Instrument', kind: 'text', cell: (row) => row.name },
      { label: 'Fills', cell: (row) => fixed(row.fills, { decimals: 0 }) },
      { label: 'Traded value', cell: (row) => fixed(row.notional) },
      { label: 'Fees', cell: (row) => fixed(row.fees) },
      { label: 'Rate', cell: (row) => percent(row.rate, { decimals: 3 }) },
    ],
    rows: costs.instruments,
  })
}

function configuration({ config, ledger, resultHash, trials }: SheetModel): Html {
  const strategies = config.strategies.map(
    ({ name, params, allocation }) =>
      html`<li>${name}, ${percent(allocation, { decimals: 0 })} of the equity<br><code>${params}</code></li>`,
  )
  const facts: readonly (readonly [string, HtmlValue])[] = [
    ['Strategies', html`<ul>${strategies}</ul>`],
    ['Cash', config.cash],
    ['Leverage', significant(config.leverage)],
    ['Fees', config.fees],
    ['Slippage', config.slippage],
    ['Latency', config.latency],
    [
      'Fills',
      Object.entries(config.fillPolicy)
        .map(([key, value]) => `${key} ${typeof value === 'number' ? significant(value) : value}`)
        .join(', '),
    ],
    [
      'Rules',
      config.rules.length === 0 ? 'none' : html`<ul>${config.rules.map((rule) => html`<li>${rule}</li>`)}</ul>`,
    ],
    ['Seed', String(config.seed)],
    ['Trials', count(trials, 'run')],
    ['Engine', config.version],
    [
      'Books at the end',
      `cash ${ledger.cash}, fees ${ledger.fees}, realised ${ledger.realised}, deposits ${ledger.deposits}`,
    ],
    ['Result', html`<code>${resultHash}</code>`],
  ]
  return html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`
}

function dataTable({ config }: SheetModel): Html {
  const rest = config.instrumentCount - config.instruments.length
  return table<ReportConfig['instruments'][number]>({
    caption: 'Data',
    note: rest > 0 ? `and ${count(rest, 'instrument')} more` : 'digests are SHA-256 of the columns',
    columns: [
      { label: 'Instrument', kind: 'text', cell: (row) => row.id },
      { label: 'Bars', cell: (row) => fixed(row.bars, { decimals: 0 }) },
      { label: 'Of', cell: (row) => barLength(row.interval) },
      { label: 'From', kind: 'name', cell: (row) => date(row.from) },
      { label: 'To', kind: 'name', cell: (row) => date(row.to) },
      { label: 'Digest', kind: 'text', cell: (row) => html`<code>${row.digest}</code>` },
    ],
    rows: config.instruments,
  })
}

function conventions({ statistics: s, config }: SheetModel): Html {
  const { each, unit } = returnWords(config)
  const facts: readonly (readonly [string, string])[] = [
    [
      'Days',
      'Returns are simple, from the last equity of one UTC day to that of the next; a bar at midnight closes the day before.',
    ],
    [
      'Year',
      `${s.periodsPerYear} ${unit}s: ${unit === 'day' ? '365 where bars fall on weekends, else 252' : 'as many as fit into 365.25 days'}. The growth rate by the calendar uses 365.25.`,
    ],
    ['Risk-free rate', '0.'],
    [
      'Deviation',
      'Variances divide by n - 1; skewness and kurtosis are population moments; kurtosis is in excess of 3.',
    ],
    ['Volatility', 'What a year of independent days like these compounds to.'],
    [
      'Sharpe',
      `Annual return over annual volatility. The arithmetic one is mean over deviation of ${each} returns times the root of the ${unit}s a year; its 95\u00a0% range is 1.96 standard errors to each side, for any shape of returns, without serial dependence.`,
    ],
    ['Sortino, Calmar', `Annual return over the root mean square of ${each} losses, and over the deepest drawdown.`],
    [
      'Value at risk',
      'Historical, without interpolation; expected shortfall is the mean of the worst twentieth of days. Losses are positive.',
    ],
    ['Drawdown', 'Over every row of equity, from the last row at a peak to the first row back at it.'],
    [
      'Trades',
      'From opening to closing of a position; a reversal closes one and opens the next. Open positions count in equity, not in the figures of trades. A profit factor is what winners made over what losers lost, in money and in ratios of entry value; SQN and Kelly use money.',
    ],
    ['Buy and hold', 'The first instrument from its first open to its last close, without costs.'],
    ['Unknown', 'A dash marks a figure that the data cannot give.'],
  ]
  return html`<dl class="facts">${facts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>`
}
