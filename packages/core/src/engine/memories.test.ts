import { describe, expect, it } from 'vitest'
import { approve, type RiskMemory, type RiskRule } from '../risk.js'
import { buy } from '../strategy.js'
import { dayMs, type Timestamp } from '../time.js'
import { a, createEngineRig } from './engineRig.rig.js'

interface Seen {
  readonly equities: readonly number[]
  readonly times: readonly number[]
}

/** A memory that keeps the equities at which it was asked, with an alarm of its own. */
function diary(alarm: ReturnType<RiskMemory['alarm']>, name = 'diary'): RiskMemory<Seen> {
  return {
    name,
    start: (view) => ({ equities: [view.equity], times: [] }),
    next: ({ equities, times }, view) => ({ equities: [...equities, view.equity], times: [...times, view.now] }),
    alarm: () => alarm,
  }
}

const never = { below: Number.NEGATIVE_INFINITY, above: Number.POSITIVE_INFINITY, at: Number.POSITIVE_INFINITY }
const holding = (...memories: readonly RiskMemory<Seen>[]) => {
  const rules: RiskRule[] = memories.map((memory, index) => ({ name: `rule ${index}`, check: () => approve, memory }))
  const rig = createEngineRig({ rules })
  rig.bar(100, buy(a.id, 50))
  rig.fill(1, {})
  const close = (price: number): void => {
    rig.bar(price)
    rig.step({ kind: 'closed' })
  }
  const seen = (name = 'diary') => rig.kernel.riskView.memory(name) as Seen
  return { rig, close, seen }
}

describe('the memory of a rule', () => {
  it('starts from the first view and is read by its name', () => {
    const { seen, rig } = holding(diary(never))
    expect(seen().equities).toEqual([10_000])
    expect(rig.kernel.riskView.memory('other')).toBeUndefined()
  })

  it('is asked at closes at which equity has left its band, and at no other', () => {
    const { close, seen } = holding(diary({ ...never, below: 9_900, above: 10_100 }))
    for (const price of [99, 98, 101, 102, 100]) close(price)
    expect(seen().equities).toEqual([10_000, 9_900, 10_100])
  })

  it('is asked once its time has come', () => {
    const { close, seen, rig } = holding(diary({ ...never, at: Number(createEngineRig().kernel.now) + dayMs }))
    close(101)
    rig.wait(dayMs)
    close(102)
    expect(seen().equities).toEqual([10_000, 10_100])
  })

  it('is shared by the rules that name it, and each name has its own', () => {
    const { close, seen, rig } = holding(
      diary({ ...never, below: 1e9 }),
      diary({ ...never, below: 1e9 }),
      diary(never, 'another'),
    )
    expect(rig.kernel.memories).toHaveLength(2)
    close(100)
    const before = seen().equities.length
    close(100)
    expect(seen().equities.length).toBe(before + 1)
    expect(seen('another').equities).toHaveLength(1)
  })

  it('keeps its alarm while its state stays the same', () => {
    let asked = 0
    const still: RiskMemory<number> = {
      name: 'still',
      start: () => 0,
      next: (state) => {
        asked++
        return state
      },
      alarm: () => ({ ...never, above: 0 }),
    }
    const rig = createEngineRig({ rules: [{ name: 'still', check: () => approve, memory: still }] })
    for (const price of [100, 101, 102]) rig.bar(price)
    expect(asked).toBe(2)
  })
})

describe('an acknowledgement', () => {
  const latch = (notBefore: Timestamp | undefined): RiskRule => ({
    name: 'latch',
    check: () => approve,
    watch: (view) =>
      view.equity <= 9_700 && view.now < (notBefore ?? Number.POSITIVE_INFINITY)
        ? {
            mode: 'reduceOnly',
            until: 'operator',
            ...(notBefore === undefined ? {} : { notBefore }),
            flatten: false,
            reason: { code: 'DAY', rule: 'latch', limit: '', got: '', unit: 'ratio' },
          }
        : undefined,
  })
  const lost = (notBefore?: Timestamp) => {
    const rig = createEngineRig({ rules: [latch(notBefore)] })
    rig.bar(100, buy(a.id, 50))
    rig.fill(1, {})
    rig.bar(94)
    rig.step({ kind: 'closed' })
    return rig
  }
  const tomorrow = (Math.floor(createEngineRig().kernel.now / dayMs) * dayMs + dayMs) as Timestamp

  it('before its time lets the trip end at that time', () => {
    const rig = lost(tomorrow)
    rig.step({ kind: 'acknowledged', code: 'DAY' })
    expect(rig.view().mode).toBe('reduceOnly')
    rig.wait(dayMs)
    rig.bar(100)
    expect(rig.view().mode).toBe('normal')
  })

  it('after its time ends it at once, and time alone does not', () => {
    const rig = lost(tomorrow)
    rig.wait(dayMs)
    rig.bar(100)
    expect(rig.view().mode).toBe('reduceOnly')
    rig.step({ kind: 'acknowledged', code: 'DAY' })
    expect(rig.view().mode).toBe('normal')
  })

  it('of a trip that is no halt leaves the high-water mark', () => {
    const rig = lost()
    const before = rig.kernel.riskView.highWaterMark
    rig.step({ kind: 'acknowledged', code: 'DAY' })
    expect(rig.kernel.riskView.highWaterMark).toBe(before)
  })
})
