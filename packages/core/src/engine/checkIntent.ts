import { InvariantError } from '../errors.js'
import { nearest } from '../nearest.js'
import type { OrderType, Side, TimeInForce, TriggerSource } from '../order.js'
import type { OrderIntent } from '../strategy.js'
import type { StrategyState } from './state.js'

/** Needs of each type, checked before anything is ordered. */
const needs: Readonly<
  Record<OrderType, readonly ('limit' | 'trigger' | 'trail' | 'limitOffset' | 'displayQuantity')[]>
> = {
  market: [],
  limit: ['limit'],
  stop: ['trigger'],
  stopLimit: ['trigger', 'limit'],
  trailingStop: ['trail'],
  trailingStopLimit: ['trail', 'limitOffset'],
  marketIfTouched: ['trigger'],
  limitIfTouched: ['trigger', 'limit'],
  marketToLimit: [],
  iceberg: ['limit', 'displayQuantity'],
}

const keys: ReadonlySet<string> = new Set(
  Object.keys({
    kind: true,
    instrument: true,
    side: true,
    quantity: true,
    type: true,
    limit: true,
    trigger: true,
    triggerSource: true,
    trail: true,
    limitOffset: true,
    timeInForce: true,
    expiresAt: true,
    postOnly: true,
    reduceOnly: true,
    closePosition: true,
    displayQuantity: true,
    group: true,
    stop: true,
    afterFill: true,
  } satisfies Record<keyof OrderIntent, true>),
)

const sides: Readonly<Record<Side, true>> = { buy: true, sell: true }
const timesInForce: Readonly<Record<TimeInForce, true>> = {
  gtc: true,
  gtd: true,
  day: true,
  ioc: true,
  fok: true,
  atOpen: true,
  atClose: true,
}
const triggerSources: Readonly<Record<TriggerSource, true>> = { last: true, mark: true, index: true, bidAsk: true }

/**
 * Checks an order intent as a whole, before anything is ordered.
 *
 * @throws InvariantError with code `BAD_INTENT` that names the strategy and what is wrong.
 */
export function checkIntent(state: StrategyState, intent: OrderIntent, type: OrderType): void {
  // Without an array of the keys: this runs for every market order too.
  for (const key in intent) if (!keys.has(key)) unknownKey(state, key)
  const { side, timeInForce, triggerSource } = intent
  if (side !== 'buy' && side !== 'sell') unknownValue(state, 'side', side, sides)
  if (!Object.hasOwn(needs, type)) unknownValue(state, 'type', type, needs)
  if (timeInForce !== undefined && !Object.hasOwn(timesInForce, timeInForce))
    unknownValue(state, 'timeInForce', timeInForce, timesInForce)
  if (triggerSource !== undefined && !Object.hasOwn(triggerSources, triggerSource))
    unknownValue(state, 'triggerSource', triggerSource, triggerSources)
  checkFields(state, intent, type)
  checkNumbers(state, intent)
}

function checkFields(state: StrategyState, intent: OrderIntent, type: OrderType): void {
  const fields = needs[type]
  for (const field of fields) {
    if (intent[field] === undefined) {
      throw new InvariantError(`A ${type} order of strategy "${state.name}" has no ${field}.`, { code: 'BAD_INTENT' })
    }
  }
  for (const field of ['limit', 'trigger', 'trail'] as const) {
    if (intent[field] !== undefined && !fields.includes(field)) {
      throw new InvariantError(`A ${type} order of strategy "${state.name}" has a ${field}, which it does not use.`, {
        code: 'BAD_INTENT',
        hints: ["A stop with a limit is a 'stopLimit', a touched level with a limit a 'limitIfTouched'."],
      })
    }
  }
}

function checkNumbers(state: StrategyState, intent: OrderIntent): void {
  if (!(intent.quantity >= 0 && intent.quantity < Number.POSITIVE_INFINITY)) {
    throw new InvariantError(`Strategy "${state.name}" ordered a quantity of "${intent.quantity}".`, {
      code: 'BAD_INTENT',
    })
  }
  for (const field of ['limit', 'trigger', 'limitOffset', 'displayQuantity', 'expiresAt'] as const) {
    if (intent[field] !== undefined && !Number.isFinite(intent[field])) {
      throw new InvariantError(`Strategy "${state.name}" gave "${intent[field]}" as ${field}.`, { code: 'BAD_INTENT' })
    }
  }
  const distance = intent.trail === undefined ? 1 : trailSize(intent.trail)
  const most = intent.trail?.kind === 'percent' ? 1 : Number.POSITIVE_INFINITY
  if (!(distance > 0 && distance < most)) {
    throw new InvariantError(`Strategy "${state.name}" trails by "${distance}".`, { code: 'BAD_INTENT' })
  }
}

function trailSize(trail: NonNullable<OrderIntent['trail']>): number {
  return trail.kind === 'absolute'
    ? trail.distance
    : trail.kind === 'percent'
      ? trail.ratio
      : trail.multiple * trail.atr
}

function unknownKey(state: StrategyState, key: string): never {
  const meant = nearest(key, [...keys])
  throw new InvariantError(`An order of strategy "${state.name}" has the unknown key "${key}".`, {
    code: 'BAD_INTENT',
    hints: [meant === undefined ? `Known are ${[...keys].join(', ')}.` : `Did you mean "${meant}"?`],
  })
}

function unknownValue(state: StrategyState, key: string, value: unknown, allowed: object): never {
  throw new InvariantError(`Strategy "${state.name}" used the unknown order ${key} "${value}".`, {
    code: 'BAD_INTENT',
    hints: [`One of ${Object.keys(allowed).join(', ')}.`],
  })
}
