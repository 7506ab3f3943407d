/** Characters of a text that are read; headlines are far shorter, and nobody is to be kept busy by a novel. */
const charactersMax = 4_000
const wordsMax = 400

/**
 * The words of a text in lower case, clause by clause: without links, names of accounts, tickers and numbers.
 *
 * A word of two to five capitals is a ticker and dropped, as `WIN` and `BAN` are, unless most letters of the text are capitals.
 * Hyphens and apostrophes inside a word stay; the mark of a hashtag goes.
 *
 * @example
 * clausesOf('$BTC falls 5%, miners don’t sell') // => [['falls'], ['miners', "don't", 'sell']]
 */
export function clausesOf(text: string): string[][] {
  const plain = text
    .slice(0, charactersMax)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/https?:\/\/\S+|www\.\S+|[$@][\p{L}\p{N}_]+/gu, ' ')
  const isLoud = countOf(plain, /\p{Lu}/gu) > countOf(plain, /\p{Ll}/gu)
  const clauses: string[][] = [[]]
  let count = 0
  for (const [token] of plain.matchAll(/[,.;:!?()]|[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu)) {
    if (/^[,.;:!?()]$/.test(token)) clauses.push([])
    else if (isWord(token, isLoud)) {
      clauses.at(-1)!.push(token.toLowerCase())
      if (++count === wordsMax) break
    }
  }
  return clauses.filter((clause) => clause.length > 0)
}

/** The same without the clauses. */
export function wordsOf(text: string): string[] {
  return clausesOf(text).flat()
}

function isWord(token: string, isLoud: boolean): boolean {
  if (/^\p{N}/u.test(token) && !/\p{L}{3}/u.test(token)) return false
  return isLoud || !/^\p{Lu}{2,5}$/u.test(token)
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
