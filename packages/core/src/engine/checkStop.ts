import type { InstrumentId } from '../instrument.js'
import { badIntent } from './badIntent.js'

/**
 * Checks the protective stop of a target or an order.
 *
 * @throws ConfigError with code `BAD_INTENT` if it is neither a finite number nor `'none'`.
 */
export function checkStop(instrument: InstrumentId, stop: number | 'none'): void {
  if (stop === 'none' || Number.isFinite(stop)) return
  throw badIntent(`Stop "${stop}" of ${instrument} is not a finite number.`, ["A price, or 'none'."])
}
