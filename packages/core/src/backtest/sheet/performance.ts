import { log } from '../../elementary.js'
import type { DrawdownEpisode } from '../../stats/drawdownEpisodes.js'
import { returnWords } from '../returnWords.js'
import type { CalendarYear } from './calendar.js'
import { chart, type Mark, type Range } from './chart.js'
import type { Points } from './decimate.js'
import { figure } from './figure.js'
import { type Html, html } from './html.js'
import type { SheetModel } from './model.js'
import { figureTable, table, toneOf } from './table.js'
import { date, fixed, percent, significant, span } from './text.js'
import { logTicks, months, type Tick, tickDecimals, timeTicks, valueTicks } from './ticks.js'

/** Equity, drawdown, calendar and rolling figures. */
export function performance(model: SheetModel): Html {
  return html`<section class="stack"><h2>Equity and drawdown</h2>
${equityChart(model)}
${drawdownChart(model)}
<div class="pair">${logChart(model)}${drawdownTable(model)}</div>
</section>
<section><h2>Returns by month</h2>${heatTable(model.years)}</section>
<section><h2>Through time</h2><div class="pair">${rollingCharts(model)}</div></section>
<section><h2>All figures</h2><div class="pair">${figureTables(model)}</div></section>`
}

/** Smallest range that holds values, and some room above so that labels do not cover the line. */
function rangeOf(values: readonly number[], ...also: readonly number[]): Range {
  let from = Number.POSITIVE_INFINITY
  let to = Number.NEGATIVE_INFINITY
  for (const value of [...values, ...also]) {
    if (!Number.isFinite(value)) continue
    if (value < from) from = value
    if (value > to) to = value
  }
  if (!(from <= to)) return { from: 0, to: 1 }
  const room = (to - from) * 0.06 || Math.abs(to) * 0.01 || 1
  return { from: from - room, to: to + room }
}

function timeRange({ time }: Points): Range {
  const from = time[0] ?? 0
  const to = time[time.length - 1] ?? 1
  return { from, to: to > from ? to : from + 1 }
}

function ticksOf(range: Range, print: (value: number, decimals: number) => string): readonly Tick[] {
  const values = valueTicks(range.from, range.to)
  return values.map((at) => ({ at, label: print(at, tickDecimals(values)) }))
}

/** An amount short enough for an axis. */
function money(value: number, decimals: number): string {
  const [size, unit] = amountUnits.find(([from]) => Math.abs(value) >= from) ?? [1, '']
  if (size === 1) return fixed(value, { decimals })
  return `${significant(value / size)}${unit}`
}

const amountUnits: readonly (readonly [size: number, unit: string])[] = [
  [1e9, ' bn'],
  [1e6, ' m'],
]

const share = (value: number, decimals: number): string => percent(value, { decimals: Math.max(0, decimals - 2) })

function equityChart({ equity, statistics: s }: SheetModel): Html {
  const x = timeRange(equity)
  const y = rangeOf(equity.value, s.equityStart)
  const marks: readonly Mark[] = [
    { kind: 'area', tone: 'accent', x: equity.time, y: equity.value, base: y.from },
    { kind: 'level', tone: 'quiet', at: s.equityStart },
    { kind: 'line', tone: 'accent', x: equity.time, y: equity.value },
  ]
  const description = `Equity went from ${fixed(s.equityStart)} to ${fixed(s.equityFinal)}, with its highest value at ${fixed(s.equityPeak)}. The dashed line is the start.`
  return chart({
    id: 'equity',
    title: 'Equity',
    note: 'after all costs, positions at their marks; the dashed line is the start',
    description,
    height: 320,
    x,
    y,
    xTicks: timeTicks(x.from, x.to),
    yTicks: ticksOf(y, money),
    marks,
  })
}

