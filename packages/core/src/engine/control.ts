import { InvariantError } from '../errors.js'
import type { ControlEvent } from '../events.js'
import { depositMoney } from '../ledger.js'
import { copyLimbs, limbsToMoney, limbsToNumber, setMoney } from '../limbs.js'
import type { Money } from '../money.js'
import type { Timestamp } from '../time.js'
import { hear } from './hear.js'
import type { Kernel } from './kernel.js'
import { modeForbids } from './modeForbids.js'
import { dayStart, equityNow, highWaterMark } from './state.js'
import { applyModes, endTrip, flatten } from './trips.js'

/** Takes a fact about the world around the engine. */
export function onControl(kernel: Kernel, event: ControlEvent): void {
  switch (event.kind) {
    case 'started':
      kernel.run = event.run
      kernel.epoch = event.epoch
      kernel.orderCount = 0
      kernel.placedCount = 0
      kernel.reviewCount = 0
      return
    case 'mode':
      kernel.operatorMode = event.mode
      kernel.operatorCode = event.code ?? modeForbids
      applyModes(kernel)
      return
    case 'flattened':
      flatten(kernel)
      return
    case 'acknowledged':
      acknowledge(kernel, event.code, event.time)
      return
    case 'noted':
      hear(kernel, event)
      return
    case 'transfer':
      transfer(kernel, event.amount)
      return
    case 'gap':
    case 'recovered':
      kernel.slots[kernel.slotIndex(event.instrument)]!.hasGap = event.kind === 'gap'
      return
    case 'disconnected':
    case 'reconnected':
      for (const slot of kernel.slots) {
        if (slot.instrument.id.endsWith(`.${event.venue}`)) slot.isAway = event.kind === 'disconnected'
      }
      return
    case 'timer':
      return
    default:
      unknownKind(event)
  }
}

function unknownKind(event: { readonly kind: unknown }): never {
  throw new InvariantError(`The engine does not know events of kind ${JSON.stringify(event.kind)}.`, {
    code: 'UNKNOWN_EVENT',
    hints: ['The type Event lists the kinds.'],
  })
}

function acknowledge(kernel: Kernel, code: string, time: Timestamp): void {
  const trip = kernel.trips.get(code)
  if (trip === undefined) return
  const { until, notBefore } = trip
  if (until === 'operator' && notBefore !== undefined && time < notBefore) {
    kernel.trips.set(code, { ...trip, until: notBefore })
    return
  }
  // An operator who lifts a halt starts the drawdown anew from what is left.
  if (until === 'operator' && trip.mode === 'halted') rebaseHighWaterMark(kernel)
  endTrip(kernel, code, time)
}

function rebaseHighWaterMark(kernel: Kernel): void {
  kernel.valueExactly()
  copyLimbs(kernel.exact, highWaterMark, kernel.exact, equityNow)
  kernel.highWaterMarkNear = limbsToNumber(kernel.exact, highWaterMark)
  kernel.watchStale = true
}

/** Books the flow and scales both marks by the change of value, as a fund's value per unit would stay. */
function transfer(kernel: Kernel, amount: Money): void {
  kernel.valueExactly()
  const before = limbsToMoney(kernel.exact, equityNow)
  depositMoney(kernel.ledger, amount)
  const after = before + amount
  for (const mark of [highWaterMark, dayStart]) {
    const old = limbsToMoney(kernel.exact, mark)
    setMoney(kernel.exact, mark, (before > 0n && after > 0n ? (old * after) / before : after) as Money)
  }
  kernel.highWaterMarkNear = limbsToNumber(kernel.exact, highWaterMark)
  kernel.watchStale = true
  kernel.dayStartNear = limbsToNumber(kernel.exact, dayStart)
}
