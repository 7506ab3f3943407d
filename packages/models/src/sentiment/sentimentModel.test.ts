import { type Headline, timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { askAt } from '../model.js'
import { modelContract } from '../testing/modelContract.js'
import { sentimentModel } from './sentimentModel.js'

const hour = 3_600_000
const good = ['soars to a record', 'beats estimates again', 'wins approval at last', 'sees inflows rise']
const bad = ['crashes after a hack', 'issues profit warning', 'sued for fraud', 'suspends withdrawals now']
const subjects = ['a miner', 'the exchange', 'one bank', 'an issuer', 'a broker', 'the lender', 'a chain']

/** Headlines every ten minutes from six sources, good for `run` of them and then bad, in turn. */
function headlines(length: number, run: number): Headline[] {
  return Array.from({ length }, (_, index) => {
    const mood = Math.floor(index / run) % 2 === 0 ? good : bad
    const day = String.fromCharCode(97 + (index % 23), 97 + (index % 19), 97 + (index % 17))
    const text = `${subjects[index % 7]} ${mood[index % 4]} in ${day} quarter of ${day}${day}`
    return { kind: 'headline', time: timestamp((index + 1) * 600_000), source: `source ${index % 6}`, text }
  })
}

describe('sentimentModel', () => {
  it('sides with the mood, and claims little', () => {
    const model = sentimentModel()
    const items = headlines(80, 40)
    for (const item of items.slice(0, 40)) model.update(item)
    const up = model.predict(askAt(items[39]!.time))
    for (const item of items.slice(40)) model.update(item)
    const down = model.predict(askAt(items[79]!.time))
    if (up.kind === 'abstain' || down.kind === 'abstain') throw new Error('Both must speak.')
    expect(up.direction).toBeGreaterThan(0.2)
    expect(down.direction).toBeLessThan(-0.2)
    expect(up.confidence).toBeLessThan(0.05)
    expect(up.reason).toMatch(/^sentiment: \+0\.\d\d by \d+\.\d headlines$/)
    expect(up.horizon).toBe(4 * hour)
  })

  it('is silent before enough headlines, after they have faded, and about the past', () => {
    const model = sentimentModel({ halfLife: '1h' })
    const ask = (time: number) => model.predict(askAt(timestamp(time)))
    expect(ask(0)).toEqual({ kind: 'abstain', code: 'cold', reason: 'sentiment: too few headlines' })
    for (const item of headlines(30, 30)) model.update(item)
    const end = 30 * 600_000
    expect(ask(end).kind).toBe('forecast')
    const reason = 'sentiment: the last headlines have faded'
    expect(ask(end + 12 * hour)).toEqual({ kind: 'abstain', code: 'expired', reason })
    expect(ask(end - 1)).toMatchObject({
      code: 'expired',
      reason: 'sentiment: asked about a time before the last headline',
    })
  })

  it('refuses options out of range', () => {
    expect(() => sentimentModel({ evidenceMin: -1 })).toThrow('evidenceMin "-1" of sentimentModel is out of range.')
    expect(() => sentimentModel({ horizon: 'soon' })).toThrow('Not a span of time: "soon".')
  })

  describe('keeps the model contract', () => {
    const steps = headlines(160, 20).map((event) => ({ event, row: askAt(event.time) }))
    for (const check of modelContract({ create: () => sentimentModel(), steps })) it(check.name, () => check.run())
  })
})
