import { ConfigError, type Duration, dayMs } from '@astertrade/core'
import type { FeatureScaler } from '../features/featureScaler.js'
import { checkPpoSettings, type PpoSettings, ppoDefaults } from './ppoSettings.js'

/** How a policy is trained, judged and served. */
export interface PpoParams {
  /** Steps that each policy is trained for (default 200,000). */
  readonly steps: number
  /** Policies trained from different seeds, whose chances are averaged when served (default 3). */
  readonly policies: number
  /** Paid for a change of exposure by 1, as a ratio of the price (default 0.001). */
  readonly costs: number
  /** Half of it is taken off the reward of each row with a full exposure, in deviations of a return (default 0.1). */
  readonly riskAversion: number
  /** Rows of an episode (default 32): short ones start flat more often, which is how standing aside is learnt. */
  readonly episodeRows: number
  /** Share of the rows, the latest, that it is judged on and not trained on (default 0.25). */
  readonly testShare: number
  /** Rows until a forecast can be judged (default 24). */
  readonly horizonRows: number
  /** Mean exposure from which it speaks; below it abstains with `no-edge` (default 0.1). */
  readonly exposureMin: number
  /** How features are scaled, fitted on the training rows (default `standard`). */
  readonly scaler: FeatureScaler['kind']
  /** Time after the last row, of those it is judged on, until it abstains with `expired` (default 30 days). */
  readonly validFor: Duration
  /** Settings that are not the default: the reference implementation's, but for a learning rate of 1e-3 and a discount of 0.95. */
  readonly settings: Partial<PpoSettings>
}

const settings: PpoSettings = { ...ppoDefaults, learningRate: 1e-3, discount: 0.95 }

/** Defaults of the policy. */
export const ppoParams: PpoParams = {
  steps: 200_000,
  policies: 3,
  costs: 0.001,
  riskAversion: 0.1,
  episodeRows: 32,
  testShare: 0.25,
  horizonRows: 24,
  exposureMin: 0.1,
  scaler: 'standard',
  validFor: 30 * dayMs,
  settings,
}

const ranges: readonly (readonly [keyof PpoParams, number, number])[] = [
  ['steps', 1, 1e9],
  ['policies', 1, 100],
  ['costs', 0, 0.5],
  ['riskAversion', 0, 100],
  ['episodeRows', 1, 1e9],
  ['testShare', 0.01, 0.9],
  ['horizonRows', 1, 1e6],
  ['exposureMin', 0, 1],
  ['validFor', 1, Number.MAX_SAFE_INTEGER],
]
const counts: readonly (keyof PpoParams)[] = ['steps', 'policies', 'episodeRows', 'horizonRows', 'validFor']

/** All settings of a training. */
export function ppoSettings(params: PpoParams): PpoSettings {
  return { ...settings, ...params.settings }
}

/** @throws ConfigError `BAD_TRAINING` if a parameter is out of range. */
export function checkPpoParams(params: PpoParams): void {
  for (const [name, min, max] of ranges) {
    const value = params[name]
    const whole = !counts.includes(name) || Number.isSafeInteger(value)
    if (typeof value === 'number' && value >= min && value <= max && whole) continue
    throw wrong(name, value, `It takes ${counts.includes(name) ? 'an integer' : 'a number'} from ${min} to ${max}.`)
  }
  if (params.scaler !== 'standard' && params.scaler !== 'quantile') {
    throw wrong('scaler', params.scaler, "It takes 'standard' or 'quantile'.")
  }
  checkPpoSettings(ppoSettings(params))
}

function wrong(name: string, value: unknown, hint: string): ConfigError {
  return new ConfigError(`Parameter ${name} "${String(value)}" of PPO is out of range.`, {
    code: 'BAD_TRAINING',
    hints: [hint],
  })
}