function drawdownChart({ drawdown, statistics: s }: SheetModel): Html {
  const x = timeRange(drawdown)
  const y = { ...rangeOf(drawdown.value, 0), to: 0 }
  const marks: readonly Mark[] = [
    { kind: 'area', tone: 'loss', x: drawdown.time, y: drawdown.value, base: 0 },
    { kind: 'line', tone: 'loss', x: drawdown.time, y: drawdown.value },
  ]
  const description = `The deepest drawdown was ${percent(s.maxDrawdown)}, the average one ${percent(s.averageDrawdown)}; the longest lasted ${span(s.maxDrawdownDuration)}.`
  return chart({
    id: 'drawdown',
    title: 'Drawdown',
    note: 'below the highest equity so far',
    description,
    height: 190,
    x,
    y: y.from < 0 ? y : { from: -0.01, to: 0 },
    xTicks: timeTicks(x.from, x.to),
    yTicks: ticksOf(y.from < 0 ? y : { from: -0.01, to: 0 }, share),
    marks,
  })
}

function logChart({ equity }: SheetModel): Html {
  const title = 'Equity on a logarithmic scale'
  if (equity.value.length === 0 || !equity.value.every((value) => value > 0)) {
    return figure({ title }, html`<p class="note">Not drawn: equity was not above 0 throughout.</p>`)
  }
  const x = timeRange(equity)
  const logs = equity.value.map(log)
  const y = rangeOf(logs)
  const lowest = equity.value.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const highest = equity.value.reduce((a, b) => Math.max(a, b), 0)
  const values = lowest < highest ? logTicks(lowest, highest) : [lowest]
  const decimals = tickDecimals(values)
  const yTicks = values.map((at) => ({ at: log(at), label: money(at, decimals) }))
  return chart({
    id: 'log-equity',
    title,
    note: 'equal steps are equal returns',
    description: `The same line, drawn so that equal distances are equal returns.`,
    height: 260,
    x,
    y,
    xTicks: timeTicks(x.from, x.to, { about: 3 }),
    yTicks,
    marks: [{ kind: 'line', tone: 'accent', x: equity.time, y: logs }],
  })
}

function drawdownTable({ drawdowns }: SheetModel): Html {
  return table<DrawdownEpisode>({
    caption: 'Deepest drawdowns',
    note: drawdowns.length === 0 ? 'none' : '',
    columns: [
      { label: 'Peak', kind: 'name', cell: (row) => date(row.peakTime) },
      { label: 'Trough', kind: 'name', cell: (row) => date(row.troughTime) },
      { label: 'Recovered', kind: 'name', cell: (row) => (row.recovered ? date(row.endTime) : 'not yet') },
      { label: 'Length', cell: (row) => span(row.endTime - row.peakTime) },
      { label: 'Depth', cell: (row) => percent(-row.depth), sign: () => -1 },
    ],
    rows: drawdowns,
  })
}

/** Months of the size at which the colour is full. */
function fullColour(years: readonly CalendarYear[]): number {
  const sizes = years
    .flatMap(({ months: row }) => row.map((value) => Math.abs(value ?? 0)))
    .filter((size) => size > 0)
    .toSorted((a, b) => a - b)
  return sizes[Math.floor(sizes.length * 0.9)] ?? 1
}

function heatTable(years: readonly CalendarYear[]): Html {
  const full = fullColour(years)
  const shade = (value: number): string => {
    const level = Math.min(5, Math.ceil((Math.abs(value) / full) * 5))
    return level === 0 || Number.isNaN(value) ? '' : `${value < 0 ? 'l' : 'g'}${level}`
  }
  const cell = (value: number | null): Html =>
    value === null ? html`<td></td>` : html`<td class="${shade(value)}">${percent(value).replace(' %', '')}</td>`
  const title = 'Return of each month'
  return figure(
    { title, note: 'in percent, by the UTC calendar; the first and last may be parts' },
    html`<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table class="heat" aria-label="${title}">
<thead><tr><th scope="col">Year</th>${months.map((name) => html`<th scope="col">${name}</th>`)}<th scope="col">Total</th></tr></thead>
<tbody>${years.map(
      ({ year, months: row, total }) =>
        html`<tr><th scope="row">${year}</th>${row.map(cell)}<td class="total ${toneOf(total)}">${percent(total).replace(' %', '')}</td></tr>
`,
    )}</tbody></table></div>`,
  )
}

