import { checkExceedanceCount, type LikelihoodTest } from './exceedanceCount.js'
import { kupiec, likelihoodTest, timesLog } from './kupiec.js'

/** Christoffersen's tests. */
export interface ChristoffersenTests {
  /** Are exceedances as frequent as they should be? See `kupiec`. */
  readonly coverage: LikelihoodTest
  /** Is one exceedance as likely after another as after a quiet period? */
  readonly independence: LikelihoodTest
  /** Both at once, with 2 degrees of freedom: rejected above 5.991. */
  readonly conditional: LikelihoodTest
}

/**
 * Christoffersen's tests of coverage and of independence against a chain that remembers one period: exceedances that
 * come in clusters pass Kupiec's test and not this one.
 *
 * Christoffersen, Evaluating Interval Forecasts (1998). `0 · ln 0 = 0`; a single period says nothing of independence.
 *
 * @param exceeded - For each period, in order, whether the loss was larger than value at risk.
 * @throws ConfigError `BAD_COUNT` for no period, `BAD_CONFIDENCE` for a confidence that is none.
 * @example
 * const clustered = Array.from({ length: 250 }, (_, day) => day < 4)
 * christoffersen(clustered, { confidencePerMille: 990 }).independence.rejected // => true
 */
export function christoffersen(
  exceeded: readonly boolean[],
  { confidencePerMille }: { readonly confidencePerMille: number },
): ChristoffersenTests {
  const exceedances = exceeded.reduce((count, hit) => (hit ? count + 1 : count), 0)
  const count = { observations: exceeded.length, exceedances, confidencePerMille }
  checkExceedanceCount(count)
  const coverage = kupiec(count)
  const independence = likelihoodTest(independenceRatio(exceeded), 1)
  return {
    coverage,
    independence,
    conditional: likelihoodTest(coverage.statistic + independence.statistic, 2),
  }
}

function independenceRatio(exceeded: readonly boolean[]): number {
  // Transitions by before and after.
  const counts = { quietQuiet: 0, quietHit: 0, hitQuiet: 0, hitHit: 0 }
  for (let i = 1; i < exceeded.length; i++) {
    if (exceeded[i - 1]) counts[exceeded[i] ? 'hitHit' : 'hitQuiet']++
    else counts[exceeded[i] ? 'quietHit' : 'quietQuiet']++
  }
  const { quietQuiet, quietHit, hitQuiet, hitHit } = counts
  const chained = logLikelihood(quietQuiet, quietHit) + logLikelihood(hitQuiet, hitHit)
  return 2 * (chained - logLikelihood(quietQuiet + hitQuiet, quietHit + hitHit))
}

/** The largest log likelihood of so many misses and hits. */
function logLikelihood(misses: number, hits: number): number {
  const total = misses + hits
  return timesLog(misses, misses / total) + timesLog(hits, hits / total)
}
