import type { Isotonic } from '../calibrate/isotonic.js'
import { type Abstention, abstention, type Forecast, type Prediction } from '../model.js'
import { type CautionLimits, caution, riskOf } from './caution.js'
import type { Expert } from './expert.js'
import type { Panel } from './panel.js'

/** What a panel's forecast takes besides the panel. */
export interface EnsembleForecastOptions {
  readonly experts: readonly Expert[]
  readonly caution: CautionLimits
  readonly calibration?: Isotonic
}

const name = 'ensemble'
const reasonsMax = 3

/** The forecast of a panel: side and direction of its pool, with confidence reduced by disagreement and risk. */
export function ensembleForecast(
  panel: Panel,
  { experts, caution: limits, calibration }: EnsembleForecastOptions,
): Forecast {
  const { predictions, pool } = panel
  const chance = calibration === undefined ? pool.chance : calibration.apply(pool.chance)
  const side = Math.sign(chance - 0.5)
  const risk = riskOf(predictions)
  const confidence = Math.abs(2 * chance - 1) * caution(pool.agreement, risk, limits)
  return {
    kind: 'forecast',
    // A calibration that turns the side around knows no size of the move.
    direction: side * pool.direction > 0 ? pool.direction : 0,
    confidence,
    horizon: pool.horizon,
    reason: reasonOf(panel, experts),
    ...(Object.keys(risk).length > 0 ? { risk } : {}),
  }
}

/** Why a panel says nothing: what its first expert that knows more than too little says. */
export function ensembleSilence(predictions: readonly Prediction[]): Abstention {
  const silent = predictions.filter((prediction) => prediction.kind === 'abstain')
  const { code, reason } = silent.find((prediction) => prediction.code !== 'cold') ?? silent[0] ?? onlyRisk
  return abstention(name, code, `nobody takes a side; ${reason}`)
}

const onlyRisk = abstention('risk', 'no-edge', 'only risk is known')

/** The three experts that add most to the odds. */
function reasonOf({ odds, weights }: Panel, experts: readonly Expert[]): string {
  const parts: string[] = []
  let bound = Number.POSITIVE_INFINITY
  let boundAt = -1
  while (parts.length < reasonsMax) {
    let best = -1
    for (let index = 0; index < odds.length; index++) {
      const size = Math.abs(odds[index]!)
      const isNext = size < bound || (size === bound && index > boundAt)
      if (weights[index]! > 0 && isNext && (best === -1 || size > Math.abs(odds[best]!))) best = index
    }
    if (best === -1) break
    bound = Math.abs(odds[best]!)
    boundAt = best
    const sign = odds[best]! > 0 ? '+' : ''
    parts.push(`${experts[best]!.name} ${sign}${odds[best]!.toFixed(3)} at weight ${weights[best]!.toFixed(2)}`)
  }
  return `${name}: ${parts.join(', ')}`
}
