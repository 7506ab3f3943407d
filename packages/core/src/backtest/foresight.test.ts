import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Bars, barColumns, createBars, sliceBars } from '../bar.js'
import { canonicalJson } from '../canonicalJson.js'
import type { JournalEntry } from '../journal.js'
import { defineStrategy, target } from '../strategy.js'
import { backtest } from './backtest.js'
import { backtestStream } from './backtestStream.js'
import {
  drawer,
  instruments,
  playRandom,
  type RandomCase,
  randomConditions,
  randomMarket,
  restless,
} from './randomRun.rig.js'
import { replayBacktest } from './replayBacktest.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)
const cases = fc.record({
  seed: fc.integer(),
  bars: fc.integer({ min: 4, max: 60 }),
  series: fc.integer({ min: 1, max: 3 }),
  /** Where to cut, as a share of the bars. */
  share: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
})

/** A copy of the bars up to a time. */
function cutAt(bars: Bars, time: number): Bars {
  const length = bars.time.filter((at) => at <= time).length
  const cut = createBars(bars.instrument, bars.interval, length)
  for (const column of barColumns) cut[column].set(bars[column].subarray(0, length))
  return cut
}

/** The same bars with wild prices and volumes after a time. */
function poisonAfter(bars: Bars, time: number, seed: number): Bars {
  const draw = drawer(seed, 'poison')
  const poisoned = createBars(bars.instrument, bars.interval, bars.length)
  for (const column of barColumns) poisoned[column].set(bars[column])
  for (let row = 0; row < bars.length; row++) {
    if (bars.time[row]! <= time) continue
    const prices = Array.from({ length: 4 }, () => 1 + draw.upTo(10_000)).sort((a, b) => a - b)
    poisoned.low[row] = prices[0]!
    poisoned.open[row] = prices[1]!
    poisoned.close[row] = prices[2]!
    poisoned.high[row] = prices[3]!
    poisoned.volume[row] = draw.upTo(1_000)
  }
  return poisoned
}

/** Everything that was decided or happened, as lines; market data apart, whose rows are cut elsewhere. */
function linesOf(entries: readonly JournalEntry[]): readonly (readonly [number, string])[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'event' && entry.event.kind !== 'closed')
      return [[entry.event.time, canonicalJson(entry.event)] as const]
    return entry.kind === 'command' ? [[entry.seenAt, canonicalJson(entry.command)] as const] : []
  })
}

/** A time about a share of the way at which every series has begun and no bar is under way. */
function quietTime(market: readonly Bars[], share: number): number {
  const begun = Math.max(...market.map(({ time }) => time[0]!))
  const times = [...new Set(market.flatMap(({ time }) => [...time]))].sort((a, b) => a - b)
  const isUnderWay = (at: number) =>
    market.some(({ time, interval }) => time.some((end) => end > at && end - interval < at))
  const quiet = times.filter((at) => at >= begun && !isUnderWay(at))
  return quiet[Math.floor(quiet.length * share)]!
}

interface Cut extends RandomCase {
  readonly share: number
}

/** Where a run on the whole differs from a run on what was known at a time; undefined where it does not. */
function difference(given: Cut, changes: (market: readonly Bars[]) => Parameters<typeof playRandom>[1] = () => ({})) {
  const whole = randomMarket(given.seed, given.bars, given.series)
  const time = quietTime(whole, given.share)
  const full = playRandom(given, { ...changes(whole), data: whole })
  const lines = linesOf(full.entries)
  const short = linesOf(playRandom(given, { ...changes(whole), data: whole.map((bars) => cutAt(bars, time)) }).entries)
  const poisoned = whole.map((bars) => poisonAfter(bars, time, given.seed))
  const wild = linesOf(playRandom(given, { ...changes(whole), data: poisoned }).entries)
  for (const [index, [, line]] of short.entries()) if (line !== lines[index]?.[1]) return `cut: ${line}`
  for (const [at, line] of lines.slice(short.length)) if (at < time) return `late: ${line}`
  for (const [index, [, line]] of short.entries()) if (line !== wild[index]?.[1]) return `poisoned: ${line}`
  return undefined
}

describe('what happens up to a time', () => {
  it('is the same whether the data ends there, goes on, or goes on wildly', () => {
    let lines = 0
    fc.assert(
      fc.property(cases, (given) => {
        expect(difference(given)).toBeUndefined()
        lines += linesOf(playRandom(given).entries).length
      }),
      { numRuns },
    )
    expect(lines).toBeGreaterThan(numRuns * 10)
  })

  it('has the same equity up to there', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const whole = randomMarket(given.seed, given.bars, given.series)
        const time = quietTime(whole, given.share)
        const full = playRandom(given, { data: whole }).report.equity
        const short = playRandom(given, { data: whole.map((bars) => cutAt(bars, time)) }).report.equity
        expect([...short.equity]).toEqual([...full.equity.subarray(0, short.length)])
      }),
      { numRuns },
    )
  })

  it('is the same on grids that come from the data', () => {
    const inferred = () => ({ instruments: undefined }) as unknown as Parameters<typeof playRandom>[1] & object
    fc.assert(
      fc.property(cases, (given) => {
        expect(difference(given, inferred)).toBeUndefined()
      }),
      { numRuns },
    )
  })

  it('differs for a strategy that knows the next close', () => {
    const peeking = (market: readonly Bars[]) => ({
      strategy: defineStrategy({
        name: 'peeking',
        params: {},
        create: () => ({
          onBar(bar) {
            const { time, close } = market.find(({ instrument }) => instrument === bar.instrument)!
            const next = close[time.indexOf(bar.time) + 1] ?? bar.close
            return target(bar.instrument, next > bar.close ? 0.5 : 0)
          },
        }),
      }),
    })
    const given = { seed: 5, bars: 60, series: 1, share: 0.5 }
    // Each run shows the strategy its own data, as a careless closure would.
    const found = [1, 2, 3, 4, 5, 6].map((seed) => differs({ ...given, seed }, peeking))
    expect(found).toContain(true)
  })
})

