import { type Headline, timestamp } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headlineOf } from './newsItem.js'
import { type SentimentIndexOptions, sentimentColumn, sentimentIndex } from './sentimentIndex.js'
import type { SentimentScorer } from './sentimentScorer.js'
import { resemblance, shingleHash } from './shingleHash.js'

const hour = 3_600_000
const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)

/** Scores a text by the sign it begins with; each is sure of itself. */
const signs: SentimentScorer = {
  id: 'signs',
  score: (text) => ({ score: text.startsWith('+') ? 1 : -1, confidence: 1, terms: [] }),
}

const topics = ['copper', 'wheat', 'lithium', 'steel', 'coffee', 'cotton', 'silver', 'sugar', 'cocoa', 'nickel']

/** Headline number `index`, unlike all others. */
function headline(index: number, sign: '+' | '-', source: string, time = index * 60_000): Headline {
  const [a, b] = [topics[index % 10]!, topics[Math.floor(index / 10) % 10]!]
  const text = `${sign} ${a} mine number${'x'.repeat(index % 7)} of ${b} region meets ${a}${b}${'y'.repeat(index % 11)}`
  return { kind: 'headline', time: timestamp(time), source, text }
}

/** The same with four words that no other number has. */
function apart(index: number, sign: '+' | '-', source: string): Headline {
  const code = String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))
  return { ...headline(index, sign, source, 0), text: `${sign} one${code} two${code} three${code} four${code}` }
}

function indexOf(headlines: readonly Headline[], options: SentimentIndexOptions = {}) {
  const index = sentimentIndex({ scorer: signs, ...options })
  for (const item of headlines) index.add(item)
  return index
}

