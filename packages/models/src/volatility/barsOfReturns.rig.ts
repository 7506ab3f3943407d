import { type Bar, defineInstrument, exp, timestamp } from '@astertrade/core'

const { id } = defineInstrument({ id: 'RETURNS.sim', tick: '0.01', lot: '0.01' })

/** Hourly bars with these log returns, begun at 100; each ranges from the last close to its own. */
export function barsOfReturns(returns: Float64Array, instrument = id): Bar[] {
  let price = 100
  return Array.from(returns, (change, index) => {
    const open = price
    price *= exp(change)
    const [low, high] = open < price ? [open, price] : [price, open]
    const time = timestamp((index + 1) * 3_600_000)
    return { kind: 'bar', instrument, time, open, high, low, close: price, volume: 1 }
  })
}
