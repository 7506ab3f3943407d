import { type Html, html } from './html.js'

/** What a picture or table is called. */
export interface FigureTitle {
  readonly title: string
  /** Said after the title, quieter. */
  readonly note?: string
}

/** A picture or table under its title. */
export function figure({ title, note = '' }: FigureTitle, content: Html): Html {
  return html`<figure><figcaption>${title}${note === '' ? '' : html` <span>${note}</span>`}</figcaption>${content}</figure>`
}
