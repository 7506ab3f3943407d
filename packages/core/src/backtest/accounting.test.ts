import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bars } from '../bar.js'
import type { Fill } from '../fill.js'
import type { JournalEntry } from '../journal.js'
import type { OrderRequest } from '../order.js'
import { playRandom, type RandomCase, type RandomRun, restless } from './randomRun.rig.js'

const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)
const cases: fc.Arbitrary<RandomCase> = fc.record({
  seed: fc.integer(),
  bars: fc.integer({ min: 2, max: 80 }),
  series: fc.integer({ min: 1, max: 3 }),
})

/** Fills in the order in which they happened, with the order of each. */
function fillsOf(entries: readonly JournalEntry[]): readonly (readonly [Fill, OrderRequest])[] {
  const orders = new Map<number, OrderRequest>()
  const fills: (readonly [Fill, OrderRequest])[] = []
  for (const entry of entries) {
    if (entry.kind === 'command' && entry.command.kind !== 'cancel')
      orders.set(entry.command.order.id, entry.command.order)
    if (entry.kind === 'event' && entry.event.kind === 'filled') {
      fills.push([entry.event, orders.get(entry.event.orderId)!])
    }
  }
  return fills
}

/** Keeps the books of a run in plain integers, from its journal and its bars alone. */
function bookKeeping({ report, entries, data }: RandomRun) {
  let cash = BigInt(report.config.cash) * 10n ** 18n
  let fees = 0n
  const held = new Map<string, bigint>()
  const marks = new Map<string, bigint>()
  const rows: { readonly time: number; readonly value: bigint }[] = []
  const merged = data
    .flatMap((bars, slot) => Array.from(bars.time, (time, index) => ({ time, slot, close: bars.close[index]!, bars })))
    .sort((x, y) => x.time - y.time || x.slot - y.slot)
  let next = 0
  const endTime = (): void => {
    const time = merged[next - 1]!.time
    if (rows.at(-1)?.time === time) return
    let value = cash
    for (const [id, quantity] of held) value += quantity * (marks.get(id) ?? 0n) * 10n ** 18n
    rows.push({ time, value })
  }
  for (const entry of entries) {
    if (entry.kind === 'market') {
      for (; next < entry.to; next++) {
        const { time, close, bars } = merged[next]!
        if (next > 0 && merged[next - 1]!.time !== time) endTime()
        marks.set(bars.instrument, BigInt(close))
      }
    }
    if (entry.kind !== 'event') continue
    const { event } = entry
    if (event.kind === 'closed') endTime()
    if (next > 0 && event.time > merged[next - 1]!.time) endTime()
    if (event.kind === 'opening') marks.set(event.instrument, BigInt(event.price))
    if (event.kind !== 'filled') continue
    const sign = event.side === 'buy' ? 1n : -1n
    const quantity = sign * BigInt(event.quantity)
    cash -= quantity * BigInt(event.price) * 10n ** 18n + event.fee
    fees += event.fee
    held.set(event.instrument, (held.get(event.instrument) ?? 0n) + quantity)
  }
  endTime()
  return { cash, fees, held, rows }
}

