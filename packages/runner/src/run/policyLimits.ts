import type { BacktestOptions } from '@astertrade/core/backtest'
import { policyStop, type RiskPolicyOptions, riskPolicy } from '@astertrade/risk'
import type { PolicySetting } from './runSettings.js'

/**
 * The rules of a policy, and the stop without which they would count an entry as a total loss.
 *
 * @param defaults - Options that the policy may change.
 * @throws ConfigError as `riskPolicy` does.
 */
export function policyLimits(
  policy: PolicySetting,
  defaults: RiskPolicyOptions = {},
): Required<Pick<BacktestOptions, 'rules' | 'defaultStop'>> {
  if (policy === 'none') return { rules: [], defaultStop: 'none' }
  return { rules: riskPolicy(policy === 'default' ? defaults : { ...defaults, ...policy }), defaultStop: policyStop }
}
