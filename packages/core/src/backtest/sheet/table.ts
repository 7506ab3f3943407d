import { figure } from './figure.js'
import { type Html, type HtmlValue, html } from './html.js'

/** A column of a table. */
export interface Column<Row> {
  readonly label: string
  /** `name` for short text, `text` for text that may wrap; numbers are the default and stand right. */
  readonly kind?: 'name' | 'text' | 'number'
  readonly cell: (row: Row) => HtmlValue
  /** Colours a figure by its sign. */
  readonly sign?: (row: Row) => number
}

/** A table: its name, its columns, and its rows. */
export interface Table<Row> {
  readonly caption: string
  /** Said after the name, quieter. */
  readonly note?: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

/** Draws a table; the first column names its row, and a table wider than the page scrolls on its own. */
export function table<Row>({ caption, note = '', columns, rows }: Table<Row>): Html {
  return figure(
    { title: caption, note },
    html`<div class="scroll" tabindex="0" role="group" aria-label="${caption}"><table aria-label="${caption}">
<thead><tr>${columns.map(({ label, kind = 'number' }) => html`<th scope="col"${classOf(kind)}>${label}</th>`)}</tr></thead>
<tbody>${rows.map(
      (row) => html`<tr>${columns.map((column, i) => cell(column, row, i))}</tr>
`,
    )}</tbody></table></div>`,
  )
}

function cell<Row>({ kind = 'number', cell: value, sign }: Column<Row>, row: Row, index: number): Html {
  if (index === 0) return html`<th scope="row"${classOf(kind)}>${value(row)}</th>`
  return html`<td${classOf(sign ? toneOf(sign(row)) : kind)}>${value(row)}</td>`
}

function classOf(kind: string): HtmlValue {
  return kind === 'number' || kind === '' ? '' : html` class="${kind}"`
}

/** Class of a figure by its sign. */
export function toneOf(value: number): '' | 'gain' | 'loss' {
  return value > 0 ? 'gain' : value < 0 ? 'loss' : ''
}

/** A list of figures, each with its name. */
export function figureTable(caption: string, rows: readonly (readonly [name: string, value: string])[]): Html {
  return figure(
    { title: caption },
    html`<table class="figures" aria-label="${caption}"><tbody>${rows.map(
      ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
    )}</tbody></table>`,
  )
}

/** A bar from the middle to the right for a gain, to the left for a loss; `share` is of the longest, from -1 to 1. */
export function signBar(share: number): Html {
  const width = (Math.min(1, Math.abs(share)) * 50).toFixed(1)
  const from = share < 0 ? (50 - Number(width)).toFixed(1) : '50'
  return html`<svg class="bar" aria-hidden="true"><rect class="${share < 0 ? 'loss' : 'gain'}" x="${from}%" y="0" width="${width}%" height="10"/><line x1="50%" x2="50%" y1="0" y2="10"/></svg>`
}
