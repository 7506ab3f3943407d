import type { RoundTrip } from '../report.js'
import type { TradeGroup } from './breakdown.js'
import { chart } from './chart.js'
import { type Html, html } from './html.js'
import type { SheetModel } from './model.js'
import { figureTable, signBar, table } from './table.js'
import { count, dateTime, decimalsOf, fixed, percent, span } from './text.js'
import { tickDecimals, valueTicks } from './ticks.js'

/** Trades: figures, splits, excursions and the list. */
export function trades(model: SheetModel): Html {
  if (model.trades.total === 0) {
    return html`<section><h2>Trades</h2><p class="note">There was no trade.</p></section>`
  }
  const { breakdown: groups } = model
  const strategies = groups.strategy.length > 1 ? groupTable('By strategy', 'Strategy', groups.strategy) : ''
  return html`<section class="stack"><h2>Trades</h2>
<div class="pair">${tradeFigures(model)}${excursions(model)}</div>
<div class="pair">${groupTable('By direction', 'Direction', groups.direction)}${groupTable('By instrument', 'Instrument', groups.instrument)}${strategies}</div>
<div class="pair">${groupBars('By weekday of entry', 'Weekday', groups.weekday)}${groupBars('By time held', 'Time', groups.holding)}</div>
${groups.hour.length > 1 ? hourChart(groups.hour) : ''}
</section>
<section><h2>List of trades</h2>${tradeTables(model)}</section>`
}

function tradeFigures({ statistics: s, trades: list }: SheetModel): Html {
  return figureTable('Closed trades', [
    ['Closed trades', fixed(s.trades, { decimals: 0 })],
    ['Positions open at the end', fixed(list.open, { decimals: 0 })],
    ['Win rate', percent(s.winRate)],
    ['Best trade', percent(s.bestTrade, { decimals: 2 })],
    ['Worst trade', percent(s.worstTrade, { decimals: 2 })],
    ['Average trade, geometric', percent(s.averageTrade, { decimals: 3 })],
    ['Expectancy, arithmetic', percent(s.expectancy, { decimals: 3 })],
    ['Profit factor, money', fixed(list.moneyProfitFactor, { decimals: 3 })],
    ['Profit factor, ratio', fixed(s.profitFactor, { decimals: 3 })],
    ['System quality number', fixed(s.sqn, { decimals: 3 })],
    ['Kelly share', percent(s.kelly)],
    ['Average time held', span(s.averageTradeDuration)],
    ['Longest time held', span(s.maxTradeDuration)],
  ])
}

function excursions({ excursions: points }: SheetModel): Html {
  const worst = points.reduce((most, { adverse }) => Math.max(most, adverse), 0.001)
  const results = points.map(({ result }) => result)
  const low = results.reduce((a, b) => Math.min(a, b), 0)
  const high = results.reduce((a, b) => Math.max(a, b), 0)
  const room = (high - low) * 0.08 || 0.01
  const x = { from: 0, to: worst * 1.05 }
  const y = { from: low - room, to: high + room }
  const axis = (values: readonly number[]) => {
    const decimals = Math.max(0, tickDecimals(values) - 2)
    return values.map((at) => ({ at, label: percent(at, { decimals }) }))
  }
  const dots = (tone: string, keep: (result: number) => boolean) => {
    const own = points.filter(({ result }) => keep(result))
    return { kind: 'dots', tone, x: own.map((p) => p.adverse), y: own.map((p) => p.result) } as const
  }
  return chart({
    id: 'excursions',
    title: 'Result against worst moment',
    note: 'across: the largest loss while open; up: the result; share of entry value',
    description: `${count(points.length, 'trade')} shown. Dots far right that end high had to bear large losses first.`,
    height: 330,
    x,
    y,
    xTicks: axis(valueTicks(x.from, x.to).slice(1)),
    yTicks: axis(valueTicks(y.from, y.to)),
    marks: [
      { kind: 'level', tone: 'quiet', at: 0 },
      dots('gain', (result) => result > 0),
      dots('loss', (result) => !(result > 0)),
    ],
  })
}

