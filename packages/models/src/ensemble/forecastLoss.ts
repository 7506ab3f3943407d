import { ConfigError } from '@astertrade/core'
import type { Forecast } from '../model.js'

/** How a forecast is judged once its horizon has passed. */
export type ForecastLoss =
  /** Squared distance of the probability of a rise from what came: 1, 0, or 0.5 for an unchanged price. */
  | { readonly kind: 'brier' }
  /**
   * What `direction` would have earned after a `cost` per unit traded, as returns; `scale`, a return, and more become a loss of 0, its
   * negative and worse a loss of 1.
   */
  | { readonly kind: 'return'; readonly cost: number; readonly scale: number }

/** Judges forecasts by one figure of each, that `viewOf` takes from it. */
export interface LossRule {
  readonly id: string
  /** What has to be remembered of a forecast that is believed so far: its probability of a rise, or its direction. */
  viewOf(forecast: Forecast, trust: number): number
  /** Loss from 0 to 1 of a view, for a price that went from `entry` to `exit`. */
  lossOf(view: number, entry: number, exit: number): number
  /** Loss of saying nothing. */
  readonly silent: number
  /** Whether confidences are claims that come true or not; where directions are judged they are only weights. */
  readonly judges: 'confidence' | 'direction'
}

/** @throws ConfigError if a cost is negative or a scale not positive. */
export function lossRule(loss: ForecastLoss): LossRule {
  return loss.kind === 'brier' ? brierRule : returnRule(loss.cost, loss.scale)
}

/** The probability of a rise that a forecast claims, with its confidence believed so far. */
export function chanceOfRise(forecast: Forecast, trust = 1): number {
  return 0.5 + 0.5 * trust * claimOf(forecast)
}

/** The confidence that a forecast claims, negative for a fall. */
export function claimOf({ direction, confidence }: Forecast): number {
  return Math.sign(direction) * confidence
}

const brierRule: LossRule = {
  id: 'brier',
  viewOf: chanceOfRise,
  lossOf(view, entry, exit) {
    const gap = view - (exit > entry ? 1 : exit < entry ? 0 : 0.5)
    return gap * gap
  },
  silent: 0.25,
  judges: 'confidence',
}

function returnRule(cost: number, scale: number): LossRule {
  if (!(cost >= 0 && cost < 1 && scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`A return loss with cost "${cost}" and scale "${scale}" is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['Returns with 0 <= cost < 1 and scale > 0, such as 0.001 and 0.02.'],
    })
  }
  return {
    id: `return(${cost}, ${scale})`,
    viewOf: ({ direction }) => direction,
    lossOf(view, entry, exit) {
      const earned = view * ((exit - entry) / Math.abs(entry)) - cost * Math.abs(view)
      return Math.min(1, Math.max(0, 0.5 - earned / (2 * scale)))
    },
    silent: 0.5,
    judges: 'direction',
  }
}