const text = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(19, '0')
  const fraction = digits.slice(-18).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -18)}${fraction === '' ? '' : `.${fraction}`}`
}

/** The series' bar that a fill may belong to: the one that closes at its time, or the one that opens next. */
function rangeProblem(data: readonly Bars[], fill: Fill): string | undefined {
  const bars = data.find(({ instrument }) => instrument === fill.instrument)!
  const at = bars.time.indexOf(fill.time)
  const next = bars.time.findIndex((time) => time > fill.time)
  if (at >= 0 && fill.price >= bars.low[at]! && fill.price <= bars.high[at]!) return undefined
  if (next >= 0 && fill.price === bars.open[next]) return undefined
  return `${fill.side} at ${fill.price}, bar ${at} from ${bars.low[at]} to ${bars.high[at]}, next open ${bars.open[next]}`
}

/** Whether a fill of an exit brought its strategy's position no closer to zero. */
function growsPosition(before: bigint, after: bigint): boolean {
  const size = (value: bigint): bigint => (value < 0n ? -value : value)
  return size(after) > size(before) || (before !== 0n && after !== 0n && after > 0n !== before > 0n)
}

describe('the account of any run', () => {
  it('equals that of an independent book-keeper to the last of 18 decimals, fees included', () => {
    let fills = 0
    let shorts = 0
    fc.assert(
      fc.property(cases, (given) => {
        const run = playRandom(given)
        const { cash, fees, held } = bookKeeping(run)
        expect(run.report.ledger.cash).toBe(text(cash))
        expect(run.report.ledger.fees).toBe(text(fees))
        fills += run.report.fills.length
        if ([...held.values()].some((quantity) => quantity < 0n)) shorts++
      }),
      { numRuns },
    )
    expect(fills).toBeGreaterThan(numRuns * 5)
    expect(shorts).toBeGreaterThan(0)
  })

  it('shows at every time the cash plus what the positions are worth at their marks', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const run = playRandom(given)
        const { rows } = bookKeeping(run)
        const { equity } = run.report
        expect([...equity.time]).toEqual(rows.map(({ time }) => time))
        for (const [index, { value }] of rows.entries()) {
          expect(Math.abs(equity.equity[index]! - Number(value) / 1e18)).toBeLessThan(1e-6)
        }
      }),
      { numRuns },
    )
  })

  it('shows strategies the positions that are the sum of their fills', () => {
    let seen = 0
    fc.assert(
      fc.property(cases, (given) => {
        const positions: string[] = []
        const base = restless(given.seed)
        const strategy = {
          ...base,
          create: () => {
            const inner = base.create({})
            return {
              ...inner,
              onOrder: (...[event, view]: Parameters<NonNullable<typeof inner.onOrder>>) => {
                if (event.kind === 'filled')
                  positions.push(`${event.instrument} ${view.position(event.instrument).quantity}`)
                return inner.onOrder?.(event, view)
              },
            }
          },
        }
        const { entries } = playRandom(given, { strategy })
        const held = new Map<string, number>()
        const sums = fillsOf(entries).map(([{ instrument, side, quantity }]) => {
          held.set(instrument, (held.get(instrument) ?? 0) + (side === 'buy' ? quantity : -quantity))
          return `${instrument} ${held.get(instrument)}`
        })
        expect(positions).toEqual(sums)
        seen += sums.length
      }),
      { numRuns },
    )
    expect(seen).toBeGreaterThan(0)
  })

  it('has no fill outside the range of its bar', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { entries, data } = playRandom(given)
        for (const [fill, { type }] of fillsOf(entries)) expect(rangeProblem(data, fill), type).toBeUndefined()
      }),
      { numRuns },
    )
  })

  it('has no exit that makes a position larger or turns it around', () => {
    let exits = 0
    fc.assert(
      fc.property(cases, (given) => {
        const held = new Map<string, bigint>()
        for (const [fill, order] of fillsOf(playRandom(given).entries)) {
          const before = held.get(fill.instrument) ?? 0n
          const after = before + BigInt(fill.side === 'buy' ? fill.quantity : -fill.quantity)
          held.set(fill.instrument, after)
          if (!order.reduceOnly) continue
          exits++
          expect(growsPosition(before, after)).toBe(false)
        }
      }),
      { numRuns },
    )
    expect(exits).toBeGreaterThan(numRuns)
  })

  it('fills no more of an order than was ever approved, and no trade twice', () => {
    let parts = 0
    fc.assert(
      fc.property(cases, (given) => {
        const { entries } = playRandom(given)
        const approved = new Map<number, number>()
        for (const entry of entries) {
          if (entry.kind !== 'command' || entry.command.kind === 'cancel') continue
          const { id, quantity } = entry.command.order
          approved.set(id, Math.max(quantity, approved.get(id) ?? 0))
        }
        const filled = new Map<number, number>()
        const fills = fillsOf(entries)
        for (const [{ quantity }, { id, closePosition }] of fills) {
          filled.set(id, (filled.get(id) ?? 0) + quantity)
          if (!closePosition) expect(filled.get(id)).toBeLessThanOrEqual(approved.get(id)!)
        }
        expect(new Set(fills.map(([{ instrument, tradeId }]) => `${instrument} ${tradeId}`)).size).toBe(fills.length)
        parts += fills.length - filled.size
      }),
      { numRuns },
    )
    expect(parts).toBeGreaterThan(0)
  })

  it('never has negative cash without leverage and short positions', () => {
    let poor = 0
    fc.assert(
      fc.property(cases, (given) => {
        const run = playRandom(given, { leverage: 1, strategy: restless(given.seed, 'long') })
        let cash = BigInt(run.report.config.cash) * 10n ** 18n
        let least = cash
        for (const [{ side, quantity, price, fee }] of fillsOf(run.entries)) {
          cash -= BigInt(side === 'buy' ? quantity : -quantity) * BigInt(price) * 10n ** 18n + fee
          if (cash < least) least = cash
        }
        expect(least).toBeGreaterThanOrEqual(0n)
        if (least * 20n < BigInt(run.report.config.cash) * 10n ** 18n) poor++
      }),
      { numRuns },
    )
    expect(poor).toBeGreaterThan(0)
  })
})

describe('the checks themselves', () => {
  const run = playRandom({ seed: 3, bars: 80, series: 3 })
  const [fill] = fillsOf(run.entries)[0]!

  it('find a cent that is missing', () => {
    const entries = run.entries.map((entry) =>
      entry.kind === 'event' && entry.event === fill ? { ...entry, event: { ...fill, fee: fill.fee + 1n } } : entry,
    )
    expect(text(bookKeeping({ ...run, entries: entries as readonly JournalEntry[] }).cash)).not.toBe(
      run.report.ledger.cash,
    )
  })

  it('find a fill outside its bar', () => {
    expect(rangeProblem(run.data, { ...fill, price: 1 as typeof fill.price })).toBeDefined()
  })

  it('find an exit that grows, turns or opens a position', () => {
    expect([growsPosition(5n, 6n), growsPosition(5n, -1n), growsPosition(0n, 1n), growsPosition(-5n, -6n)]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect([growsPosition(5n, 0n), growsPosition(-5n, -1n), growsPosition(0n, 0n)]).toEqual([false, false, false])
  })
})
