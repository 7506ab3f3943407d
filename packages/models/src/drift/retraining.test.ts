import { createRandom, dayMs, type Timestamp } from '@astertrade/core'
import { describe, expect, it } from 'vitest'
import { inMemoryRepository } from '../repository/inMemoryRepository.js'
import type { ModelRepository, ModelStage } from '../repository.js'
import { sampleArtifact } from '../testing/sampleArtifact.js'
import {
  noModelYet,
  type RetrainingAction,
  type RetrainingEvent,
  type RetrainingState,
  retraining,
} from './retraining.js'

const at = (days: number): Timestamp => Math.round(days * dayMs) as Timestamp

function play(events: readonly RetrainingEvent[], from: RetrainingState = noModelYet) {
  const actions: RetrainingAction[] = []
  let state = from
  for (const event of events) {
    const step = retraining(state, event)
    state = step.state
    actions.push(...step.actions)
  }
  return { state, actions, kinds: actions.map(({ kind }) => kind) }
}

/** Losses of an incumbent at 0.25 with noise, and of a candidate that saves `gain` of it. */
function matured(count: number, gain: number, seed = 1): RetrainingEvent[] {
  const random = createRandom(seed).stream('losses')
  return Array.from({ length: count }, () => {
    const shared = 0.25 + 0.05 * random.normal()
    return {
      kind: 'matured',
      incumbent: shared + 0.05 * random.normal(),
      candidate: shared - gain + 0.05 * random.normal(),
    }
  })
}

const serving: RetrainingState = { incumbent: 'a', retired: [], isTraining: false, trainedAt: at(200) }
const shadowed = retraining({ ...serving, isTraining: true }, { kind: 'trained', address: 'b' }).state

