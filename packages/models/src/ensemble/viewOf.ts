import type { Timestamp } from '@astertrade/core'
import { type CautionLimits, caution, riskOf } from './caution.js'
import type { EnsembleView } from './ensembleView.js'
import type { Expert } from './expert.js'
import type { Panel } from './panel.js'
import type { Scoring } from './scoring.js'

/** What `viewOf` takes besides the panel. */
export interface ViewOptions {
  readonly scoring: Scoring
  readonly experts: readonly Expert[]
  readonly limits: CautionLimits
  /** When the panel was asked. */
  readonly time: Timestamp
}

/** What there is to see of an ensemble. */
export function viewOf(panel: Panel, { scoring, experts, limits, time }: ViewOptions): EnsembleView {
  const { predictions, weights, odds, pool } = panel
  const risk = riskOf(predictions)
  return {
    time,
    experts: experts.map(({ name }, index) => ({
      name,
      role: panel.roleOf(index),
      weight: weights[index]!,
      learned: scoring.weights[index]!,
      trust: scoring.trust[index]!,
      contribution: odds[index]!,
      ...scoring.diversity.record(index),
      reason: predictions[index]!.reason,
    })),
    control: { weight: weights[experts.length]!, loss: scoring.silentLoss },
    effectiveNumber: scoring.diversity.effectiveNumber(weights.subarray(0, experts.length)),
    agreement: pool.agreement,
    caution: caution(pool.agreement, risk, limits),
    risk,
    waiting: scoring.waiting,
  }
}
