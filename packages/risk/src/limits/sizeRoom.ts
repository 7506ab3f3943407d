import {
  approve,
  formatMoney,
  type Instrument,
  type OrderRequest,
  type RiskReason,
  type Verdict,
} from '@astertrade/core'
import { million } from './limitRatio.js'
import { lotsOf } from './lotsOf.js'

/** How much of something an order may take, in exact money: amounts are units of 1e-18, times a million, so that parts per million stay whole. */
export interface SizeRoom {
  /** The limit. */
  readonly cap: bigint
  /** What is taken already. */
  readonly held: bigint
  /** Factor on the room in whole parts per million. */
  readonly scale: bigint
  /** What one lot takes, above 0. */
  readonly perLot: bigint
  /** Lots that take nothing, since they only make up for what is counted already. */
  readonly freeLots: number
}

/** Whole lots that fit into a room. */
export function lotsWithin({ cap, held, scale, perLot, freeLots }: SizeRoom): bigint {
  const room = cap - held
  const fitting = room > 0n ? (room * scale) / (perLot * million) : 0n
  return BigInt(freeLots) + fitting
}

/** What may be taken in all, as text. */
function limitOf({ cap, held, scale }: SizeRoom): string {
  const room = cap - held
  return formatMoney((room > 0n ? held + (room * scale) / million : cap) / million)
}

/**
 * The verdict on an order in a room: it passes whole, shrinks to the lots that fit, or is refused where none does.
 *
 * The code is `DE_RISK` where the room without its factor would let it pass, or would not refuse it.
 */
export function fitInto(
  room: SizeRoom,
  order: OrderRequest,
  instrument: Instrument,
  reason: Omit<RiskReason, 'limit'>,
): Verdict {
  const { lot } = instrument
  const wanted = lotsOf(order, instrument)
  const lots = lotsWithin(room)
  if (lots >= wanted) return approve
  const whole = room.scale < million ? lotsWithin({ ...room, scale: million }) : lots
  const isScaled = whole >= wanted || (lots <= 0n && whole > 0n)
  const why: RiskReason = { ...reason, limit: limitOf(room), ...(isScaled && { code: 'DE_RISK' }) }
  if (lots <= 0n) return { kind: 'refuse', reason: why }
  return { kind: 'shrink', quantity: instrument.quantity((Number(lots) * lot.step) / lot.scale), reason: why }
}
