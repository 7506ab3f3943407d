import { describe, expect, it } from 'vitest'
import { backtest } from '../backtest/backtest.js'
import { seriesOf, start, unit } from '../backtest/playScript.rig.js'
import { type Bar, snapshotBar } from '../bar.js'
import { InvariantError } from '../errors.js'
import { buy, defineStrategy, type Strategy, target } from '../strategy.js'
import { StrategyError } from './strategyError.js'

const data = seriesOf([
  [100, 101, 99, 100],
  [100, 101, 99, 100],
  [100, 101, 99, 100],
])

function failing(strategy: Strategy, options = {}): StrategyError {
  const definition = defineStrategy({ name: 'careless', params: {}, create: () => strategy })
  try {
    backtest({ cash: '10000', instruments: [unit], data, strategy: definition, ...options })
  } catch (error) {
    if (error instanceof StrategyError) return error
    throw error
  }
  throw new Error('Nothing failed.')
}

describe('a strategy that fails', () => {
  it('is named, with the moment and what it said', () => {
    const cause = new TypeError('x is undefined')
    const error = failing({
      onBar() {
        throw cause
      },
    })
    expect(error.message).toBe(
      'Strategy "careless" failed at 2024-01-02T00:01:00.000Z: x is undefined\n  The cause of this error holds the place in the strategy.',
    )
    expect(error).toMatchObject({ code: 'STRATEGY_THREW', strategy: 'careless', time: start + 60_000, cause })
  })

  it('keeps the code and the hints of an error of ours', () => {
    const error = failing({ onBar: (bar) => target(bar.instrument, Number.NaN) })
    expect(error.message).toMatch(
      /^Strategy "careless" failed at .*: Strategy "careless" wished for an exposure of "NaN"\.\n/,
    )
    expect(error.code).toBe('BAD_EXPOSURE')
    expect(error.cause).toBeInstanceOf(InvariantError)
  })

  it('is named in every hook', () => {
    const fail = (): never => {
      throw new Error('no')
    }
    const order = (bar: Bar) => buy(bar.instrument, 1)
    expect(failing({ onBar: order, onOrder: fail }).strategy).toBe('careless')
    expect(failing({ onOpening: fail }).strategy).toBe('careless')
    expect(failing({ onBar: () => fail() }).strategy).toBe('careless')
  })

  it('is found where it keeps a lent bar beyond its call', () => {
    let kept: Bar | undefined
    const keeper: Strategy = {
      onBar(bar) {
        kept = kept !== undefined && kept.close > 0 ? kept : bar
        return undefined
      },
    }
    expect(failing(keeper).code).toBe('BAR_KEPT')
    kept = undefined
    expect(() => failing(keeper, { bars: 'shared' })).toThrow('Nothing failed.')
    const copier: Strategy = {
      onBar(bar) {
        kept = kept !== undefined && kept.close > 0 ? kept : snapshotBar(bar)
        return undefined
      },
    }
    kept = undefined
    expect(() => failing(copier)).toThrow('Nothing failed.')
  })

  it('does not take the blame for what happened outside of it', () => {
    const rule = {
      name: 'broken',
      check: () => ({ kind: 'approve' }) as const,
      watch: () => {
        throw new Error('the rule failed')
      },
    }
    expect(() => failing({}, { rules: [rule] })).toThrow('Rule "broken" failed: the rule failed')
  })

  it('does not take the blame for a rule that throws or answers nothing', () => {
    const order: Strategy = { onBar: (bar) => buy(bar.instrument, 1) }
    const throws = {
      name: 'broken',
      check: () => {
        throw new Error('no')
      },
    }
    expect(() => failing(order, { rules: [throws] })).toThrow(
      expect.objectContaining({
        name: 'RuleError',
        code: 'RULE_THREW',
        message: expect.stringMatching(/^Rule "broken" failed: no\n/),
      }),
    )
    const silent = { name: 'silent', check: () => undefined }
    expect(() => failing(order, { rules: [silent] })).toThrow(
      expect.objectContaining({
        code: 'BAD_VERDICT',
        message: expect.stringMatching(/^Rule "silent" failed: check answered "undefined", which is no verdict\.\n/),
      }),
    )
  })
})
