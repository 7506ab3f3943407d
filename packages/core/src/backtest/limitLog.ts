import type { Kernel } from '../engine/kernel.js'
import { endLow } from '../engine/lows.js'
import { createRiskView } from '../engine/riskView.js'
import { InvariantError } from '../errors.js'
import type { RiskRule, RiskView } from '../risk.js'
import { RuleError } from '../ruleError.js'
import { dayMs, type Timestamp } from '../time.js'
import type { LimitRow, LimitUse, RefusalCount } from './report.js'

/** Follows how much of its limit each rule sees in use, at moments that are few whatever the number of bars. */
export interface LimitLog {
  attach(kernel: Kernel): void
  onLow(equity: number, time: Timestamp): void
  onDayEnd(end: Timestamp, time: Timestamp): void
  onMoved(time: Timestamp): void
  /** The rows of all rules, given what was refused and made smaller. */
  rows(refusals: readonly RefusalCount[]): readonly LimitRow[]
}

/** A rule that tells its use, with what it has told. */
interface Gauge {
  readonly rule: RiskRule
  most: number
  mostTime: number
  last: number
  /** Largest use since the day began. */
  today: number
  readonly days: number[]
}

/** Starts a log that does nothing until it is attached to an engine. */
export function createLimitLog(): LimitLog {
  let kernel: Kernel | undefined
  let gauges: readonly Gauge[] = []
  let watching: readonly Gauge[] = []
  let others: readonly Gauge[] = []
  /** The account as it is, but for its equity. */
  let atLow: RiskView
  const low = { equity: 0 }
  /** Largest value of a position since the day began, by slot; of the sum of all in the last place. */
  let largest = new Float64Array(1)
  const ends: number[] = []
  const look = (list: readonly Gauge[], time: number): void => {
    for (let index = 0; index < list.length; index++) measure(list[index]!, kernel!.riskView, time)
  }
  const endDay = (end: number): void => {
    ends.push(end)
    for (const gauge of gauges) {
      gauge.days.push(gauge.today)
      gauge.today = 0
    }
    largest.fill(0)
  }
  return {
    attach(attached) {
      kernel = attached
      gauges = attached.rules.filter(({ use }) => use !== undefined).map(gaugeOf)
      watching = gauges.filter(({ rule }) => rule.watch !== undefined)
      others = gauges.filter(({ rule }) => rule.watch === undefined)
      atLow = createRiskView(attached, low)
      largest = new Float64Array(attached.slots.length + 1)
    },
    onLow(equity, time) {
      low.equity = equity
      for (let index = 0; index < watching.length; index++) measure(watching[index]!, atLow, time)
    },
    onDayEnd(end, time) {
      look(others, time)
      endDay(end)
    },
    onMoved(time) {
      if (others.length > 0 && isLargest(kernel!, largest)) look(others, time)
    },
    rows(refusals) {
      const attached = attachedTo(kernel)
      const { now, rules, reviewCount } = attached
      endLow(attached)
      look(gauges, now)
      if (now > (ends.at(-1) ?? Number.NEGATIVE_INFINITY)) endDay(Math.ceil(now / dayMs) * dayMs)
      const uses = new Map(gauges.map((gauge) => [gauge.rule.name, useOf(gauge, ends)]))
      return rowsOf([...new Set(rules.map(({ name }) => name)), 'review'], refusals, reviewCount).map((row) => ({
        ...row,
        use: uses.get(row.rule),
      }))
    },
  }
}

/** Keeps the values of positions that are larger than before, and their sum; true if there was one. */
function isLargest({ held, quantities, marks, slots, riskView }: Kernel, largest: Float64Array): boolean {
  let found = keepLarger(largest, slots.length, riskView.grossExposure)
  for (const { index } of held) {
    if (keepLarger(largest, index, Math.abs(quantities[index]! * marks[index]!))) found = true
  }
  return found
}

function keepLarger(largest: Float64Array, index: number, value: number): boolean {
  if (!(value > largest[index]!)) return false
  largest[index] = value
  return true
}

function gaugeOf(rule: RiskRule): Gauge {
  return { rule, most: Number.NaN, mostTime: Number.NaN, last: Number.NaN, today: 0, days: [] }
}

function measure(gauge: Gauge, view: RiskView, time: number): void {
  const { rule } = gauge
  let use: number
  try {
    use = rule.use!(view)
  } catch (error) {
    throw new RuleError('Rule', rule.name, error)
  }
  gauge.last = use
  if (use > gauge.today) gauge.today = use
  // Of equal uses the first counts; the first that is known is the largest so far.
  if (use > gauge.most || (Number.isNaN(gauge.most) && !Number.isNaN(use))) {
    gauge.most = use
    gauge.mostTime = time
  }
}

function useOf({ most, mostTime, last, days }: Gauge, ends: readonly number[]): LimitUse {
  return { most, mostTime, last, days: { time: Float64Array.from(ends), use: Float64Array.from(days) } }
}

function attachedTo(kernel: Kernel | undefined): Kernel {
  if (kernel === undefined) throw new InvariantError('A log of limits has no engine.')
  return kernel
}

/** Counts per rule: an order that was refused did not come to the rules behind. */
function rowsOf(
  names: readonly string[],
  refusals: readonly RefusalCount[],
  reviews: number,
): readonly Omit<LimitRow, 'use'>[] {
  let asked = reviews
  return names.map((rule) => {
    const own = refusals.filter((row) => row.rule === rule)
    const refused = own.reduce((sum, row) => sum + row.refused, 0)
    const shrunk = own.reduce((sum, row) => sum + row.shrunk, 0)
    const row = { rule, asked, approved: asked - shrunk - refused, shrunk, refused }
    asked -= refused
    return row
  })
}
