import { ConfigError, type Duration, duration } from '@astertrade/core'
import { abstention, type StreamingModel } from '../model.js'
import { joinState, splitState } from '../state.js'
import { type SentimentIndexOptions, sentimentIndex } from './sentimentIndex.js'

/** What `sentimentModel` takes. */
export interface SentimentModelOptions extends SentimentIndexOptions {
  /** Time until a forecast can be judged (default 4 hours). */
  readonly horizon?: Duration | string
  /** Headlines' worth of evidence, decayed and capped, from which on it speaks (default 1). */
  readonly evidenceMin?: number
}

const defaults = { horizon: '4h', evidenceMin: 1 } as const
const name = 'sentiment'
/** Largest confidence: what headlines say is mostly in the price already. */
const claimed = 0.05

const cold = abstention(name, 'cold', 'too few headlines')
const faded = abstention(name, 'expired', 'the last headlines have faded')
const early = abstention(name, 'expired', 'asked about a time before the last headline')

/**
 * Forecasts the side of the mood of headlines, with a confidence of at most 5 %.
 *
 * The direction is that of `sentimentIndex`; the confidence is 0.05 times its size times `e / (e + 1)` of the evidence `e`. Nothing
 * here was fitted to prices, and no claim is made that the mood foretells them: give it weight by what it earns.
 *
 * @throws ConfigError if an option is out of range.
 * @example
 * const model = sentimentModel({ about: ['bitcoin', 'crypto'] })
 * for (const headline of headlines) model.update(headline)
 * model.predict(askAt(now)) // => { kind: 'forecast', direction: 0.31, confidence: 0.011, … }
 */
export function sentimentModel(options: SentimentModelOptions = {}): StreamingModel {
  const { evidenceMin, horizon, ...own } = { ...defaults, ...options }
  if (!(evidenceMin >= 0 && evidenceMin <= 1_000)) {
    throw new ConfigError(`evidenceMin "${evidenceMin}" of sentimentModel is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['Headlines from 0, such as 1.'],
    })
  }
  const index = sentimentIndex(own)
  const horizonMs = duration(horizon)
  const id = `sentimentModel(${index.id}, ${horizonMs}, ${evidenceMin})`
  const state = (): Float64Array => joinState(id, index.parts())
  return {
    id,
    horizon: horizonMs,
    warmup: 1,
    schema: '',
    update(event) {
      if (event.kind === 'headline') index.add(event)
    },
    predict({ time }) {
      if (index.lastTime === Number.NEGATIVE_INFINITY) return cold
      if (time < index.lastTime) return early
      const evidence = index.evidence(time)
      if (!(evidence >= evidenceMin)) return index.evidence(index.lastTime) >= evidenceMin ? faded : cold
      const direction = index.value(time)
      const confidence = (claimed * Math.abs(direction) * evidence) / (evidence + 1)
      const sign = direction > 0 ? '+' : ''
      const reason = `${name}: ${sign}${direction.toFixed(2)} by ${evidence.toFixed(1)} headlines`
      return { kind: 'forecast', direction, confidence, horizon: horizonMs, reason }
    },
    clone() {
      const copy = sentimentModel(options)
      copy.restore(state())
      return copy
    },
    snapshot: state,
    restore: (snapshot) => index.restoreParts(splitState(id, index.parts(), snapshot)),
  }
}
