import type { Quote, Trade } from '@astertrade/core'

/**
 * Whether all figures of a trade or quote are what they should be: prices and quantities above 0, sizes at least 0, all of them
 * finite, and no bid above its ask.
 */
export function isSoundTapeEvent(event: Trade | Quote): boolean {
  if (event.kind === 'trade') return isAmount(event.price) && isAmount(event.quantity)
  const { bid, ask, bidSize = 0, askSize = 0 } = event
  const areSizes = bidSize >= 0 && askSize >= 0 && Number.isFinite(bidSize + askSize)
  return areSizes && isAmount(bid) && isAmount(ask) && bid <= ask
}

function isAmount(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY
}
