import { expect, it } from 'vitest'
import { knownScores } from './knownScores.js'
import { lexiconScorer } from './lexiconScorer.js'

it('knows what it was given, and asks another for the rest', () => {
  const known = { score: 0.9, confidence: 0.8, terms: [] }
  const scorer = knownScores({ id: 'test', scores: new Map([['A text', known]]) })
  expect(scorer.score('A text')).toBe(known)
  expect(scorer.score('Shares crash')).toEqual(lexiconScorer().score('Shares crash'))
  expect(scorer.id).toMatch(/^known\(test, lexicon\(\d+\)\)$/)
})
