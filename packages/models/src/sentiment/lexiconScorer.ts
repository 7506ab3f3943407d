import { financialLexicon, type Lexicon } from './lexicon.js'
import { modifiers } from './modifiers.js'
import type { ScoredTerm, SentimentScore, SentimentScorer } from './sentimentScorer.js'
import { clausesOf } from './words.js'

/** What `lexiconScorer` takes. */
export interface LexiconScorerOptions {
  /** Values of terms (default `financialLexicon()`). */
  readonly lexicon?: Lexicon
}

const { burdens, changes, degrees, negations } = modifiers

const phraseMax = 3
/** Words before a term in which a negation still turns it, and by what factor (Hutto and Gilbert 2014). */
const negationReach = 3
const negated = -0.74
/** Words on either side of a burden in which a change still means it, and what the pair is worth. */
const burdenReach = 2
const burdenValue = 2
/** Sum at which the score is about 0.7 (Hutto and Gilbert 2014: the square of this is 15). */
const halfway = 15
const beforeBut = 0.5
const afterBut = 1.5

/**
 * Scores a text by the words in it: terms and phrases of a lexicon, turned by negations of the same clause, made stronger or weaker by degrees, with
 * what comes after a `but` counting three times what comes before.
 *
 * Of burdens, such as inflation or losses, less is good and more is bad, whatever the verb is worth by itself. The score is
 * `s / sqrt(s² + 15)` of the sum `s`; the confidence is `|s| / Σ|value|` times `n / (n + 2)` for `n` terms. After VADER: Hutto and
 * Gilbert, A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text (2014), with other words and fewer rules.
 * It knows no irony and no context.
 *
 * @example
 * lexiconScorer().score('Exchange denies hack, inflows rise').score // => 0.80 (a hack denied 2.2, inflows 2, rise 1)
 */
export function lexiconScorer(options: LexiconScorerOptions = {}): SentimentScorer {
  const { lexicon = financialLexicon() } = options
  return {
    id: `lexicon(${lexicon.size})`,
    score: (text) => scoreOf(termsOf(clausesOf(text), lexicon)),
  }
}

function scoreOf(terms: readonly ScoredTerm[]): SentimentScore {
  if (terms.length === 0) return { score: 0, confidence: 0, terms }
  let [sum, sizes] = [0, 0]
  for (const { value } of terms) {
    sum += value
    sizes += Math.abs(value)
  }
  const agreement = Math.abs(sum) / sizes
  const count = terms.length
  return { score: sum / Math.sqrt(sum * sum + halfway), confidence: (agreement * count) / (count + 2), terms }
}

function termsOf(clauses: readonly (readonly string[])[], lexicon: Lexicon): ScoredTerm[] {
  const turn = clauses.flat().lastIndexOf('but')
  const terms: ScoredTerm[] = []
  let before = 0
  for (const words of clauses) {
    for (let at = 0; at < words.length; ) {
      const found = burdenAt(words, at) ?? termAt(words, at, lexicon)
      const end = at + (found?.length ?? 1)
      if (found !== undefined) {
        const side = turn === -1 ? 1 : before + at < turn ? beforeBut : afterBut
        const value = found.value * factorAt(words, at, end) * side
        if (value !== 0) terms.push({ term: words.slice(at, end).join(' '), value })
      }
      at = end
    }
    before += words.length
  }
  return terms
}

interface Found {
  readonly length: number
  readonly value: number
}

/** The longest term of the lexicon that begins here; negations and degrees are none. */
function termAt(words: readonly string[], at: number, lexicon: Lexicon): Found | undefined {
  for (let length = Math.min(phraseMax, words.length - at); length > 0; length--) {
    const value = lexicon.get(words.slice(at, at + length).join(' '))
    const isModifier = length === 1 && (isNegation(words[at]!) || degrees.has(words[at]!))
    if (value !== undefined && !isModifier) return { length, value }
  }
  return undefined
}

/** A burden with what becomes of it, in either order. */
function burdenAt(words: readonly string[], at: number): Found | undefined {
  const isBurden = burdens.has(words[at]!)
  const change = changes.get(words[at]!)
  if (!isBurden && change === undefined) return undefined
  for (let next = at + 1; next <= Math.min(at + burdenReach, words.length - 1); next++) {
    const word = words[next]!
    const direction = isBurden ? changes.get(word) : burdens.has(word) ? change : undefined
    if (direction !== undefined) return { length: next - at + 1, value: -direction * burdenValue }
  }
  return undefined
}

function factorAt(words: readonly string[], start: number, end: number): number {
  let factor = degrees.get(words[start - 1] ?? '') ?? degrees.get(words[end] ?? '') ?? 1
  for (let at = Math.max(0, start - negationReach); at < start; at++) {
    if (isNegation(words[at]!)) factor *= negated
  }
  return factor
}

function isNegation(word: string): boolean {
  return negations.has(word) || word.endsWith("n't")
}