function rollingCharts({ rolling, equity }: SheetModel): Html {
  const x = timeRange(equity)
  const window = `${rolling.window} days`
  if (rolling.sharpe.time.length < 2) {
    return html`<p class="note">The run is too short for figures over ${window}.</p>`
  }
  const rollingChart = (id: string, name: string, points: Points, print: typeof money, level: number): Html => {
    const y = rangeOf(points.value, level)
    const description = `${name} over the last ${window}, from ${print(Math.min(...points.value), 2)} to ${print(Math.max(...points.value), 2)}. The dashed line is at ${print(level, 2)}.`
    return chart({
      id,
      title: name,
      note: `over ${window}`,
      description,
      height: 220,
      x,
      y,
      xTicks: timeTicks(x.from, x.to, { about: 3 }),
      yTicks: ticksOf(y, print),
      marks: [
        { kind: 'level', tone: 'quiet', at: level },
        { kind: 'line', tone: 'accent', x: points.time, y: points.value },
      ],
    })
  }
  return html`${rollingChart('rolling-sharpe', 'Sharpe ratio', rolling.sharpe, money, 0)}${rollingChart(
    'rolling-volatility',
    'Annual volatility',
    rolling.volatility,
    share,
    0,
  )}`
}

function figureTables({ statistics: s, config }: SheetModel): Html {
  const { title, each, unit } = returnWords(config)
  return html`${figureTable('Return and risk', [
    ['Total return', percent(s.totalReturn, { decimals: 2 })],
    ['Annual return', percent(s.annualReturn, { decimals: 2 })],
    ['Growth rate by the calendar', percent(s.cagr, { decimals: 2 })],
    ['Annual volatility', percent(s.annualVolatility, { decimals: 2 })],
    [
      'Sharpe, 95\u00a0% range',
      `${fixed(s.sharpe, { decimals: 3 })} ± ${fixed(1.96 * s.sharpeStandardError, { decimals: 3 })}`,
    ],
    ['Sortino', fixed(s.sortino, { decimals: 3 })],
    ['Calmar', fixed(s.calmar, { decimals: 3 })],
    ['Omega', fixed(s.omega, { decimals: 3 })],
    ['Max drawdown', percent(s.maxDrawdown, { decimals: 2 })],
    ['Average drawdown', percent(s.averageDrawdown, { decimals: 2 })],
    ['Longest drawdown', span(s.maxDrawdownDuration)],
    ['Average drawdown length', span(s.averageDrawdownDuration)],
  ])}${figureTable('Shape and activity', [
    [`${title} value at risk, 95\u00a0%`, percent(s.valueAtRisk95, { decimals: 2 })],
    [`${title} expected shortfall, 95\u00a0%`, percent(s.expectedShortfall95, { decimals: 2 })],
    [`Skewness of ${each} returns`, fixed(s.skewness, { decimals: 3 })],
    [`Excess kurtosis of ${each} returns`, fixed(s.kurtosis, { decimals: 3 })],
    ['Tail ratio', fixed(s.tailRatio, { decimals: 3 })],
    ['Equity at the start', fixed(s.equityStart)],
    ['Equity at the end', fixed(s.equityFinal)],
    ['Equity at its peak', fixed(s.equityPeak)],
    ['Exposure', percent(s.exposure)],
    ['Turnover', `${fixed(s.turnover)} × mean equity`],
    ['Orders', fixed(s.orders, { decimals: 0 })],
    ['Fees', fixed(s.fees)],
    [`${unit === 'day' ? 'Days' : 'Bars'} a year`, fixed(s.periodsPerYear, { decimals: 0 })],
  ])}`
}
