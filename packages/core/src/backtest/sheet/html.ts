/** Markup that is safe to insert as it is: only `html` makes it. */
export interface Html {
  readonly markup: string
}

/** What may stand between markup: text and numbers are escaped, markup is not. */
export type HtmlValue = string | number | Html | readonly HtmlValue[]

/**
 * Markup from a template; every text put in is escaped, so that nothing a user named can become a tag or leave an attribute in
 * double quotes.
 *
 * @example
 * html`<b>${'<script>'}</b>`.markup // => '<b>&lt;script&gt;</b>'
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = template[0]!
  for (const [i, value] of values.entries()) markup += print(value) + template[i + 1]!
  return { markup }
}

/** Markup of constants of this project, such as a style sheet. */
export function trustedHtml(markup: string): Html {
  return { markup }
}

function print(value: HtmlValue): string {
  if (typeof value === 'string') return value.replaceAll(/[&<>"']/g, (letter) => entities[letter]!)
  if (typeof value === 'number') return String(value)
  return 'markup' in value ? value.markup : value.map(print).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
