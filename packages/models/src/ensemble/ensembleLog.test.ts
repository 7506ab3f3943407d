import { dayMs, type InstrumentId, type Timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { createEnsembleLog } from './ensembleLog.js'
import type { EnsembleView, ExpertView } from './ensembleView.js'

const expert = (name: string, more: Partial<ExpertView>): ExpertView => ({
  name,
  role: 'abstains',
  weight: 0,
  learned: 0.5,
  trust: 1,
  contribution: 0,
  meanLoss: Number.NaN,
  rounds: 0,
  reason: `${name}: quiet`,
  ...more,
})

const view = (time: number, experts: readonly ExpertView[]): EnsembleView => ({
  time: time as Timestamp,
  experts,
  control: { weight: 0.2, loss: 0.25 },
  effectiveNumber: 1,
  agreement: 1,
  caution: 1,
  risk: {},
  waiting: 0,
})

const btc = 'BTC.sim' as InstrumentId

describe('createEnsembleLog', () => {
  it('counts who spoke, with which weight, push and loss', () => {
    const log = createEnsembleLog()
    log.add(btc, view(1_000, [expert('a', { role: 'speaks', weight: 1, contribution: -0.5 }), expert('b', {})]))
    log.add(
      btc,
      view(2_000, [
        expert('a', { role: 'speaks', weight: 0.5, contribution: 0.1, meanLoss: 0.2, reason: 'a: up' }),
        expert('b', { role: 'risk' }),
      ]),
    )
    const [members] = log.members()
    expect(members).toMatchObject({ instrument: btc, decisions: 2, controlLoss: 0.25, time: [2_000] })
    expect(members!.rows[0]).toEqual({
      name: 'a',
      spoke: 1,
      warned: 0,
      weightMean: 0.75,
      weightLast: 0.5,
      contribution: 0.3,
      loss: 0.2,
      reason: 'a: up',
      weights: [0.5],
    })
    expect(members!.rows[1]).toMatchObject({
      spoke: 0,
      warned: 0.5,
      weightMean: Number.NaN,
      weightLast: 0,
      reason: 'b: quiet',
    })
  })

  it('notes weights once a day, at its last decision; midnight ends the day', () => {
    const log = createEnsembleLog()
    const times = [dayMs - 1, dayMs, dayMs + 1, 2 * dayMs, 4 * dayMs]
    for (const [index, time] of times.entries()) {
      log.add(btc, view(time, [expert('a', { role: 'speaks', weight: index / 10 })]))
    }
    const [members] = log.members()
    expect(members!.time).toEqual([dayMs, 2 * dayMs, 4 * dayMs])
    expect(members!.rows[0]!.weights).toEqual([0.1, 0.3, 0.4])
  })

  it('keeps instruments apart and is empty before anything came', () => {
    const log = createEnsembleLog()
    expect(log.members()).toEqual([])
    log.add(btc, view(1, [expert('a', {})]))
    log.add('ETH.sim' as InstrumentId, view(1, [expert('a', {})]))
    expect(log.members().map(({ instrument }) => instrument)).toEqual([btc, 'ETH.sim'])
  })
})
