import type { Money } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { account } from './account.rig.js'
import { fullSize, type GradedSizeOptions, gradedSize } from './gradedSize.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 500)
const factor = (equity: string, dayStart: string, highWaterMark: string) =>
  gradedSize().ppm(account({ equity, dayStart, highWaterMark }))

describe('gradedSize', () => {
  it('falls in a straight line with the loss of the day', () => {
    expect(factor('10000', '10000', '10000')).toBe(1_000_000n)
    expect(factor('10100', '10000', '10100')).toBe(1_000_000n)
    expect(factor('9900', '10000', '10000')).toBe(666_666n)
    expect(factor('9800', '10000', '10000')).toBe(333_333n)
    expect(factor('9700', '10000', '10000')).toBe(0n)
    expect(factor('9000', '10000', '10000')).toBe(0n)
  })

  it('falls by steps with the drawdown, each at first touch', () => {
    expect(factor('9500.000000000000000001', '9500.000000000000000001', '10000')).toBe(1_000_000n)
    expect(factor('9500', '9500', '10000')).toBe(500_000n)
    expect(factor('9200.01', '9200.01', '10000')).toBe(500_000n)
    expect(factor('9200', '9200', '10000')).toBe(250_000n)
    expect(factor('9000', '9000', '10000')).toBe(0n)
  })

  it('multiplies both and rounds down', () => {
    expect(factor('9405', '9500', '10000')).toBe(333_333n)
  })

  it('is rounded down at the first look as in exact money', () => {
    const near = (equity: string, highWaterMark = equity) =>
      gradedSize().near(account({ equity, dayStart: '10000', highWaterMark }))
    expect([near('9850'), factor('9850', '10000', '9850')]).toEqual([0.499_999, 500_000n])
    expect([near('9849.999999999'), factor('9849.999999999', '10000', '9850')]).toEqual([0.499_999, 499_999n])
    expect(gradedSize().near(account({ equity: '9500', dayStart: '9500', highWaterMark: '10000' }))).toBe(0.499_999)
  })

  it('leaves everything as it is where it is switched off', () => {
    expect([fullSize.near(account()), fullSize.ppm(account())]).toEqual([1, 1_000_000n])
  })

  it('is stepped at the first look too, at exactly each step', () => {
    for (const [fall, most] of [
      ['9500', 0.5],
      ['9200', 0.25],
      ['9000', 0],
    ] as const) {
      const view = account({ equity: fall, dayStart: fall, highWaterMark: '10000' })
      expect(gradedSize().near(view)).toBeLessThanOrEqual(most)
    }
  })

  it('takes any factor in whole parts per million', () => {
    const steps = [{ from: 0.05, factor: 0.000249 }]
    const view = account({ equity: '9400', dayStart: '9400', highWaterMark: '10000' })
    expect(gradedSize({ steps }).ppm(view)).toBe(249n)
  })

  it('gives no factor of figures that are none', () => {
    for (const figure of ['equity', 'dayStartNear', 'highWaterMarkNear']) {
      const near = gradedSize().near({ ...account(), [figure]: Number.NaN })
      expect(near > 0 && figure !== 'highWaterMarkNear').toBe(false)
    }
  })

  it('is never more at the first look than exactly, nor below 0, and within one part per million', () => {
    const seen = { full: 0, day: 0, step: 0, none: 0 }
    const amount = fc.integer({ min: 850_000, max: 1_000_000 })
    fc.assert(
      fc.property(amount, amount, amount, (equity, dayStart, peak) => {
        const unit = 10n ** 16n
        const view = account({
          equity: (BigInt(equity) * unit) as Money,
          dayStart: (BigInt(dayStart) * unit) as Money,
          highWaterMark: (BigInt(Math.max(equity, dayStart, peak)) * unit) as Money,
        })
        const exact = Number(gradedSize().ppm(view)) / 1e6
        const near = gradedSize().near(view)
        expect(near).toBeGreaterThanOrEqual(0)
        expect(near).toBeLessThanOrEqual(exact)
        expect(near).toBeGreaterThan(exact - 2e-6)
        seen[exact === 1 ? 'full' : exact === 0 ? 'none' : equity < dayStart ? 'day' : 'step']++
      }),
      { numRuns },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(numRuns / 100)
  })

  it.each([
    [{ dailyLoss: 0 }, 'dailyLoss "0" is not a number above 0 and at most 1.'],
    [{ maxDrawdown: 0.04 }, 'the step at 4% does not lie below the one before'],
    [{ steps: [{ from: 0.05, factor: 1 }] }, 'factor "1" is not from 0 to 1'],
    [{ steps: [{ from: 0.05, factor: Number.NaN }] }, 'factor "NaN" is not from 0 to 1'],
    [
      {
        steps: [
          { from: 0.05, factor: 0.5 },
          { from: 0.06, factor: 0.5 },
        ],
      },
      'the step at 6% does not lie below',
    ],
    [
      {
        steps: [
          { from: 0.05, factor: 0.5 },
          { from: 0.04, factor: 0.2 },
        ],
      },
      'the step at 4% does not lie below',
    ],
    [
      {
        steps: [
          { from: 0.05, factor: 0.5 },
          { from: 0.05, factor: 0.2 },
        ],
      },
      'the step at 5% does not lie below',
    ],
    [{ step: [] }, 'Did you mean "steps"?'],
  ])('refuses the options %o', (options, message) => {
    expect(() => gradedSize(options as GradedSizeOptions)).toThrow(message)
  })
})
