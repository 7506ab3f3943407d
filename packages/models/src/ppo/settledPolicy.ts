import { log } from '@astertrade/core'
import type { Network } from '../backends/network.js'
import { type FeatureScaler, scaleRow } from '../features/featureScaler.js'
import { exposures, ownNumbers, writeHeld } from './holding.js'
import { policySession } from './policySession.js'
import { settle } from './settle.js'

/** What policies make of one row of features. */
export interface SettledPolicy {
  /** Shares of time short, flat and long, were the row to stay as it is. */
  readonly shares: Float64Array
  /** Computes `shares`; allocates nothing. */
  look(values: Float64Array): void
  /** Mean exposure of the shares, from -1 to 1. */
  exposure(): number
  /** One less the entropy of the shares over that of equal ones, from 0 to 1. */
  certainty(): number
}

/**
 * What policies would settle at under a row, whatever is held now: each exposure leads to the others with the chances that they
 * give, without an unrealised gain, and the shares are those of the long run.
 */
export function settledPolicy(policies: readonly Network[], scaler: FeatureScaler): SettledPolicy {
  const session = policySession(policies)
  const states = exposures.length
  const columns = scaler.centre.length
  const width = columns + ownNumbers
  const [scaled, seen] = [new Float32Array(columns), new Float32Array(states * width)]
  const said = new Float32Array(states * states)
  const chances = new Float64Array(states * states)
  const shares = new Float64Array(states)
  return {
    shares,
    look(values) {
      scaleRow(scaler, values, scaled)
      for (let state = 0; state < states; state++) {
        seen.set(scaled, state * width)
        writeHeld(seen, state * width + columns, exposures[state]!, 0)
      }
      session.runSync(seen, states, said)
      chances.set(said)
      settle(chances, shares)
    },
    exposure: () => shares.reduce((sum, share, state) => sum + share * exposures[state]!, 0),
    certainty() {
      const disorder = shares.reduce((sum, share) => (share > 0 ? sum - share * log(share) : sum), 0)
      return Math.min(1, Math.max(0, 1 - disorder / log(states)))
    },
  }
}
