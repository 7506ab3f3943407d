import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Bars, cursor, sliceBars } from '@astertrade/core'
import { parseCsv } from '@astertrade/core/data'
import { describe, expect, it } from 'vitest'
import { meanReversion } from '../meanReversion/meanReversion.js'
import { askAt, type Prediction, type StreamingModel } from '../model.js'
import { trendFollowing } from '../trendFollowing/trendFollowing.js'
import { chanceOfRise } from './forecastLoss.js'
import { metaLearner } from './metaLearner.js'

const folder = process.env.ASTER_DATA

function answersOf(model: StreamingModel, bars: Bars): Prediction[] {
  const answers: Prediction[] = []
  for (const bar = cursor(bars); bar.advance(); ) {
    model.update(bar)
    answers.push(model.predict(askAt(bar.time)))
  }
  return answers
}

/** Mean Brier loss over the bars in which `where` speaks, judged by the first close at or after the horizon. */
function lossOf(answers: readonly Prediction[], where: readonly Prediction[], bars: Bars): number {
  let [sum, count] = [0, 0]
  for (const [index, answer] of answers.entries()) {
    if (answer.kind === 'abstain' || where[index]!.kind === 'abstain') continue
    let later = index
    while (later < bars.length && bars.time[later]! < bars.time[index]! + answer.horizon) later++
    if (later === bars.length) continue
    const rose = bars.close[later]! > bars.close[index]! ? 1 : bars.close[later] === bars.close[index] ? 0.5 : 0
    sum += (chanceOfRise(answer) - rose) ** 2
    count++
  }
  return sum / count
}

// Without ASTER_DATA there are no real prices to judge on.
describe.skipIf(!folder)('the meta-learner on real hours (needs ASTER_DATA)', () => {
  it.each(['BTCUSD', 'ETHUSD', 'LTCUSD'])('claims less than its experts and loses less than they do: %s', (pair) => {
    const file = `market/bitfinex-1h/${pair}_1h.csv.gz`
    const { bars } = parseCsv(gunzipSync(readFileSync(join(folder!, file))), { instrument: `${pair}.bitfinex`, file })
    const hours = sliceBars(bars, bars.length - 12_000)
    const ensemble = metaLearner({
      experts: [
        { name: 'trend', model: trendFollowing() },
        { name: 'reversion', model: meanReversion() },
      ],
    })
    const together = answersOf(ensemble, hours)
    const trend = answersOf(trendFollowing(), hours)
    const [own, alone] = [lossOf(together, trend, hours), lossOf(trend, trend, hours)]
    expect(own).toBeLessThan(alone)
    // Silence loses a quarter, and on these prices nobody does much better.
    expect(own).toBeLessThan(0.2505)
  })
})
