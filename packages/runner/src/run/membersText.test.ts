import type { MemberRow, Members } from '@astertrade/core/backtest'
import { describe, expect, it } from 'vitest'
import { membersText } from './membersText.js'

const row = (name: string, more: Partial<MemberRow> = {}): MemberRow => ({
  name,
  spoke: 0,
  warned: 0,
  weightMean: Number.NaN,
  weightLast: 0,
  contribution: Number.NaN,
  loss: Number.NaN,
  reason: `${name}: quiet`,
  weights: [],
  ...more,
})

const members = (instrument: string, rows: readonly MemberRow[]): Members => ({
  instrument,
  time: [],
  decisions: 100,
  controlLoss: 0.25,
  rows,
})

describe('membersText', () => {
  it('tells who took a side with which weight, push and loss, who told of risk, why, and what the control weighs', () => {
    const spoken = row('trend', {
      spoke: 0.352,
      weightMean: 0.389,
      weightLast: 0.25,
      contribution: 0.1234,
      loss: 0.2468,
      reason: 'trend: prices rise',
    })
    const young = row('reversion', { spoke: 0.01, weightMean: 0.1, weightLast: 0.35, contribution: 0.02 })
    const lines = membersText([members('BTC.sim', [spoken, young, row('vpin', { warned: 0.995 }), row('flow')])])
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "Models on BTC.sim: weight in share of bars, push in log-odds, recent loss; reason
        trend           38.9 % in 35.2 %, 0.123, 0.247  trend: prices rise
        reversion  10.0 % in 1.0 %, 0.020, none lately  reversion: quiet
        vpin                   told the risk in 99.5 %  vpin: quiet
        flow                              took no side  flow: quiet
        control                  40.0 % at last, 0.250  always one half"
    `)
  })

  it('says nothing of a strategy without models, and of a few instruments only', () => {
    expect(membersText([])).toEqual([])
    const many = Array.from({ length: 9 }, (_, at) => members(`I${at}.sim`, [row('trend')]))
    expect(membersText(many)).toHaveLength(15)
  })
})
