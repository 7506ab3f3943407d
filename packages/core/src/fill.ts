import type { InstrumentId, Price, Quantity } from './instrument.js'
import type { Money } from './money.js'
import type { OrderId, Side } from './order.js'
import type { Timestamp } from './time.js'

/** Whether a fill waited in the book or crossed the spread. */
export type Liquidity = 'maker' | 'taker'

/** One execution. Unique by instrument (which names venue and account) and `tradeId`; a second one with both equal is ignored. */
export interface Fill {
  readonly kind: 'filled'
  readonly instrument: InstrumentId
  readonly time: Timestamp
  readonly orderId: OrderId
  readonly tradeId: string
  readonly side: Side
  readonly price: Price
  readonly quantity: Quantity
  /** Paid when positive, a rebate when negative; in the settlement currency. */
  readonly fee: Money
  readonly liquidity: Liquidity
}
