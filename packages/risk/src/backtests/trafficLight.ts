import { exp, log } from '@astertrade/core'
import { checkExceedanceCount, type ExceedanceCount } from './exceedanceCount.js'

/** Zone of the traffic-light test: as expected, suspicious, wrong. */
export type TrafficLight = 'green' | 'yellow' | 'red'

/** From how many exceedances on the light is not green, and red. */
export interface TrafficLightBounds {
  readonly yellowFrom: number
  readonly redFrom: number
}

const yellowFrom = 0.95
const redFrom = 0.9999

/**
 * The Basel traffic light: yellow where so many exceedances or fewer have a cumulative probability of at least 95 %,
 * red from 99.99 % on.
 *
 * Basel Committee, Supervisory Framework for the Use of "Backtesting" (1996).
 *
 * @throws ConfigError `BAD_COUNT` for numbers that count nothing, `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * trafficLight({ observations: 250, exceedances: 5, confidencePerMille: 990 }) // => 'yellow'
 */
export function trafficLight(count: ExceedanceCount): TrafficLight {
  checkExceedanceCount(count)
  const bounds = trafficLightBounds(count)
  if (count.exceedances >= bounds.redFrom) return 'red'
  return count.exceedances >= bounds.yellowFrom ? 'yellow' : 'green'
}

/**
 * The numbers of exceedances from which the traffic light is yellow and red.
 *
 * @throws ConfigError `BAD_COUNT` for a number of observations that is none, `BAD_CONFIDENCE` for a confidence that is
 * none.
 * @example
 * trafficLightBounds({ observations: 250, confidencePerMille: 990 }) // => { yellowFrom: 5, redFrom: 10 }
 */
export function trafficLightBounds({
  observations,
  confidencePerMille,
}: Omit<ExceedanceCount, 'exceedances'>): TrafficLightBounds {
  const p = checkExceedanceCount({ observations, exceedances: 0, confidencePerMille })
  return {
    // In a short sample even no exceedance reaches the probability, and none is no reason for a warning.
    yellowFrom: Math.max(1, firstBeyond(observations, p, yellowFrom)),
    redFrom: firstBeyond(observations, p, redFrom),
  }
}

/** The smallest number of hits with at least this cumulative binomial probability. */
function firstBeyond(observations: number, p: number, probability: number): number {
  // In logarithms, since (1 - p)^T may be smaller than any double.
  let term = observations * log(1 - p)
  let sum = exp(term)
  let hits = 0
  while (sum < probability && hits < observations) {
    term += log((((observations - hits) / (hits + 1)) * p) / (1 - p))
    sum += exp(term)
    hits++
  }
  return hits
}
