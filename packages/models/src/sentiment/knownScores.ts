import { lexiconScorer } from './lexiconScorer.js'
import type { SentimentScore, SentimentScorer } from './sentimentScorer.js'

/** What `knownScores` takes. */
export interface KnownScoresOptions {
  /** What the scores are of, such as `finbert`; part of the id of whatever uses them. */
  readonly id: string
  /** Scores by text, made ahead of time by whatever takes longer. */
  readonly scores: ReadonlyMap<string, SentimentScore>
  /** Scores the rest (default `lexiconScorer()`). */
  readonly otherwise?: SentimentScorer
}

/**
 * A scorer that looks up what was computed before: so that answers of a transformer, which have to be waited for and may differ
 * between machines, enter a deterministic run as data.
 *
 * @example
 * const scores = new Map([[text, await transformer.score(text)]])
 * sentimentModel({ scorer: knownScores({ id: 'finbert', scores }) })
 */
export function knownScores({ id, scores, otherwise = lexiconScorer() }: KnownScoresOptions): SentimentScorer {
  return { id: `known(${id}, ${otherwise.id})`, score: (text) => scores.get(text) ?? otherwise.score(text) }
}
