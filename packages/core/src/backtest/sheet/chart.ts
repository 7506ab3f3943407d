import { type FigureTitle, figure } from './figure.js'
import { type Html, html, trustedHtml } from './html.js'
import type { Tick } from './ticks.js'

/** A range of values along an axis. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** A picture: what it shows, its axes, and marks drawn in the coordinates of the axes. */
export interface Chart extends FigureTitle {
  /** Unique in the document. */
  readonly id: string
  /** What a reader who cannot see the picture should know. */
  readonly description: string
  /** Pixels; the width is that of the page. */
  readonly height: number
  readonly x: Range
  readonly y: Range
  readonly xTicks: readonly Tick[]
  readonly yTicks: readonly Tick[]
  readonly marks: readonly Mark[]
}

/** Something drawn: a line, the area between a line and a level, bars that stand on 0, or dots. */
export type Mark =
  | { readonly kind: 'line'; readonly tone: string; readonly x: readonly number[]; readonly y: readonly number[] }
  | {
      readonly kind: 'area'
      readonly tone: string
      readonly x: readonly number[]
      readonly y: readonly number[]
      readonly base: number
    }
  | {
      readonly kind: 'bars'
      readonly tone: string
      readonly x: readonly number[]
      readonly y: readonly number[]
      readonly width: number
    }
  | { readonly kind: 'dots'; readonly tone: string; readonly x: readonly number[]; readonly y: readonly number[] }
  | { readonly kind: 'level'; readonly tone: string; readonly at: number }

const units = 1000
const labelSpace = 22
const headSpace = 8

/**
 * Draws a chart as inline SVG. The plot stretches with the page while text and strokes keep their size, so that it is readable on
 * a phone and in print.
 */
export function chart(spec: Chart): Html {
  const plotHeight = spec.height - labelSpace - headSpace
  const y = (value: number): number => plotHeight * (1 - (value - spec.y.from) / (spec.y.to - spec.y.from))
  const x = (value: number): number => (units * (value - spec.x.from)) / (spec.x.to - spec.x.from)
  const paths = spec.marks.map((mark) => markPath(mark, { x, y, plotHeight }))
  const picture = html`<svg class="chart" role="img" aria-labelledby="${spec.id}-title ${spec.id}-text" height="${spec.height}">
<title id="${spec.id}-title">${spec.title}</title><desc id="${spec.id}-text">${spec.description}</desc>
${spec.yTicks.map(({ at }) => {
  const height = point(y(at) + headSpace)
  return html`<line class="grid" x1="0" x2="100%" y1="${height}" y2="${height}"/>`
})}
<svg viewBox="0 0 ${units} ${plotHeight}" preserveAspectRatio="none" x="0" y="${headSpace}" width="100%" height="${plotHeight}" overflow="visible">${paths}</svg>
${spec.yTicks.map(({ at, label }) => html`<text class="value" text-anchor="end" x="-10" y="${point(y(at) + headSpace + 4)}">${label}</text>`)}
${spec.xTicks.map((tick) => timeLabel(x(tick.at) / units, tick.label, spec.height - 6))}
</svg>`
  return figure(spec, picture)
}

/** Labels keep inside the picture: the first starts at its mark, the last ends there. */
function timeLabel(share: number, label: string, height: number): Html {
  const anchor = share < 0.06 ? 'start' : share > 0.94 ? 'end' : 'middle'
  return html`<text class="scale" text-anchor="${anchor}" x="${(share * 100).toFixed(2)}%" y="${height}">${label}</text>`
}

interface Scales {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly plotHeight: number
}

function markPath(mark: Mark, { x, y, plotHeight }: Scales): Html {
  switch (mark.kind) {
    case 'line':
      return path(`line ${mark.tone}`, polyline(mark.x.map(x), mark.y.map(y)))
    case 'area': {
      const base = point(Math.min(plotHeight, Math.max(0, y(mark.base))))
      const first = point(x(mark.x[0] ?? 0))
      const last = point(x(mark.x[mark.x.length - 1] ?? 0))
      return path(`area ${mark.tone}`, `${polyline(mark.x.map(x), mark.y.map(y))}L${last} ${base}L${first} ${base}Z`)
    }
    case 'bars': {
      const gap = x(mark.width) - x(0)
      const bars = mark.x.map((from, i) => {
        const left = x(from) + gap * 0.1
        return mark.y[i] === 0
          ? ''
          : `M${point(left)} ${point(y(0))}V${point(y(mark.y[i]!))}h${point(gap * 0.8)}V${point(y(0))}Z`
      })
      return path(`area ${mark.tone}`, bars.join(''))
    }
    case 'dots':
      return path(`dots ${mark.tone}`, mark.x.map((at, i) => `M${point(x(at))} ${point(y(mark.y[i]!))}h0`).join(''))
    case 'level':
      return path(`line ${mark.tone}`, `M0 ${point(y(mark.at))}H${units}`)
    default:
      return mark satisfies never
  }
}

function path(tone: string, data: string): Html {
  return html`<path class="${tone}" d="${trustedHtml(data)}"/>`
}

function polyline(xs: readonly number[], ys: readonly number[]): string {
  return xs.map((x, i) => `${i === 0 ? 'M' : 'L'}${point(x)} ${point(ys[i]!)}`).join('')
}

/** A coordinate to a tenth, as short as it gets. */
function point(value: number): string {
  return String(Number(value.toFixed(1)) + 0)
}
