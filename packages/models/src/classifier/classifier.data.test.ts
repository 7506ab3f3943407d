import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { sliceBars } from '@astertrade/core'
import { parseCsv } from '@astertrade/core/data'
import { describe, expect, it } from 'vitest'
import { buildDataset } from '../features/buildDataset.js'
import { tripleBarrier } from '../labels/tripleBarrier.js'
import { askAt } from '../model.js'
import { overFeatures } from '../overFeatures.js'
import { classifier } from './classifier.js'
import type { ClassifierMetrics } from './classifierMetrics.js'

const folder = process.env.ASTER_DATA

// Without ASTER_DATA there are no real prices to train on.
describe.skipIf(!folder)('a classifier of real hours (needs ASTER_DATA)', () => {
  it('claims no more than prices allow, finds nothing in shuffled labels, and speaks about later bars', () => {
    const file = 'market/bitfinex-1h/BTCUSD_1h.csv.gz'
    const bytes = gunzipSync(readFileSync(join(folder!, file)))
    const { bars } = parseCsv(bytes, { instrument: 'BTC-USD.bitfinex', file })
    const hours = sliceBars(bars, bars.length - 12_000)
    const past = sliceBars(hours, 0, 11_500)
    const data = buildDataset(past, { labels: tripleBarrier(past) })
    const artifact = classifier.train({ id: 'btc-1h', data, params: { ...classifier.defaults, folds: 3 }, seed: 1 })
    const { model, shuffled, warnings } = artifact.manifest.metrics as ClassifierMetrics
    expect(Math.abs(model.ic)).toBeLessThan(0.1)
    expect(Math.abs(shuffled.auc - 0.5)).toBeLessThan(3 * shuffled.aucError)
    expect(warnings.join()).not.toContain('leak')
    const served = overFeatures(classifier.load(artifact), data.spec)
    let spoken = 0
    for (let index = 0; index < hours.length; index++) {
      const { instrument, time, open, high, low, close, volume } = hours
      const at = time[index]! as typeof artifact.manifest.expiresAfter
      served.update({
        kind: 'bar',
        instrument,
        time: at,
        open: open[index]!,
        high: high[index]!,
        low: low[index]!,
        close: close[index]!,
        volume: volume[index]!,
      })
      const answer = served.predict(askAt(at))
      if (at <= artifact.manifest.trainRange.to) expect(answer.kind).toBe('abstain')
      else if (answer.kind === 'forecast') spoken++
    }
    expect(spoken).toBeGreaterThan(50)
  })
})
