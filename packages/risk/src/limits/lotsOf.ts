import type { Instrument, OrderRequest } from '@astertrade/core'

/** Whole lots that an order asks for; what is no whole lot counts as one. */
export function lotsOf({ quantity }: OrderRequest, { lot }: Instrument): bigint {
  return BigInt(Math.ceil(Math.round(quantity * lot.scale) / lot.step))
}
