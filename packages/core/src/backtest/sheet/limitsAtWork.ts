import type { RefusalCount, TripRow } from '../report.js'
import { chart } from './chart.js'
import { type Html, html } from './html.js'
import type { SheetLimit, SheetModel } from './model.js'
import { table } from './table.js'
import { date, dateTime, fixed, percent } from './text.js'
import { timeTicks } from './ticks.js'

/** What the limits did to orders and to the account, and how near they were. */
export function limitsAtWork(model: SheetModel): Html {
  const { limits, refusals, trips } = model
  const quiet = refusals.length + trips.length === 0
  return html`<section class="stack"><h2>Limits at work</h2>
${quiet ? html`<p class="note">No limit was touched: no order was refused or made smaller, no alarm went off.</p>` : ''}
${useCharts(model)}
${limits.length > 0 ? limitTable(limits) : ''}
${refusals.length > 0 ? refusalTable(refusals) : ''}
${trips.length > 0 ? tripTable(trips) : ''}</section>`
}

/** Charts of so many limits at most. */
const chartsMax = 8

/** One small chart per limit that was in use at all, one share of the limit for each day. */
function useCharts({ limits, equity }: SheetModel): Html {
  const used = limits.filter(({ use }) => use !== null && use.most > 0 && use.days.time.length > 1)
  const x = { from: equity.time[0] ?? 0, to: equity.time[equity.time.length - 1] ?? 1 }
  const charts = used.slice(0, chartsMax).map(({ rule, use }, index) => {
    const { most, mostTime, days } = use!
    const highest = days.value.reduce((a, b) => Math.max(a, b), 1)
    const y = { from: 0, to: 1.08 * highest }
    const ends = { from: Math.min(x.from, days.time[0]!), to: Math.max(x.to, days.time[days.time.length - 1]!) }
    return chart({
      id: `use-${index}`,
      title: rule,
      note: `at most ${percent(most)} in use, ${date(mostTime)}`,
      description: `Share of the limit ${rule} that was in use, the largest of each day; at most ${percent(most)} on ${date(mostTime)}. The dashed line is the limit.`,
      height: 140,
      x: ends,
      y,
      xTicks: timeTicks(ends.from, ends.to, { about: 3 }),
      yTicks: [0, 0.5, 1].map((at) => ({ at, label: percent(at, { decimals: 0 }) })),
      marks: [
        { kind: 'area', tone: 'accent', x: days.time, y: days.value, base: 0 },
        { kind: 'level', tone: 'quiet', at: 1 },
        { kind: 'line', tone: 'accent', x: days.time, y: days.value },
      ],
    })
  })
  if (charts.length === 0) return html``
  return html`<p class="note">How much of each limit was in use: the largest share of each day. The dashed line is the limit. Limits are asked by orders: price alone can carry a position past one, which then takes no more.</p>
<div class="pair">${charts}</div>`
}

function limitTable(limits: readonly SheetLimit[]): Html {
  const whole = (value: number): string => fixed(value, { decimals: 0 })
  return table<SheetLimit>({
    caption: 'What each rule said',
    note: 'in the order in which they are asked; an order that is refused goes no further',
    columns: [
      { label: 'Rule', kind: 'text', cell: (row) => row.rule },
      { label: 'Asked', cell: (row) => whole(row.asked) },
      { label: 'Passed whole', cell: (row) => whole(row.approved) },
      { label: 'Made smaller', cell: (row) => whole(row.shrunk) },
      { label: 'Refused', cell: (row) => whole(row.refused) },
      { label: 'Most in use', cell: (row) => (row.use === null ? '' : percent(row.use.most)) },
      { label: 'On', kind: 'name', cell: (row) => (row.use === null ? '' : dateTime(row.use.mostTime)) },
      { label: 'At the end', cell: (row) => (row.use === null ? '' : percent(row.use.last)) },
    ],
    rows: limits,
  })
}

function refusalTable(refusals: readonly RefusalCount[]): Html {
  return table<RefusalCount>({
    caption: 'Orders refused or made smaller',
    columns: [
      { label: 'Code', kind: 'text', cell: (row) => row.code },
      { label: 'Rule', kind: 'text', cell: (row) => row.rule },
      { label: 'Refused', cell: (row) => fixed(row.refused, { decimals: 0 }) },
      { label: 'Made smaller', cell: (row) => fixed(row.shrunk, { decimals: 0 }) },
      { label: 'By, on average', cell: (row) => (row.shrunk > 0 ? percent(row.cutMean) : '') },
      { label: 'At most', cell: (row) => (row.shrunk > 0 ? percent(row.cutMost) : '') },
      { label: 'First', kind: 'name', cell: (row) => dateTime(row.firstTime) },
      { label: 'Last', kind: 'name', cell: (row) => dateTime(row.lastTime) },
      { label: 'That first time', kind: 'text', cell: (row) => row.example },
    ],
    rows: refusals,
  })
}

function tripTable(trips: readonly TripRow[]): Html {
  return table<TripRow>({
    caption: 'Alarms that changed the mode of the account',
    columns: [
      { label: 'Time', kind: 'name', cell: (row) => dateTime(row.time) },
      { label: 'Code', kind: 'text', cell: (row) => row.code },
      { label: 'Rule', kind: 'text', cell: (row) => row.rule },
      { label: 'Mode', kind: 'name', cell: (row) => row.mode },
      { label: 'Limit', kind: 'text', cell: (row) => row.limit },
      { label: 'Got', kind: 'text', cell: (row) => row.got },
      { label: 'Until', kind: 'name', cell: (row) => (row.until === undefined ? 'the end' : dateTime(row.until)) },
    ],
    rows: trips,
  })
}
