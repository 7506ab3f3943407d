import { describe, expect, it } from 'vitest'
import { askAt } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { barsOfReturns } from './barsOfReturns.rig.js'
import { closesOnly } from './closesOnly.js'
import { simulateGarch } from './simulateGarch.rig.js'
import { volatility } from './volatility.js'

const bars = barsOfReturns(simulateGarch({ mean: 0, omega: 2e-6, alpha: 0.1, gamma: 0, beta: 0.88 }, 420, 3))
const create = () => volatility({ method: 'har', window: 100, refitEvery: 60 })

describe('closesOnly', () => {
  it('says of whole bars what the model says of their closes', () => {
    const [wrapped, whole, closes] = [closesOnly(create()), create(), create()]
    for (const bar of bars) {
      const { close } = bar
      wrapped.update(bar)
      whole.update(bar)
      closes.update({ ...bar, open: close, high: close, low: close })
      expect(wrapped.predict(askAt(bar.time))).toEqual(closes.predict(askAt(bar.time)))
    }
    const ask = askAt(bars.at(-1)!.time)
    expect(wrapped.predict(ask)).not.toEqual(whole.predict(ask))
  })

  const steps = bars.map((bar) => ({ event: bar, row: askAt(bar.time) }))
  for (const check of modelContract({ create: () => closesOnly(create()), steps })) it(check.name, () => check.run())
})
