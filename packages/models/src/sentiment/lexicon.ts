import { ConfigError } from '@astertrade/core'
import { afinn165FinancialMarketNews } from 'afinn-165-financialmarketnews'
import { marketTerms } from './marketTerms.js'

/** Values of words and of phrases of up to three words, from -5 to 5. */
export type Lexicon = ReadonlyMap<string, number>

const entriesMax = 200_000
const valueMax = 5

/**
 * The lexicon that is used by default: AFINN (Nielsen 2011) with additions for market news, and terms of our own above it.
 *
 * @example
 * financialLexicon().get('rug pull') // => -4
 */
export function financialLexicon(): Lexicon {
  return new Map(Object.entries({ ...afinn165FinancialMarketNews, ...marketTerms }))
}

/**
 * Reads a lexicon of your own: one term and its value a line, with a tab, a comma or a semicolon between them.
 *
 * Empty lines and lines that begin with `#` are passed over. Terms are compared in lower case; of phrases of more than three words
 * nothing is ever found. Values are from -5 to 5, such as 2 for every positive word of a list without degrees.
 *
 * @param text - The content of the file.
 * @throws ConfigError `BAD_LEXICON` that names the line, if a line is not of that form or there is no term at all.
 * @example
 * lexicon('rug pull\t-4\nadoption\t2').get('rug pull') // => -4
 */
export function lexicon(text: string): Lexicon {
  const entries = new Map<string, number>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const match = /^(.+?)\s*[\t,;]\s*([+-]?\d+(?:\.\d+)?)\s*$/.exec(line)
    const value = Number(match?.[2])
    if (match === null || !(Math.abs(value) <= valueMax)) {
      throw badLexicon(`Line ${index + 1} of the lexicon is ${JSON.stringify(line.slice(0, 80))}.`)
    }
    if (entries.size === entriesMax) throw badLexicon(`The lexicon has more than ${entriesMax} terms.`)
    entries.set(match[1]!.trim().toLowerCase(), value)
  }
  if (entries.size === 0) throw badLexicon('The lexicon has no term.')
  return entries
}

function badLexicon(message: string): ConfigError {
  return new ConfigError(message, {
    code: 'BAD_LEXICON',
    hints: ['A term, a tab, a comma or a semicolon, and a value from -5 to 5: rug pull,-4.'],
  })
}