/** Whether a strategy made for each market on its own changes its mind about the past. */
function differs(given: Cut, changes: (market: readonly Bars[]) => Parameters<typeof playRandom>[1]): boolean {
  const whole = randomMarket(given.seed, given.bars, given.series)
  const time = whole[0]!.time[Math.floor(whole[0]!.length * given.share)]!
  const short = whole.map((bars) => cutAt(bars, time))
  const full = linesOf(playRandom(given, { ...changes(whole), data: whole }).entries)
  return linesOf(playRandom(given, { ...changes(short), data: short }).entries).some(
    ([, line], index) => line !== full[index]?.[1],
  )
}

describe('a run', () => {
  it('gives the same result hash each time, and another one for another strategy', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { resultHash } = playRandom(given).report
        expect(playRandom(given).report.resultHash).toBe(resultHash)
        expect(playRandom(given, { strategy: restless(given.seed, 'both', 'other') }).report.resultHash).not.toBe(
          resultHash,
        )
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    )
  })

  it('gives the same result with a journal and without, and with bars that are shared', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { resultHash, fills } = playRandom(given).report
        for (const changes of [{ journal: undefined }, { bars: 'shared' }, { onProgress: () => undefined }] as const) {
          const { report } = playRandom(given, changes as Parameters<typeof playRandom>[1])
          expect(report.fills).toEqual(fills)
          expect(report.resultHash).toBe(resultHash)
        }
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    )
  })

  it('gives the same result in one piece and in many', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 1, max: 9 }), async (given, most) => {
        const { report, data } = playRandom(given)
        const draw = drawer(given.seed, 'pieces')
        async function* pieces(bars: Bars): AsyncGenerator<Bars> {
          for (let from = 0; from < bars.length; ) {
            const size = 1 + draw.upTo(most)
            yield sliceBars(bars, from, from + size)
            from += size
          }
        }
        const streamed = await backtestStream({
          ...randomConditions(given.seed),
          cash: report.config.cash,
          strategy: restless(given.seed),
          instruments: instruments.slice(0, given.series),
          data: data.map(pieces),
        })
        expect(streamed.fills).toEqual(report.fills)
        expect(streamed.resultHash).toBe(report.resultHash)
        expect(streamed.limits).toEqual(report.limits)
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    )
  })

  it('replays from its journal to the same commands', () => {
    let commands = 0
    fc.assert(
      fc.property(cases, (given) => {
        const { entries, data } = playRandom(given)
        const options = {
          ...randomConditions(given.seed),
          cash: randomConditions(given.seed).cash!,
          strategy: restless(given.seed),
          instruments: instruments.slice(0, given.series),
          data,
        }
        const replayed = replayBacktest(options, entries)
        expect(replayed.difference).toBeUndefined()
        commands += replayed.commands
      }),
      { numRuns },
    )
    expect(commands).toBeGreaterThan(numRuns * 5)
  })

  it('shows a strategy no more than the present bar, in a replay as in the run', () => {
    const seen: string[][] = []
    const looking = defineStrategy({
      name: 'looking',
      params: {},
      create: () => ({
        onBar(bar) {
          seen.push([...Object.getOwnPropertyNames(bar), ...Object.getOwnPropertyNames(Object.getPrototypeOf(bar))])
          return undefined
        },
      }),
    })
    const options = { strategy: looking, data: randomMarket(1, 20, 1), cash: '10000', bars: 'shared' } as const
    const entries: JournalEntry[] = []
    backtest({ ...options, journal: (entry) => entries.push(entry) })
    const inRun = seen.splice(0)
    replayBacktest(options, entries)
    expect(seen).toEqual(inRun)
    backtest({ ...options, bars: 'lent' })
    expect(new Set(seen.flat())).not.toContain('advance')
  })

  it('does not replay to a journal in which one command was altered or left out', () => {
    const given = { seed: 11, bars: 60, series: 2 }
    const { entries, data } = playRandom(given)
    const conditions = randomConditions(given.seed)
    const options = {
      ...conditions,
      cash: conditions.cash!,
      strategy: restless(given.seed),
      instruments: instruments.slice(0, given.series),
      data,
    }
    const at = entries.findIndex((entry) => entry.kind === 'command' && entry.command.kind === 'place')
    const altered = entries.map((entry, index) => {
      if (index !== at || entry.kind !== 'command' || entry.command.kind === 'cancel') return entry
      const order = { ...entry.command.order, side: entry.command.order.side === 'buy' ? 'sell' : 'buy' } as const
      return { ...entry, command: { ...entry.command, order } }
    })
    expect(replayBacktest(options, entries).difference).toBeUndefined()
    expect(replayBacktest(options, altered).difference?.seq).toBe(at + 1)
    expect(
      replayBacktest(
        options,
        entries.filter((_, index) => index !== at),
      ).difference,
    ).toBeDefined()
  })
})
