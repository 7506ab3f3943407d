import { ConfigError, type Duration, duration, type Headline, pow } from '@astertrade/core'
import { lexiconScorer } from './lexiconScorer.js'
import { socialPrefix } from './newsItem.js'
import { createRecentTexts } from './recentTexts.js'
import type { SentimentScorer } from './sentimentScorer.js'
import { createSourceTable } from './sourceTable.js'
import { wordsOf } from './words.js'

/** What `sentimentIndex` takes. */
export interface SentimentIndexOptions {
  /** Judges each text (default `lexiconScorer()`). */
  readonly scorer?: SentimentScorer
  /** Time in which a headline loses half of its weight (default 6 hours). */
  readonly halfLife?: Duration | string
  /** Weights of sources by name, such as `{ 'rumours.example': 0.2 }`; 0 shuts one out, and others weigh 1. */
  readonly weights?: Readonly<Record<string, number>>
  /** Weight of posts, whose source begins with `social:`, where `weights` does not name it (default 0.3). */
  readonly socialWeight?: number
  /** Largest share of the mood, `prior` included, that one source may have, above 0 (default 0.25); 1 is no cap. */
  readonly sourceShareMax?: number
  /** Headlines' worth of neutral news that is always there, so that one headline is no mood (default 2). */
  readonly prior?: number
  /** Words of which a headline must have one, in lower case; without them all headlines count. */
  readonly about?: readonly string[]
}

/** The mood of the headlines so far. */
export interface SentimentIndex {
  /** Scorer and parameters, such as `lexicon(3676), [21600000,0.25,2,0.3,{},"*"]`. */
  readonly id: string
  /** Takes a headline, in time order; one that repeats a recent one, or is older than the last, changes nothing. */
  add(headline: Headline): void
  /** From -1 to 1 at a time from the last headline on; 0 without any. */
  value(time: number): number
  /** Decayed weight of the headlines, capped by source: how much there is to go by, in headlines. */
  evidence(time: number): number
  /** Time of the last headline that counted; minus infinity before the first. */
  readonly lastTime: number
  /** State in parts of fixed lengths. */
  parts(): Float64Array[]
  restoreParts(parts: readonly Float64Array[]): void
}

const defaults = { halfLife: '6h', socialWeight: 0.3, sourceShareMax: 0.25, prior: 2 } as const

/**
 * Time-decayed mean of headline scores in which no source can outweigh the rest, and copies count once.
 *
 * `Σ w m / (Σ w + prior)` over sources: `m` is the mean score of a source's headlines, weighted by confidence and halved every
 * `halfLife`; `w` is the sum of those weights, at most `sourceShareMax` of the denominator, so that one source alone moves the mean by
 * no more than that. A text that shares half of its runs of three words with one of the last 64 texts is a repeat, whoever sends it.
 *
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range; `BAD_SCORE`, by `add`, if the scorer gives what is no score, which
 * changes nothing.
 * @example
 * const index = sentimentIndex()
 * for (const headline of headlines) index.add(headline)
 * index.value(now) // => 0.31
 */
export function sentimentIndex(options: SentimentIndexOptions = {}): SentimentIndex {
  const { scorer = lexiconScorer(), weights = {}, about, ...own } = { ...defaults, ...options }
  const halfLife = duration(own.halfLife)
  const { sourceShareMax, prior, socialWeight } = own
  checkOptions({ sourceShareMax, prior, weights: { ...weights, [`${socialPrefix}*`]: socialWeight } })
  if (about?.length === 0) throw outOfRange('about', '', 'At least one word; without the option all headlines count.')
  const sources = createSourceTable()
  const recent = createRecentTexts()
  const topics = about && new Set(about.map((word) => word.toLowerCase()))
  let lastTime = Number.NEGATIVE_INFINITY
  const decay = (time: number): number => pow(0.5, Math.max(0, time - lastTime) / halfLife)
  const isOfInterest = (text: string): boolean => topics === undefined || wordsOf(text).some((word) => topics.has(word))
  const weightOf = (source: string): number => {
    if (Object.hasOwn(weights, source)) return weights[source]!
    return source.startsWith(socialPrefix) ? socialWeight : 1
  }
  const settings = JSON.stringify([halfLife, sourceShareMax, prior, socialWeight, weights, about ?? '*'])
  return {
    id: `${scorer.id}, ${settings}`,
    get lastTime() {
      return lastTime
    },
    add({ time, source, text }) {
      const weight = weightOf(source)
      if (!(time >= lastTime) || weight === 0 || !isOfInterest(text)) return
      const { score, confidence } = scorer.score(text)
      checkScore(scorer.id, score, confidence)
      if (recent.repeats(text)) return
      sources.decay(lastTime === Number.NEGATIVE_INFINITY ? 0 : decay(time))
      lastTime = time
      sources.add({ source, weight: weight * confidence, score })
    },
    value(time) {
      const { weight, sum } = sources.capped({ shareMax: sourceShareMax, prior, factor: decay(time) })
      return sum / (weight + prior)
    },
    evidence: (time) => sources.capped({ shareMax: sourceShareMax, prior, factor: decay(time) }).weight,
    parts: () => [Float64Array.of(lastTime), sources.snapshot(), recent.snapshot()],
    restoreParts([last, table, texts]) {
      lastTime = last![0]!
      sources.restore(table!)
      recent.restore(texts!)
    },
  }
}

/**
 * The index at each of some times, as a column of features: an entry knows the headlines up to its time and none after.
 *
 * @param times - Milliseconds, rising.
 * @param headlines - In time order.
 * @example
 * sentimentColumn(Float64Array.of(0, 2_000), [{ kind: 'headline', time: 1_000, source: 'paper.example', text }]) // => [0, 0.19]
 */
export function sentimentColumn(
  times: Float64Array,
  headlines: readonly Headline[],
  options: SentimentIndexOptions = {},
): Float64Array {
  const index = sentimentIndex(options)
  let next = 0
  return times.map((time) => {
    while (next < headlines.length && headlines[next]!.time <= time) index.add(headlines[next++]!)
    return index.value(time)
  })
}

function checkScore(scorer: string, score: number, confidence: number): void {
  if (score >= -1 && score <= 1 && confidence >= 0 && confidence <= 1) return
  throw new ConfigError(`The scorer "${scorer}" gives the score "${score}" with confidence "${confidence}".`, {
    code: 'BAD_SCORE',
    hints: ['A score from -1 to 1, and a confidence from 0 to 1.'],
  })
}

function checkOptions({
  sourceShareMax,
  prior,
  weights,
}: Required<Pick<SentimentIndexOptions, 'sourceShareMax' | 'prior' | 'weights'>>): void {
  if (!(sourceShareMax > 0 && sourceShareMax <= 1)) {
    throw outOfRange('sourceShareMax', sourceShareMax, 'A share above 0, such as 0.25; 1 is no cap.')
  }
  if (!(prior > 0 && prior < 1_000)) throw outOfRange('prior', prior, 'Headlines above 0, such as 2.')
  for (const [source, weight] of Object.entries(weights)) {
    if (!(weight >= 0 && weight <= 100)) throw outOfRange(`weights["${source}"]`, weight, 'From 0 to 100.')
  }
}

function outOfRange(option: string, value: number | string, hint: string): ConfigError {
  return new ConfigError(`${option} "${value}" of sentimentIndex is out of range.`, {
    code: 'BAD_PARAMETER',
    hints: [hint],
  })
}
