import type { IndicatorDefinition } from '../definition.js'
import type { RealPrices } from './realPrices.rig.js'

const width = 720
/** Lines end here; the figures of the scale stand to the right. */
const plotWidth = 670
const panelHeight = 180
const gap = 24
/** Days shown; the days before them settle the indicator. */
export const daysShown = 160
/** The last day shown: after the fall of 2008. */
export const lastDay = '2009-03-31'
const priceColour = '#8a8f98'
const colours = ['#2563eb', '#dc2626', '#16a34a', '#d97706', '#9333ea']

interface Line {
  readonly name: string
  readonly colour: string
  readonly values: readonly number[]
}

/** A small picture of an indicator at its defaults: over the price where it has the size of one, else below it. */
export function plotOf(definition: IndicatorDefinition, { dates, bars }: RealPrices): string {
  const end = dates.indexOf(lastDay) + 1
  const shown = (column: Float64Array): readonly number[] => [...column.subarray(end - daysShown, end)]
  const columns = definition.batch(bars)
  const price: Line = { name: 'close', colour: priceColour, values: shown(bars.close) }
  const lines = definition.outputs.map((name, index) => ({
    name,
    colour: colours[index]!,
    values: shown(columns[name]!),
  }))
  const over = lines.filter((line) => isPrice(line, price))
  const below = over.length > 0 ? [] : lines
  const panels = [[price, ...over], ...(below.length > 0 ? [below] : [])]
  const height = panels.length * (panelHeight + gap) + 16
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<title>${definition.create().name} of the S&amp;P 500</title>`,
    ...panels.flatMap((panel, index) => panelOf(panel, gap + index * (panelHeight + gap))),
    `<g fill="${priceColour}"><text x="0" y="${height - 4}">${dates[end - daysShown]}</text>`,
    `<text x="${plotWidth}" y="${height - 4}" text-anchor="end">${lastDay}</text></g>`,
    '</svg>',
    '',
  ].join('\n')
}

/** True for a line of the size of a price. */
function isPrice(line: Line, price: Line): boolean {
  return line.values.every((value, index) => Number.isNaN(value) || Math.abs(value / price.values[index]! - 1) < 0.6)
}

function panelOf(lines: readonly Line[], top: number): string[] {
  const values = lines.flatMap((line) => line.values).filter((value) => !Number.isNaN(value))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const place = (value: number): number => top + panelHeight * (high === low ? 0.5 : (high - value) / (high - low))
  const legend = lines.map(({ name, colour }) => `<tspan fill="${colour}">${name}  </tspan>`)
  return [
    `<text x="0" y="${top - 6}" xml:space="preserve">${legend.join('')}</text>`,
    `<g fill="${priceColour}" text-anchor="end"><text x="${width}" y="${top + 9}">${short(high)}</text>`,
    `<text x="${width}" y="${top + panelHeight}">${short(low)}</text></g>`,
    ...lines.map(({ colour, values: line }) => {
      return `<path fill="none" stroke="${colour}" stroke-width="1.3" d="${pathOf(line, place)}"/>`
    }),
  ]
}

/** Points to a tenth of a pixel; a line starts anew after a day without a value. */
function pathOf(values: readonly number[], place: (value: number) => number): string {
  let pen = 'M'
  return values
    .map((value, index) => {
      if (Number.isNaN(value)) pen = 'M'
      if (Number.isNaN(value)) return ''
      const point = `${pen}${Math.round((plotWidth * index) / (daysShown - 1))} ${place(value).toFixed(1)}`
      pen = 'L'
      return point
    })
    .join('')
}

function short(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return value.toExponential(2)
  return value.toFixed(size >= 100 ? 0 : size >= 1 ? 2 : 4)
}
