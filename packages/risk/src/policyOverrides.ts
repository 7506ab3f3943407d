import { ConfigError } from '@astertrade/core'
import type { Operators } from './emergency/dualControl.js'
import type { OverrideRules } from './emergency/manualOverride.js'
import { type RiskPolicyOptions, type SettledPolicy, settlePolicy } from './policyOptions.js'
import { seedFigures } from './seedFigures.js'

/**
 * What manual overrides may raise in a policy with `operators`: its limits on one order, on all stops, on exposure, on a venue and on jumps,
 * each to its figure among the seeds at most, and where all stops are meant never above the drawdown limit.
 *
 * @throws ConfigError `BAD_PARAMETER` for a number of operators that is not 1 or 2.
 * @example
 * policyOverrides({ clipSize: 0.02, operators: 2 }).ceilings.CLIP // => { configured: 0.02, seed: 0.05 }
 */
export function policyOverrides(options: RiskPolicyOptions & { readonly operators: Operators }): OverrideRules {
  return overrideRulesOf(settlePolicy(options), options.operators)
}

/** The same of a settled policy. */
export function overrideRulesOf(policy: SettledPolicy, operators: Operators): OverrideRules {
  if (operators !== 1 && operators !== 2) {
    throw new ConfigError(`operators ${JSON.stringify(operators)} is not 1 or 2.`, { code: 'BAD_PARAMETER' })
  }
  const { clipSize, portfolioRisk, grossExposure, venueExposure, gapStress, maxDrawdown } = policy
  return {
    operators,
    ceilings: {
      CLIP: { configured: clipSize, seed: seedFigures.clipSize },
      PORTFOLIO_RISK: { configured: portfolioRisk, seed: Math.min(seedFigures.portfolioRisk, maxDrawdown) },
      GROSS_EXPOSURE: { configured: grossExposure, seed: seedFigures.grossExposure },
      VENUE_CAP: { configured: venueExposure, seed: seedFigures.venueExposure },
      STRESS: { configured: gapStress, seed: seedFigures.gapStress },
    },
  }
}