describe('retraining', () => {
  it('trains at first, on the window before, and puts the first model into service', () => {
    const { actions, state } = play([
      { kind: 'passed', time: at(200) },
      { kind: 'passed', time: at(200.5) },
      { kind: 'trained', address: 'a' },
    ])
    expect(actions).toEqual([
      { kind: 'train', from: at(20), to: at(200), because: 'schedule' },
      { kind: 'shadow', address: 'a' },
      { kind: 'promote', address: 'a' },
    ])
    expect(state).toEqual(serving)
  })

  it('trains again after a day to the millisecond, and puts the candidate into shadow', () => {
    const early = (serving.trainedAt! + dayMs - 1) as Timestamp
    expect(play([{ kind: 'passed', time: early }], serving).kinds).toEqual([])
    const { kinds, state } = play(
      [
        { kind: 'passed', time: at(201) },
        { kind: 'trained', address: 'b' },
      ],
      serving,
    )
    expect(kinds).toEqual(['train', 'shadow'])
    expect(state).toMatchObject({ incumbent: 'a', shadow: { address: 'b' } })
  })

  it('trains at once on drift, even beside a shadow, and only once at a time', () => {
    const drifted = { kind: 'drifted', time: at(200.1), what: 'PSI of rsi(14) 0.31' } as const
    const { actions, state } = play([drifted, drifted], shadowed)
    expect(actions).toEqual([{ kind: 'train', from: at(20.1), to: at(200.1), because: 'drift: PSI of rsi(14) 0.31' }])
    expect(play([{ kind: 'trained', address: 'c' }], state).actions).toEqual([
      { kind: 'retire', address: 'b', because: 'replaced' },
      { kind: 'shadow', address: 'c' },
    ])
  })

  it('waits for the judgement of a shadow before the next scheduled training', () => {
    expect(play([{ kind: 'passed', time: at(300) }], shadowed).kinds).toEqual([])
  })

  it('keeps the incumbent when a training fails, and tries again when the next is due', () => {
    const { actions, state } = play(
      [
        { kind: 'passed', time: at(201) },
        { kind: 'failed', reason: 'no rows left' },
        { kind: 'passed', time: at(201.5) },
      ],
      serving,
    )
    expect(actions[1]).toEqual({ kind: 'keep', because: 'failed: no rows left' })
    expect(actions).toHaveLength(2)
    expect(state.incumbent).toBe('a')
    expect(play([{ kind: 'passed', time: at(202) }], state).kinds).toEqual(['train'])
  })

  it('promotes a better candidate after 100 matured forecasts and not one earlier', () => {
    expect(play(matured(99, 0.05), shadowed).kinds).toEqual([])
    const { actions, state } = play(matured(100, 0.05), shadowed)
    expect(actions).toMatchObject([{ kind: 'promote', address: 'b', test: { verdict: 'better', rows: 100 } }])
    expect(state).toEqual({ ...serving, incumbent: 'b', retired: ['a'] })
  })

  it('retires a candidate that is not proven better in five looks', () => {
    const { actions, state } = play(matured(500, -0.01), shadowed)
    expect(actions).toEqual([{ kind: 'retire', address: 'b', because: 'not proven better' }])
    expect(state).toEqual(serving)
  })

  it('promotes an equal candidate in about 5 % of cases, all looks together', () => {
    const promoted = Array.from(
      { length: 200 },
      (_, seed) => play(matured(500, 0, seed), shadowed).kinds[0] === 'promote',
    )
    expect(promoted.filter(Boolean).length / 200).toBeLessThan(0.09)
  })

  it('keeps two retired models and forgets older ones', () => {
    const old = { ...shadowed, retired: ['z', 'y'] }
    const { actions, state } = play(matured(100, 0.05), old)
    expect(state.retired).toEqual(['a', 'z'])
    expect(actions.at(-1)).toEqual({ kind: 'forget', address: 'y' })
  })

  it('asks for nothing that a repository refuses, from the first model to the fifth in service', async () => {
    const author = { by: 'retraining', at: at(200) }
    const models = inMemoryRepository()
    const addresses: string[] = []
    for (let seed = 1; seed <= 6; seed++) addresses.push(await models.put(sampleArtifact({ seed }), author))
    const stages = { shadow: 'shadow', promote: 'live', retire: 'retired' } as const
    let state = noModelYet
    const forgotten: string[] = []
    // The second candidate is no better and is retired; each of the others takes over.
    for (const [index, address] of addresses.entries()) {
      const events = [{ kind: 'trained', address } as const, ...matured(500, index === 1 ? -0.01 : 0.05)]
      const step = play(index === 0 ? events.slice(0, 1) : events, state)
      for (const action of step.actions) {
        if (action.kind === 'forget') forgotten.push(action.address)
        else await move(models, action)
      }
      state = step.state
    }
    async function move(repository: ModelRepository, action: RetrainingAction): Promise<void> {
      const stage: ModelStage = stages[action.kind as keyof typeof stages]
      await repository.promote('sample', (action as { readonly address: string }).address, stage, author)
    }
    const found = await models.list('sample')
    expect(found.map(({ stage }) => stage)).toEqual(['retired', 'retired', 'retired', 'retired', 'retired', 'live'])
    expect(state).toMatchObject({ incumbent: addresses[5], retired: [addresses[4], addresses[3]] })
    expect(forgotten).toEqual([addresses[0], addresses[2]])
  })

  it('ignores matured forecasts without a shadow', () => {
    expect(play(matured(3, 0), serving)).toMatchObject({ state: serving, actions: [] })
  })

  it('changes no state it is given', () => {
    const frozen = Object.freeze({ ...shadowed, shadow: Object.freeze({ ...shadowed.shadow! }) })
    expect(() => play(matured(500, 0.01), frozen)).not.toThrow()
  })

  it.each([
    [{ kind: 'matured', candidate: Number.NaN, incumbent: 0.1 }, 'Losses of "NaN" and "0.1" cannot be compared.'],
    [{ kind: 'halted' as 'failed', reason: '' }, 'There is no event "halted" of retraining.'],
  ] satisfies [RetrainingEvent, string][])('refuses the event %o', (event, message) => {
    expect(() => retraining(shadowed, event)).toThrow(message)
    expect(() => retraining(shadowed, event)).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })

  it.each([
    [{ window: 0 }, 'window "0" of a retraining plan is out of range.'],
    [{ retrainEvery: Number.NaN }, 'retrainEvery "NaN" of a retraining plan is out of range.'],
    [{ lookEvery: 99 }, 'lookEvery "99" of a retraining plan is out of range.'],
    [{ horizonBars: 60 }, 'lookEvery "100" of a retraining plan is out of range.'],
    [{ horizonBars: 0 }, 'horizonBars "0" of a retraining plan is out of range.'],
    [{ looks: 0 }, 'looks "0" of a retraining plan is out of range.'],
    [{ level: 0.5 }, 'level "0.5" of a retraining plan is out of range.'],
  ])('refuses the plan %o', (plan, message) => {
    const run = () => retraining(noModelYet, { kind: 'passed', time: at(1) }, plan)
    expect(run).toThrow(message)
    expect(run).toThrow(expect.objectContaining({ code: 'BAD_PARAMETER' }))
  })
})
