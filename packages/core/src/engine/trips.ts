import type { Mode } from '../events.js'
import type { Alarm, RiskMemory, RiskRule, RiskView, Trip } from '../risk.js'
import { RuleError } from '../ruleError.js'
import type { Timestamp } from '../time.js'
import { keepState } from './keepState.js'
import type { Kernel } from './kernel.js'
import { placeExit, requestCancel } from './place.js'
import type { Book } from './state.js'

const strictness: Readonly<Record<Mode, number>> = { normal: 0, reduceOnly: 1, cancelOnly: 2, halted: 3 }

/** A memory with its present state and alarm. */
export interface KeptMemory {
  readonly memory: RiskMemory
  state: unknown
  alarm: Alarm
}

/** The stricter of two modes. */
export function strictest(a: Mode, b: Mode): Mode {
  return strictness[a] >= strictness[b] ? a : b
}

/** Asks every memory whose alarm rings and every watching rule; a trip acts once and is kept until it ends. */
export function runWatches(kernel: Kernel): void {
  const { rules } = kernel
  if (kernel.memories.length > 0) runMemories(kernel)
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index]!
    if (rule.watch === undefined || hasTripped(kernel, rule.name)) continue
    const trip = watch(kernel, rule)
    if (trip !== undefined && !kernel.trips.has(trip.reason.code)) startTrip(kernel, trip)
  }
}

function watch(kernel: Kernel, rule: RiskRule): Trip | undefined {
  try {
    return rule.watch?.(kernel.riskView)
  } catch (error) {
    throw new RuleError('Rule', rule.name, error)
  }
}

function runMemories(kernel: Kernel): void {
  const equity = kernel.equityNear()
  for (const kept of kernel.memories) {
    const { below, above, at } = kept.alarm
    if (equity > below && equity < above && kernel.now < at) continue
    keepState(kernel, kept, kept.memory.next(kept.state, kernel.riskView))
  }
}

/** When a watching rule or a memory may have something to say; at every close when one of them does not know. */
export function nextAlarm(kernel: Kernel): Alarm {
  let below = Number.NEGATIVE_INFINITY
  let above = Number.POSITIVE_INFINITY
  let at = Number.POSITIVE_INFINITY
  for (const rule of kernel.rules) {
    if (rule.watch === undefined) continue
    below = Math.max(below, rule.watchBelow?.(kernel.riskView) ?? Number.POSITIVE_INFINITY)
  }
  for (const { alarm } of kernel.memories) {
    below = Math.max(below, alarm.below)
    above = Math.min(above, alarm.above)
    at = Math.min(at, alarm.at)
  }
  return { below, above, at }
}

/** The memories of the rules, each name once, as they are before anything happened. */
export function startMemories(rules: readonly RiskRule[], view: RiskView): KeptMemory[] {
  const kept = new Map<string, KeptMemory>()
  for (const { memory } of rules) {
    if (memory === undefined || kept.has(memory.name)) continue
    const state = memory.start(view)
    kept.set(memory.name, { memory, state, alarm: memory.alarm(state) })
  }
  return [...kept.values()]
}

function hasTripped(kernel: Kernel, rule: string): boolean {
  if (kernel.trips.size === 0) return false
  for (const { reason } of kernel.trips.values()) if (reason.rule === rule) return true
  return false
}

function startTrip(kernel: Kernel, trip: Trip): void {
  kernel.trips.set(trip.reason.code, trip)
  kernel.observer.onTrip?.(trip, kernel.now)
  applyModes(kernel)
  if (trip.flatten) flatten(kernel)
}

/** Sets the strictest mode in force; entries under way are taken back when entries are no longer allowed. */
export function applyModes(kernel: Kernel): void {
  let mode = kernel.operatorMode
  for (const trip of kernel.trips.values()) mode = strictest(mode, trip.mode)
  kernel.mode = mode
  if (mode !== 'normal') {
    for (const record of kernel.orders.list) if (!record.request.reduceOnly) requestCancel(kernel, record)
  }
}

/** Closes every position by reduce-only market orders; resting exits stay until the position is gone. */
export function flatten(kernel: Kernel): void {
  for (const state of kernel.strategies) for (const book of state.books) closeBook(kernel, book)
}

/** Closes what an entry opened that filled while its cancel was on the way, where an alarm wants no position at all. */
export function flattenLate(kernel: Kernel, book: Book): void {
  for (const trip of kernel.trips.values()) {
    if (!trip.flatten) continue
    closeBook(kernel, book)
    return
  }
}

function closeBook(kernel: Kernel, book: Book): void {
  const open = Math.abs(book.points) - book.pendingExit
  if (open > 0) placeExit(kernel, book, open, 'own')
}

/** Ends trips whose time is over. */
export function expireTrips(kernel: Kernel, time: Timestamp): void {
  for (const [code, trip] of kernel.trips) {
    if (trip.until !== 'operator' && time > trip.until) endTrip(kernel, code, trip.until)
  }
}

/** Ends one trip. */
export function endTrip(kernel: Kernel, code: string, time: Timestamp): void {
  if (!kernel.trips.delete(code)) return
  kernel.observer.onTripEnd?.(code, time)
  applyModes(kernel)
}