describe('sentimentIndex', () => {
  it('is the mean of the scores, drawn to 0 by the prior', () => {
    const index = indexOf([headline(0, '+', 'a', 0), headline(1, '+', 'b', 0), headline(2, '-', 'c', 0)], {
      sourceShareMax: 1,
    })
    expect(index.value(0)).toBeCloseTo(1 / 5, 14)
    expect(index.evidence(0)).toBeCloseTo(3, 14)
    expect(indexOf([]).value(0)).toBe(0)
  })

  it('forgets half in a half-life', () => {
    const index = indexOf([headline(0, '+', 'a', 0)], { halfLife: '1h', sourceShareMax: 1 })
    expect(index.evidence(hour)).toBeCloseTo(0.5, 14)
    expect(index.value(2 * hour)).toBeCloseTo(0.25 / 2.25, 14)
    const later = indexOf([headline(0, '+', 'a', 0), headline(1, '-', 'b', hour)], {
      halfLife: '1h',
      sourceShareMax: 1,
    })
    expect(later.value(hour)).toBeCloseTo(-0.5 / 3.5, 14)
  })

  it('lets no source outweigh the rest, however much it posts', () => {
    const others = Array.from({ length: 8 }, (_, index) => headline(index, '+', `paper ${index}`, 0))
    const flood = Array.from({ length: 60 }, (_, index) => headline(index + 10, '-', 'one forum', 0))
    expect(indexOf([...others, ...flood], { sourceShareMax: 1 }).value(0)).toBeLessThan(-0.5)
    const capped = indexOf([...others, ...flood], { sourceShareMax: 0.1 })
    expect(capped.value(0)).toBeGreaterThan(0)
  })

  it('moves by no more than the cap for one source, with others and without', () => {
    const flood = Array.from({ length: 99 }, (_, index) => apart(index, '-', 'one forum'))
    expect(indexOf(flood).value(0)).toBeCloseTo(-0.25, 12)
    expect(indexOf(flood, { sourceShareMax: 0.1 }).value(0)).toBeCloseTo(-0.1, 12)
    const [first, last] = [apart(200, '+', 'paper'), apart(201, '+', 'another paper')]
    const [calm, swayed] = [indexOf([first, last]), indexOf([first, last, ...flood])]
    expect(calm.value(0)).toBeCloseTo(0.5, 12)
    // Two and the prior of two are three quarters, so the forum has 4 / 3.
    expect(swayed.evidence(0)).toBeCloseTo(2 + 4 / 3, 12)
    expect(swayed.value(0)).toBeCloseTo((2 - 4 / 3) / (4 + 4 / 3), 12)
  })

  it('keeps every source within its share, and cuts none that is within it already', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(counts, fc.constantFrom(0.1, 0.25, 0.4, 1), (list, sourceShareMax) => {
        const posts = list.flatMap((count, source) => Array.from({ length: count }, () => `s${source}`))
        const whole = indexOf(
          posts.map((source, index) => apart(index, '+', source)),
          { sourceShareMax },
        )
        const weight = whole.evidence(0)
        const limit = sourceShareMax * (weight + 2)
        expect(weight).toBeCloseTo(
          list.reduce((sum, own) => sum + Math.min(own, limit), 0),
          9,
        )
      }),
      { numRuns },
    )
  })

  it('cuts all sources where even all of them together are too much', () => {
    const posts = Array.from({ length: 128 }, (_, index) => apart(index, '+', `s${index % 64}`))
    // Each of 64 has a hundredth of all of them and the prior of two, which has the other 36.
    expect(indexOf(posts, { sourceShareMax: 0.01 }).evidence(0)).toBeCloseTo((64 * 2) / 36, 9)
  })

  it('refuses a score that is none, and stays as it was', () => {
    const scores = { score: Number.NaN, confidence: 1, terms: [] }
    const broken: SentimentScorer = {
      id: 'broken',
      score: (text) => (text.startsWith('+') ? signs.score(text) : scores),
    }
    const index = indexOf([headline(0, '+', 'a', 0)], { scorer: broken })
    const before = index.parts()
    const message = 'The scorer "broken" gives the score "NaN" with confidence "1".'
    for (let again = 0; again < 2; again++) {
      expect(() => index.add(headline(1, '-', 'b', 0))).toThrow(message)
      expect(() => index.add(headline(1, '-', 'b', 0))).toThrow(expect.objectContaining({ code: 'BAD_SCORE' }))
    }
    expect(index.parts()).toEqual(before)
  })

  it('counts a copied text once, also with a word changed and from another source', () => {
    const text = '+ Regulator opens the market for small investors after a review of two years, says the minister'
    const first: Headline = { kind: 'headline', time: timestamp(0), source: 'a', text }
    const copies = [1, 2, 3].map((number) => ({
      ...first,
      source: `bot ${number}`,
      text: number === 2 ? text.replace('small', 'all') : `${text} today`,
    }))
    expect(indexOf([first, ...copies]).evidence(0)).toBe(indexOf([first]).evidence(0))
    expect(indexOf([first, headline(3, '+', 'b', 0)]).evidence(0)).toBeGreaterThan(indexOf([first]).evidence(0))
  })

  it('weighs sources, shuts some out, and reads what it is about', () => {
    const two = [headline(0, '+', 'a', 0), headline(11, '-', 'b', 0)]
    const open = { sourceShareMax: 1 }
    expect(indexOf(two, { ...open, weights: { b: 0 } }).evidence(0)).toBe(1)
    expect(indexOf(two, { ...open, weights: { b: 0.5 } }).evidence(0)).toBe(1.5)
    expect(indexOf(two, { ...open, about: ['Wheat'] }).evidence(0)).toBe(1)
    const posts = two.map((item) => ({ ...item, source: `social:${item.source}` }))
    expect(indexOf(posts, open).evidence(0)).toBeCloseTo(0.6, 14)
    expect(indexOf(posts, { ...open, socialWeight: 0.1, weights: { 'social:b': 1 } }).evidence(0)).toBeCloseTo(1.1, 14)
  })

  it('passes over what is older than the last', () => {
    const index = indexOf([headline(5, '+', 'a'), headline(1, '-', 'b')])
    expect(index.evidence(5 * 60_000)).toBe(indexOf([headline(5, '+', 'a')]).evidence(5 * 60_000))
  })

  it('stays in range and continues from its state', () => {
    const steps = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 200 }), good: fc.boolean(), source: fc.constantFrom('a', 'b', 'c') }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 40 }), (list, cut) => {
        const items = list.map(({ at, good, source }) => headline(at, good ? '+' : '-', source))
        const sorted = items.toSorted((a, b) => a.time - b.time)
        const whole = indexOf(sorted)
        const part = indexOf(sorted.slice(0, cut))
        const copy = sentimentIndex({ scorer: signs })
        copy.restoreParts(part.parts())
        for (const item of sorted.slice(cut)) copy.add(item)
        const end = 300 * 60_000
        expect(copy.value(end)).toBe(whole.value(end))
        expect(Math.abs(whole.value(end))).toBeLessThanOrEqual(1)
      }),
      { numRuns },
    )
  })

  it.each([
    [{ sourceShareMax: 0 }, 'sourceShareMax "0" of sentimentIndex is out of range.'],
    [{ about: [] }, 'about "" of sentimentIndex is out of range.'],
    [{ prior: 0 }, 'prior "0" of sentimentIndex is out of range.'],
    [{ socialWeight: -1 }, 'weights["social:*"] "-1" of sentimentIndex is out of range.'],
    [{ weights: { a: Number.NaN } }, 'weights["a"] "NaN" of sentimentIndex is out of range.'],
    [{ halfLife: 0 }, 'Not a span of time: 0.'],
  ] satisfies [SentimentIndexOptions, string][])('refuses the options %o', (options, message) => {
    expect(() => sentimentIndex(options)).toThrow(message)
  })
})

