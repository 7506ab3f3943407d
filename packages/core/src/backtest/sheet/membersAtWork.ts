import { chart } from './chart.js'
import { type Html, html } from './html.js'
import type { SheetMember, SheetMembers, SheetModel } from './model.js'
import { table } from './table.js'
import { count, fixed, percent } from './text.js'
import { timeTicks } from './ticks.js'

type ShownMembers = Pick<SheetModel, 'members' | 'memberInstrumentCount'>

/** Which models spoke, with which weight over time, and how well each did; nothing where the strategy has no voices. */
export function membersAtWork({ members, memberInstrumentCount }: ShownMembers): Html {
  if (members.length === 0) return html``
  const left = memberInstrumentCount - members.length
  return html`<section class="stack"><h2>Models at work</h2>
<p class="note">Weights follow the losses of forecasts that could be judged. A loss of 0.25 is that of always saying one half: what loses more says less than silence.</p>
${members.map((one, index) => html`${weightCharts(one, index)}${memberTable(one)}`)}
${left > 0 ? html`<p class="note">… and ${count(left, 'instrument')} more.</p>` : html``}</section>`
}

/** One small chart for each model that ever had weight. */
function weightCharts({ instrument, from, to, rows }: SheetMembers, index: number): Html {
  const x = { from, to: to > from ? to : from + 1 }
  const heard = rows.filter(({ weights }) => weights.value.some((weight) => weight > 0))
  const charts = heard.map(({ name, weights, weightLast }, row) =>
    chart({
      id: `weight-${index}-${row}`,
      title: name,
      note: `weight on ${instrument}, ${percent(weightLast)} at the end`,
      description: `Weight of the model ${name} on ${instrument} over time; ${percent(weightLast)} at the end.`,
      height: 140,
      x,
      y: { from: 0, to: 1.08 },
      xTicks: timeTicks(x.from, x.to, { about: 3 }),
      yTicks: [0, 0.5, 1].map((at) => ({ at, label: percent(at, { decimals: 0 }) })),
      marks: [
        { kind: 'area', tone: 'accent', x: weights.time, y: weights.value, base: 0 },
        { kind: 'line', tone: 'accent', x: weights.time, y: weights.value },
      ],
    }),
  )
  return charts.length === 0 ? html`` : html`<div class="pair">${charts}</div>`
}

function memberTable({ instrument, decisions, controlLoss, rows }: SheetMembers): Html {
  const known = (value: number, print: (value: number) => string): string => (Number.isNaN(value) ? '' : print(value))
  const loss = (value: number): string => known(value, (figure) => fixed(figure, { decimals: 4 }))
  return table<SheetMember>({
    caption: `Models on ${instrument}`,
    note: `over ${fixed(decisions, { decimals: 0 })} decisions; always saying one half lost ${loss(controlLoss)}`,
    columns: [
      { label: 'Model', kind: 'text', cell: (row) => row.name },
      { label: 'Took a side', cell: (row) => percent(row.spoke) },
      { label: 'Told the risk', cell: (row) => percent(row.warned) },
      { label: 'Mean weight', cell: (row) => known(row.weightMean, percent) },
      { label: 'Last weight', cell: (row) => percent(row.weightLast) },
      { label: 'Mean push', cell: (row) => known(row.contribution, (push) => fixed(push, { decimals: 3 })) },
      { label: 'Loss', cell: (row) => loss(row.loss) },
      { label: 'Said last', kind: 'text', cell: (row) => row.reason },
    ],
    rows,
  })
}
