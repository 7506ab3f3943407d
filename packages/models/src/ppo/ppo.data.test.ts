import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sliceBars } from '@astertrade/core'
import { parseCsv } from '@astertrade/core/data'
import { describe, expect, it } from 'vitest'
import { loadModel } from '../loadModel.js'
import { askAt } from '../model.js'
import { trainJob } from '../trainJob.js'

const folder = process.env.ASTER_DATA
const file = 'market/bitfinex-1h/BTCUSD_1h.csv.gz'

// Without ASTER_DATA there are no real prices to trade.
describe.skipIf(!folder)('a policy of real hours (needs ASTER_DATA)', () => {
  it('is reported beside its controls, win or lose, finds no more than luck allows, and is served on bars', () => {
    const { bars } = parseCsv(gunzipSync(readFileSync(join(folder!, file))), { instrument: 'BTC-USD.bitfinex', file })
    const hours = sliceBars(bars, bars.length - 8_000)
    const params = { steps: 20_000, policies: 2, exposureMin: 0 }
    const artifact = trainJob(
      { id: 'btc-1h', kind: 'ppo', seed: 1, params, features: { groups: ['indicators'] } },
      hours,
    )
    const { model, random, buyAndHold, eachAlone } = artifact.manifest.metrics as unknown as {
      readonly [name: string]: Readonly<Record<string, number>>
    }
    for (const figures of [model, random, buyAndHold]) expect(Number.isFinite(figures!.gain)).toBe(true)
    expect(eachAlone).toHaveLength(2)
    expect(Math.abs(model!.excess!)).toBeLessThan(4)
    const served = loadModel(artifact)
    for (let index = 0; index < hours.length; index++) {
      const { instrument, open, high, low, close, volume } = hours
      const time = hours.time[index]! as typeof artifact.manifest.expiresAfter
      const prices = { open: open[index]!, high: high[index]!, low: low[index]!, close: close[index]! }
      served.update({ kind: 'bar', instrument, time, ...prices, volume: volume[index]! })
    }
    const end = hours.time.at(-1)! as typeof artifact.manifest.expiresAfter
    expect(served.predict(askAt(end))).toMatchObject({ kind: 'forecast', horizon: 24 * 3_600_000 })
  })
})