describe('sentimentColumn', () => {
  it('knows at each time what was there by then, and no more', () => {
    const headlines = [headline(0, '+', 'a', 1_000), headline(1, '+', 'b', 2_000), headline(2, '-', 'c', 3_000)]
    const options = { scorer: signs }
    const times = Float64Array.of(0, 1_000, 2_500, 3_000)
    const column = sentimentColumn(times, headlines, options)
    const known = [0, 1, 2, 3].map((count) => indexOf(headlines.slice(0, count)).value(times[count]!))
    expect([...column]).toEqual(known)
  })
})

describe('shingleHash', () => {
  it('sees that texts are alike in the measure in which they are', () => {
    const words = Array.from(
      { length: 40 },
      (_, index) => `word${String.fromCharCode(97 + (index % 26)).repeat(1 + index / 26)}`,
    )
    const text = words.join(' ')
    expect(resemblance(shingleHash(text), shingleHash(text))).toBe(1)
    expect(resemblance(shingleHash(text), shingleHash(`${text} more`))).toBeGreaterThan(0.8)
    expect(resemblance(shingleHash(text), shingleHash(words.toReversed().join(' ')))).toBe(0)
    expect(resemblance(shingleHash(''), shingleHash('one'))).toBe(0)
  })
})

describe('headlineOf', () => {
  const item = { kind: 'news', published: timestamp(1_000), seen: timestamp(5_000), source: 'a', text: 'x' } as const

  it('is known from the later of both times on', () => {
    expect(headlineOf(item).time).toBe(5_000)
    expect(headlineOf({ ...item, published: timestamp(9_000) }).time).toBe(9_000)
    expect(headlineOf(item).source).toBe('a')
    expect(headlineOf({ ...item, kind: 'social' }).source).toBe('social:a')
  })

  it('refuses news of another day to come, which would silence all that is seen before', () => {
    const day = 24 * hour
    expect(headlineOf({ ...item, published: timestamp(5_000 + day) }).time).toBe(5_000 + day)
    const run = () => headlineOf({ ...item, published: timestamp(5_001 + day) })
    expect(run).toThrow('News of "a" was published at 86405001 and seen at 5000.')
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_NEWS' }))
  })

  it('refuses news without a source', () => {
    expect(() => headlineOf({ ...item, source: '' })).toThrow('News without a source: "x".')
  })
})
