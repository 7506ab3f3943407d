import type { InstrumentId } from './instrument.js'
import type { Side } from './order.js'
import type { Timestamp } from './time.js'

/** One print on the tape. */
export interface Trade {
  readonly kind: 'trade'
  readonly instrument: InstrumentId
  readonly time: Timestamp
  /** Side that crossed the spread. */
  readonly aggressor: Side
  readonly price: number
  /** In base units. */
  readonly quantity: number
}
