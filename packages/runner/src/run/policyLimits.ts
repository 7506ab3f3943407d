import type { BacktestOptions } from '@astertrade/core/backtest'
import { policyStop, riskPolicy } from '@astertrade/risk'
import type { PolicySetting } from './runSettings.js'

/**
 * The rules of a policy, and the stop without which they would count an entry as a total loss.
 *
 * @throws ConfigError as `riskPolicy` does.
 */
export function policyLimits(policy: PolicySetting): Required<Pick<BacktestOptions, 'rules' | 'defaultStop'>> {
  if (policy === 'none') return { rules: [], defaultStop: 'none' }
  return { rules: policy === 'default' ? riskPolicy() : riskPolicy(policy), defaultStop: policyStop }
}
