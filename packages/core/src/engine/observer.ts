import type { Fill } from '../fill.js'
import type { Refused } from '../review.js'
import type { Shrink, Trip } from '../risk.js'
import type { Timestamp } from '../time.js'
import type { OrderRecord } from './state.js'

/** Growing columns of time and equity, one row per closed timestamp; the engine writes them itself, so that no double is boxed. */
export interface EquityRows {
  length: number
  time: Float64Array
  equity: Float64Array
  /** Rows with an open position. */
  exposed: number
}

/** Listens to what the engine decides. It must not change anything: a run with and without it is the same run. */
export interface EngineObserver {
  readonly rows?: EquityRows
  onRefused?(refused: Refused, time: Timestamp): void
  onShrunk?(shrink: Shrink, time: Timestamp): void
  onTrip?(trip: Trip, time: Timestamp): void
  onTripEnd?(code: string, time: Timestamp): void
  /** The lowest equity at any close since the day began and since the last new high, told when one of the two is about to move. */
  onLow?(equity: number, time: Timestamp): void
  /** A UTC day is over; the marks are still those of its last close. `end` is its midnight. */
  onDayEnd?(end: Timestamp, time: Timestamp): void
  /** The first close after one or more fills. */
  onMoved?(time: Timestamp): void
  /** A fact that does not fit: a foreign order, a fill twice, more filled than ordered. */
  onFault?(message: string, time: Timestamp): void
}

/** What a backtest hears besides: each fill with the engine's own record of the order, and its fee as a double. */
export interface FillObserver extends EngineObserver {
  onFill?(record: OrderRecord, fill: Fill, heldBefore: number, fee: number): void
}
