import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { defineInstrument, log, type MarketEvent, timestamp } from '@astertrade/core'
import { Vpin } from '@astertrade/indicators'
import { describe, expect, it } from 'vitest'
import { askAt } from '../model.js'
import { vpinControl } from '../vpin/vpinControl.js'
import { orderFlow } from './orderFlow.js'

const folder = process.env.ASTER_DATA
const { id: instrument } = defineInstrument({ id: 'REAL.sim', tick: '0.01', lot: '0.00001' })

function rowsOf(path: string): string[][] {
  const text = gunzipSync(readFileSync(`${folder}/market/${path}`)).toString()
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','))
}

/** Trades and best quotes of a perpetual future, in time order. */
function tape(): MarketEvent[] {
  const trades = rowsOf('binance-l2-trades-2024-08/usdm_BTCUSDT_trades.csv.gz').map(
    ([time, price, quantity, side]): MarketEvent => ({
      kind: 'trade',
      instrument,
      time: timestamp(Number(time)),
      aggressor: side === 'buy' ? 'buy' : 'sell',
      price: Number(price),
      quantity: Number(quantity),
    }),
  )
  const quotes = rowsOf('binance-l2-trades-2024-08/usdm_BTCUSDT_bbo.csv.gz').map(
    ([time, , bid, bidSize, ask, askSize]): MarketEvent => ({
      kind: 'quote',
      instrument,
      time: timestamp(Number(time)),
      bid: Number(bid),
      bidSize: Number(bidSize),
      ask: Number(ask),
      askSize: Number(askSize),
    }),
  )
  return [...trades, ...quotes].toSorted((a, b) => a.time - b.time)
}

describe.skipIf(!folder)('order flow of real markets (needs ASTER_DATA)', () => {
  it('stays silent on six minutes of trades and quotes, which prove nothing, at any horizon', () => {
    const events = tape()
    for (const horizon of [1_000, 2_000, 10_000]) {
      const model = orderFlow({ horizon })
      const spoken = events.filter((event) => {
        model.update(event)
        return model.predict(askAt(event.time)).kind === 'forecast'
      })
      expect(spoken.length).toBe(0)
      const { reason } = model.predict(askAt(events.at(-1)!.time))
      expect(reason).toBe('order flow: its forecasts have not been better than none')
    }
  })

  it('says of VPIN by the hour that it points the wrong way beside volume and volatility', () => {
    const minutes = rowsOf('bitfinex-1m/BTCUSD_1m_2019.csv.gz').map((row) => row.map(Number))
    const gauge = new Vpin({ bucketVolume: 200 })
    const columns: Record<'vpin' | 'volume' | 'volatility', number[]> = { vpin: [], volume: [], volatility: [] }
    let [squares, traded, hour] = [0, 0, 0]
    for (let at = 1; at < minutes.length; at++) {
      const [time, , , , close, volume] = minutes[at] as [number, number, number, number, number, number]
      const next = Math.floor(time / 3_600_000)
      if (next !== hour && !Number.isNaN(gauge.value)) {
        columns.vpin.push(gauge.value)
        columns.volume.push(traded)
        columns.volatility.push(Math.sqrt(squares))
        squares = traded = 0
      }
      hour = next
      const change = log(close / minutes[at - 1]![4]!)
      squares += change * change
      traded += volume
      gauge.next({ close, volume })
    }
    const { vpin, volume, volatility } = columns
    const found = vpinControl({
      vpin: Float64Array.from(vpin),
      volume: Float64Array.from(volume),
      volatility: Float64Array.from(volatility),
      lags: 24,
    })
    if (found.kind === 'unavailable') throw new Error(found.code)
    expect(found.rows).toBeGreaterThan(8_000)
    expect(found.verdict).toBe('opposite')
    expect(found.r2 - found.r2WithoutVpin).toBeLessThan(0.01)
  })
})
