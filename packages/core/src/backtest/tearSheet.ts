import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Report } from './report.js'
import { html, trustedHtml } from './sheet/html.js'
import { membersAtWork } from './sheet/membersAtWork.js'
import { type SheetModel, type SheetOptions, sheetModel } from './sheet/model.js'
import { overview, title } from './sheet/overview.js'
import { performance } from './sheet/performance.js'
import { setup } from './sheet/setup.js'
import { spread } from './sheet/spread.js'
import { sheetStyle } from './sheet/style.js'
import { dateTime } from './sheet/text.js'
import { trades } from './sheet/trades.js'

/** One run for people and for programs. */
export interface TearSheet {
  /** A complete document: inline pictures and style, no script, no request to anywhere. */
  readonly html: string
  /** The same numbers; `schema` and `schemaVersion` say how to read them, `null` is a figure that is not known. */
  readonly json: string
}

/**
 * Draws a run as one self-contained page, verdict and warnings first, with a JSON of the same numbers.
 *
 * Equal reports give equal bytes. Curves are thinned to what can be seen, lists are cut and say so, so the page stays under 1.5 MB whatever
 * was run. Text from users is escaped, and the page forbids scripts and requests.
 *
 * @param options - `trials`: runs that were compared before this one was chosen, itself included (default 1). `members`: the models
 * of a strategy that has several, with their weights over time.
 * @throws ConfigError `BAD_PARAMETER` if `trials` is not an integer of at least 1.
 * @example
 * tearSheet(report).html.slice(0, 15) // => '<!doctype html>'
 */
export function tearSheet(report: Report, options: SheetOptions = {}): TearSheet {
  const model = sheetModel(report, options)
  return { html: page(model), json: `${JSON.stringify(model)}\n` }
}

function page(model: SheetModel): string {
  // The digest lets this one style sheet in and keeps every other style, script and request out.
  const policy = `default-src 'none'; style-src 'sha256-${base64(sha256(utf8ToBytes(sheetStyle)))}'; base-uri 'none'; form-action 'none'`
  const end = model.equity.time[model.equity.time.length - 1] ?? Number.NaN
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trustedHtml(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="AsterAI ${model.config.version}">
<title>${title(model)} · backtest report</title>
<style>${trustedHtml(sheetStyle)}</style>
</head>
<body>
<main>
${overview(model)}
${performance(model)}
${membersAtWork(model)}
${spread(model)}
${trades(model)}
${setup(model)}
<footer>Simulated to ${dateTime(end)} UTC on past data, after the costs named above. It is no forecast and no advice.</footer>
</main>
</body>
</html>
`.markup
}

const base64Letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [first = 0, second, third] = bytes.subarray(i, i + 3)
    const group = (first << 16) | ((second ?? 0) << 8) | (third ?? 0)
    text += base64Letters[group >> 18]! + base64Letters[(group >> 12) & 63]!
    text += second === undefined ? '=' : base64Letters[(group >> 6) & 63]!
    text += third === undefined ? '=' : base64Letters[group & 63]!
  }
  return text
}