function groupTable(caption: string, label: string, rows: readonly TradeGroup[]): Html {
  return table<TradeGroup>({
    caption,
    columns: [
      { label, kind: 'text', cell: (row) => row.name },
      { label: 'Trades', cell: (row) => fixed(row.trades, { decimals: 0 }) },
      { label: 'Won', cell: (row) => percent(row.winRate, { decimals: 0 }) },
      { label: 'Profit', cell: (row) => fixed(row.profit), sign: (row) => row.profit },
      { label: 'Average', cell: (row) => percent(row.averageRatio, { decimals: 2 }) },
      { label: 'Fees', cell: (row) => fixed(row.fees) },
    ],
    rows,
  })
}

function groupBars(caption: string, label: string, rows: readonly TradeGroup[]): Html {
  const most = rows.reduce((size, row) => Math.max(size, Math.abs(row.profit)), 0) || 1
  return table<TradeGroup>({
    caption,
    columns: [
      { label, kind: 'name', cell: (row) => row.name },
      { label: 'Trades', cell: (row) => fixed(row.trades, { decimals: 0 }) },
      { label: 'Profit', cell: (row) => fixed(row.profit, { decimals: 0 }), sign: (row) => row.profit },
      { label: 'Loss or profit', kind: 'text', cell: (row) => signBar(row.profit / most) },
    ],
    rows,
  })
}

function hourChart(groups: readonly TradeGroup[]): Html {
  const profits = Array.from(
    { length: 24 },
    (_, hour) => groups.find(({ name }) => Number.parseInt(name, 10) === hour)?.profit ?? 0,
  )
  const low = profits.reduce((a, b) => Math.min(a, b), 0)
  const high = profits.reduce((a, b) => Math.max(a, b), 0)
  const room = (high - low) * 0.06 || 1
  const y = { from: low - room, to: high + room }
  const values = valueTicks(y.from, y.to)
  const decimals = tickDecimals(values)
  const bars = (tone: string, sign: 1 | -1) => {
    const hours = profits.flatMap((profit, hour) => (profit * sign > 0 ? [hour] : []))
    return { kind: 'bars', tone, x: hours, y: hours.map((hour) => profits[hour]!), width: 1 } as const
  }
  const best = profits.indexOf(high)
  return chart({
    id: 'hours',
    title: 'Profit by hour of entry',
    note: 'UTC, after fees',
    description: `The best hour began at ${best}:00 with ${fixed(high)}, the worst at ${profits.indexOf(low)}:00 with ${fixed(low)}.`,
    height: 190,
    x: { from: 0, to: 24 },
    y,
    xTicks: [0, 6, 12, 18].map((hour) => ({ at: hour + 0.5, label: `${String(hour).padStart(2, '0')}:00` })),
    yTicks: values.map((at) => ({ at, label: fixed(at, { decimals }) })),
    marks: [bars('losses', -1), bars('gains', 1)],
  })
}

function tradeTables({ trades: list }: SheetModel): Html {
  if (list.last.length === 0) return tradeTable(`All ${count(list.total, 'trade')}`, list.first)
  const caption = (which: string, rows: readonly RoundTrip[]): string =>
    `${which} ${rows.length} of ${count(list.total, 'trade')}`
  return html`<div class="stack">${tradeTable(caption('First', list.first), list.first)}${tradeTable(
    caption('Last', list.last),
    list.last,
  )}</div>`
}

function tradeTable(caption: string, rows: readonly RoundTrip[]): Html {
  const quantity = { decimals: decimalsOf(rows.map((row) => row.quantity)) }
  const price = { decimals: decimalsOf(rows.flatMap((row) => [row.entryPrice, row.exitPrice])) }
  return table<RoundTrip>({
    caption,
    note: 'times in UTC, profit after fees',
    columns: [
      { label: 'Opened', kind: 'name', cell: (row) => dateTime(row.entryTime) },
      { label: 'Closed', kind: 'name', cell: (row) => (row.open ? 'still open' : dateTime(row.exitTime)) },
      { label: 'Instrument', kind: 'text', cell: (row) => row.instrument },
      { label: 'Side', kind: 'name', cell: (row) => row.direction },
      { label: 'Quantity', cell: (row) => fixed(row.quantity, quantity) },
      { label: 'Entry', cell: (row) => fixed(row.entryPrice, price) },
      { label: 'Exit', cell: (row) => fixed(row.exitPrice, price) },
      { label: 'Fees', cell: (row) => fixed(row.fees) },
      { label: 'Profit', cell: (row) => fixed(row.profit), sign: (row) => row.profit },
      { label: 'Return', cell: (row) => percent(row.profitRatio, { decimals: 2 }), sign: (row) => row.profitRatio },
    ],
    rows,
  })
}
