/** A word or phrase that counted, and by how much, from -5 to 5. */
export interface ScoredTerm {
  readonly term: string
  readonly value: number
}

/** What a scorer makes of a text. */
export interface SentimentScore {
  /** From -1, bad news, to 1, good news; 0 where nothing is known. */
  readonly score: number
  /** From 0 to 1: how much there was to go by, and how far it agreed. */
  readonly confidence: number
  readonly terms: readonly ScoredTerm[]
}

/** Judges whether a text is good or bad news. The text is untrusted: no text makes it throw. */
export interface SentimentScorer {
  /** What it goes by, such as `lexicon(3676)`. */
  readonly id: string
  score(text: string): SentimentScore
}
