import type { Timestamp } from '@astertrade/core'
import type { Person } from '../emergency/dualControl.js'
import type { ExceedanceCount } from './exceedanceCount.js'

/** A fact about the backtest of value at risk: a test, or the review after one that was red. */
export type BacktestEvent =
  | ({ readonly kind: 'tested'; readonly time: Timestamp } & ExceedanceCount)
  | { readonly kind: 'reviewed'; readonly time: Timestamp; readonly by: Person; readonly reason: string }
