import { exp } from '../../elementary.js'
import { type ReturnWords, returnWords } from '../returnWords.js'
import { chart, type Mark } from './chart.js'
import type { Distribution } from './distribution.js'
import { type Html, html } from './html.js'
import type { SheetModel } from './model.js'
import { count, fixed, percent } from './text.js'
import { tickDecimals, valueTicks } from './ticks.js'

/** How daily returns are spread, and how far that is from a normal distribution. */
export function spread({ distribution, config }: SheetModel): Html {
  const words = returnWords(config)
  if (distribution.normal.length < 3) {
    return html`<section><h2>${words.title} returns</h2><p class="note">Too few different ${words.unit}s to show how they are spread.</p></section>`
  }
  return html`<section><h2>${words.title} returns</h2><div class="pair">${histogram(distribution, words)}${quantiles(distribution)}</div></section>`
}

function histogram(spec: Distribution, { unit }: ReturnWords): Html {
  const { from, width, counts, mean, standardDeviation, days } = spec
  const edges = counts.map((_, i) => from + i * width)
  const middle = counts.length / 2
  const curve = edges.map((edge) => edge + width / 2)
  const normal = curve.map((value) => {
    const distance = (value - mean) / standardDeviation
    return (days * width * exp(-0.5 * distance * distance)) / (standardDeviation * 2.5066282746310002)
  })
  const top = [...counts, ...normal].reduce((a, b) => Math.max(a, b), 1)
  const y = { from: 0, to: top * 1.08 }
  const x = { from, to: -from }
  const xValues = valueTicks(x.from, x.to)
  const decimals = Math.max(0, tickDecimals(xValues) - 2)
  const marks: readonly Mark[] = [
    { kind: 'bars', tone: 'losses', x: edges.slice(0, middle), y: counts.slice(0, middle), width },
    { kind: 'bars', tone: 'gains', x: edges.slice(middle), y: counts.slice(middle), width },
    { kind: 'line', tone: 'soft', x: curve, y: normal },
  ]
  return chart({
    id: 'histogram',
    title: 'Distribution',
    note: `${count(days, unit)}; the line is a normal distribution of the same mean and deviation`,
    description: `Mean ${percent(mean, { decimals: 3 })}, standard deviation ${percent(standardDeviation, { decimals: 2 })}. Days beyond the picture are counted in its outer bars.`,
    height: 260,
    x,
    y,
    xTicks: xValues.map((at) => ({ at, label: percent(at, { decimals }) })),
    yTicks: valueTicks(0, top)
      .slice(1)
      .map((at) => ({ at, label: fixed(at, { decimals: 0 }) })),
    marks,
  })
}

function quantiles({ normal, actual }: Distribution): Html {
  const reach = [...normal, ...actual].reduce((most, value) => Math.max(most, Math.abs(value)), 1) * 1.05
  const x = { from: normal[0]! * 1.05, to: -normal[0]! * 1.05 }
  const y = { from: -reach, to: reach }
  const label = (at: number): { at: number; label: string } => ({ at, label: `${fixed(at, { decimals: 0 })} σ` })
  const ends = [x.from, x.to]
  return chart({
    id: 'quantiles',
    title: 'Against a normal distribution',
    note: 'dots below the line on the left are fat losses',
    description: `The smallest standardised return is ${fixed(actual[0]!, { decimals: 1 })}, where a normal distribution would have ${fixed(normal[0]!, { decimals: 1 })}.`,
    height: 260,
    x,
    y,
    xTicks: [-2, -1, 0, 1, 2].filter((at) => at > x.from && at < x.to).map(label),
    yTicks: valueTicks(y.from, y.to).filter(Number.isInteger).map(label),
    marks: [
      { kind: 'line', tone: 'quiet', x: ends, y: ends },
      { kind: 'dots', tone: 'accent', x: normal, y: actual },
    ],
  })
}
