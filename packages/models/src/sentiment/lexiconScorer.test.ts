import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { financialLexicon, lexicon } from './lexicon.js'
import { lexiconScorer } from './lexiconScorer.js'
import { marketTerms } from './marketTerms.js'
import { clausesOf, wordsOf } from './words.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 200)
const scorer = lexiconScorer()

/** Written by hand and labelled before any was scored: an indication, no benchmark. */
const labelled: readonly (readonly [string, -1 | 0 | 1])[] = [
  ['Bitcoin soars to record high as ETF inflows accelerate', 1],
  ['Exchange hacked, $200 million in customer funds stolen', -1],
  ['Chipmaker beats estimates and raises full-year guidance', 1],
  ['Retailer issues profit warning, shares plunge 18%', -1],
  ['Fed leaves interest rates unchanged, as expected', 0],
  ['Inflation cools more than forecast, easing rate fears', 1],
  ['Regulator sues stablecoin issuer over unregistered securities', -1],
  ['Company denies insolvency rumours', 1],
  ['Carmaker recalls 400,000 vehicles over faulty brakes', -1],
  ['Bank narrows losses but warns of weak demand', -1],
  ['Oil slips as traders await inventory data', -1],
  ['Ethereum developers set date for next network upgrade', 1],
  ['Airline to resume flights to Lisbon in May', 0],
  ['Lender collapses after failing to raise capital', -1],
  ['Token delisted from major exchanges after depeg', -1],
  ['Drugmaker wins approval for cancer therapy', 1],
  ['Merger talks end without a deal', -1],
  ['Stocks rebound sharply after last week\u2019s rout', 1],
  ['Unemployment falls to lowest in a decade', 1],
  ['Miner suspends dividend amid falling copper prices', -1],
  ['Quarterly report due on Thursday', 0],
  ['Payments firm and bank announce partnership', 1],
  ['Judge dismisses lawsuit against wallet maker', 1],
  ['Analysts say the rally may not last', -1],
]

describe('lexiconScorer', () => {
  it('gets 20 of two dozen headlines right', () => {
    const right = labelled.filter(([text, label]) => {
      const { score } = scorer.score(text)
      return label === 0 ? Math.abs(score) < 0.25 : label * score > 0
    })
    expect(right.length).toBe(20)
  })

  it('turns what is denied, and strengthens what is sharp', () => {
    const score = (text: string): number => scorer.score(text).score
    expect(score('no crash')).toBeGreaterThan(0)
    expect(score('Exchange denies hack, inflows grow')).toBeGreaterThan(0.6)
    expect(score("shares don't crash")).toBeGreaterThan(0)
    expect(score('shares crash sharply')).toBeLessThan(score('shares crash'))
    expect(score('shares crash slightly')).toBeGreaterThan(score('shares crash'))
    expect(score('profits but losses')).toBeLessThan(0)
    expect(score('losses but profits')).toBeGreaterThan(0)
  })

  it('is glad of less of a burden and sorry for more', () => {
    const score = (text: string): number => scorer.score(text).score
    expect(score('inflation falls')).toBeGreaterThan(0)
    expect(score('losses narrow again')).toBeGreaterThan(0)
    expect(score('inflation rises')).toBeLessThan(0)
    expect(score('soaring costs and surging fees')).toBeLessThan(score('soaring costs'))
  })

  it('names the terms it went by, longest first', () => {
    const { terms, score, confidence } = scorer.score('Shares hit record low')
    expect(terms).toEqual([{ term: 'record low', value: -4 }])
    expect(score).toBeCloseTo(-4 / Math.sqrt(31), 15)
    expect(confidence).toBeCloseTo(1 / 3, 15)
  })

  it('knows nothing of a text without known words', () => {
    for (const text of ['', '   ', '123 456 %', 'quarterly report due on thursday']) {
      expect(scorer.score(text)).toEqual({ score: 0, confidence: 0, terms: [] })
    }
  })

  it('stays in range and does not throw, whatever the text', () => {
    const words = fc.array(fc.constantFrom('crash', 'not', 'but', 'very', 'soars', 'inflation', 'falls', '$BTC', '🚀'))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          words.map((list) => list.join(' ')),
        ),
        (text) => {
          const { score, confidence } = scorer.score(text)
          expect(Math.abs(score)).toBeLessThanOrEqual(1)
          expect(confidence).toBeGreaterThanOrEqual(0)
          expect(confidence).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns },
    )
  })

  it('reads no further than a few thousand characters', () => {
    const long = 'crash '.repeat(1_000_000)
    expect(scorer.score(long).terms.length).toBeLessThanOrEqual(400)
  })

  it('takes a lexicon of your own', () => {
    const own = lexiconScorer({ lexicon: lexicon('# mine\nmoon rocket,3\nSad;-2\n') })
    expect(own.id).toBe('lexicon(2)')
    expect(own.score('Moon rocket ahead').terms).toEqual([{ term: 'moon rocket', value: 3 }])
    expect(own.score('crash').terms).toEqual([])
  })
})

describe('lexicon', () => {
  it('holds values from -5 to 5, and ours above the general ones', () => {
    const terms = financialLexicon()
    expect([...terms.values()].every((value) => Math.abs(value) <= 5)).toBe(true)
    expect(terms.get('bullish')).toBe(marketTerms.bullish)
    expect(terms.get('abandon')).toBe(-2)
  })

  it.each([
    ['crash', 'Line 1 of the lexicon is "crash".'],
    ['soars,3\ncrash,-9', 'Line 2 of the lexicon is "crash,-9".'],
    ['# nothing', 'The lexicon has no term.'],
  ])('refuses %o', (text, message) => {
    expect(() => lexicon(text)).toThrow(message)
  })
})

describe('wordsOf', () => {
  it('drops links, accounts, tickers and numbers', () => {
    expect(wordsOf('$BTC (WIN) up 5% to 65,000! https://x.example/crash @bear #Bullish week-long 2nd')).toEqual([
      'up',
      'to',
      'bullish',
      'week-long',
    ])
  })

  it('ends a clause at a mark', () => {
    expect(clausesOf('No hack; funds are safe. (So far)')).toEqual([
      ['no', 'hack'],
      ['funds', 'are', 'safe'],
      ['so', 'far'],
    ])
  })

  it('keeps capitals where the text shouts', () => {
    expect(wordsOf('BITCOIN WINS BIG')).toEqual(['bitcoin', 'wins', 'big'])
  })
})
