import { nearest } from '../nearest.js'
import type { OrderType, Side, TimeInForce, TriggerSource } from '../order.js'
import type { OrderIntent } from '../strategy.js'
import { badIntent } from './badIntent.js'
import { checkGroup } from './checkGroup.js'
import { checkStop } from './checkStop.js'
import { hasLimit, hasTrigger, orderTypeFields } from './orderTypeFields.js'
import type { StrategyState } from './state.js'
import { unknownInstrument } from './unknownInstrument.js'

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

/** The type of an order: `limit` where only a limit is given. */
export function orderTypeOf({ type, limit }: OrderIntent): OrderType {
  return type ?? (limit === undefined ? 'market' : 'limit')
}

/**
 * Checks an order intent as a whole, what follows its fill included, before anything is ordered.
 *
 * @throws ConfigError with code `BAD_INTENT` that names the strategy and what is wrong.
 */
export function checkIntent(state: StrategyState, intent: OrderIntent, type: OrderType): void {
  // Without an array of the keys: this runs for every market order too.
  for (const key in intent) if (!keys.has(key)) throw unknownKey(state, key)
  const { side, timeInForce, triggerSource } = intent
  if (side !== 'buy' && side !== 'sell') throw unknownValue(state, 'side', side, sides)
  if (!Object.hasOwn(orderTypeFields, type)) throw unknownValue(state, 'type', type, orderTypeFields)
  if (timeInForce !== undefined && !Object.hasOwn(timesInForce, timeInForce))
    throw unknownValue(state, 'timeInForce', timeInForce, timesInForce)
  if (triggerSource !== undefined && !Object.hasOwn(triggerSources, triggerSource))
    throw unknownValue(state, 'triggerSource', triggerSource, triggerSources)
  if (type === 'market' && isBare(intent)) return
  checkFields(state, intent, type)
  checkNumbers(state, intent)
  checkFlags(state, intent, type)
  if (intent.group !== undefined) checkGroup(state, intent.group)
  if (intent.afterFill !== undefined) checkChildren(state, intent.afterFill)
}

/** True for a size and nothing else that could be wrong, as most market orders are. */
function isBare(intent: OrderIntent): boolean {
  const { quantity, limit, trigger, trail, limitOffset, displayQuantity, expiresAt, stop, reduceOnly } = intent
  const hasNoLevel = limit === undefined && trigger === undefined && trail === undefined && stop === undefined
  const hasNoDetail = limitOffset === undefined && displayQuantity === undefined && expiresAt === undefined
  return (
    hasNoLevel &&
    hasNoDetail &&
    Number.isFinite(quantity) &&
    quantity >= 0 &&
    (reduceOnly === undefined || reduceOnly === true) &&
    intent.timeInForce === undefined &&
    intent.postOnly === undefined &&
    intent.closePosition === undefined &&
    intent.group === undefined &&
    intent.afterFill === undefined
  )
}

function checkFields(state: StrategyState, intent: OrderIntent, type: OrderType): void {
  const fields = orderTypeFields[type]
  for (const field of fields) {
    if (intent[field] === undefined || intent[field] === null)
      throw badIntent(`A ${type} order of strategy "${state.name}" has no ${field}.`)
  }
  for (const field of ['limit', 'trigger', 'trail'] as const) {
    if (intent[field] !== undefined && !fields.includes(field)) {
      throw badIntent(`A ${type} order of strategy "${state.name}" has a ${field}, which it does not use.`, [
        "A stop with a limit is a 'stopLimit', a touched level with a limit a 'limitIfTouched'.",
      ])
    }
  }
}

function checkNumbers(state: StrategyState, intent: OrderIntent): void {
  const { quantity, stop, trail } = intent
  if (!(Number.isFinite(quantity) && quantity >= 0))
    throw badIntent(`Strategy "${state.name}" ordered a quantity of ${JSON.stringify(String(quantity))}.`, [
      'A finite number ≥ 0, in base units.',
    ])
  for (const field of ['limit', 'trigger', 'limitOffset', 'displayQuantity', 'expiresAt'] as const) {
    if (intent[field] !== undefined && !Number.isFinite(intent[field]))
      throw badIntent(`Strategy "${state.name}" gave "${intent[field]}" as ${field}.`)
  }
  if (stop !== undefined) checkStop(intent.instrument, stop)
  const distance = trail === undefined ? 1 : trailSize(trail)
  const most = trail?.kind === 'percent' ? 1 : Number.POSITIVE_INFINITY
  if (!(distance > 0 && distance < most)) throw badIntent(`Strategy "${state.name}" trails by "${distance}".`)
}

function trailSize(trail: NonNullable<OrderIntent['trail']>): number {
  return trail.kind === 'absolute'
    ? trail.distance
    : trail.kind === 'percent'
      ? trail.ratio
      : trail.multiple * trail.atr
}

function checkFlags(state: StrategyState, intent: OrderIntent, type: OrderType): void {
  for (const flag of ['postOnly', 'reduceOnly', 'closePosition'] as const) {
    if (intent[flag] !== undefined && typeof intent[flag] !== 'boolean')
      throw badIntent(`Strategy "${state.name}" gave "${String(intent[flag])}" as ${flag}.`, ['true or false.'])
  }
  if (intent.postOnly && !hasLimit(type)) {
    throw badIntent(`A ${type} order of strategy "${state.name}" is postOnly, but takes what it meets.`, [
      'Only an order with a limit can be a maker.',
    ])
  }
  const { timeInForce } = intent
  if ((timeInForce === 'atOpen' || timeInForce === 'atClose') && hasTrigger(type)) {
    throw badIntent(`A ${type} order of strategy "${state.name}" is ${timeInForce}, but waits for its trigger.`, [
      "A triggered order meets the market at once: use 'gtc', 'ioc' or 'fok'.",
    ])
  }
}

function checkChildren(state: StrategyState, children: unknown): void {
  if (!Array.isArray(children)) {
    throw badIntent(`Strategy "${state.name}" gave "${String(children)}" as afterFill, which is no list of orders.`, [
      'afterFill: [sell(id, quantity, { limit })]',
    ])
  }
  for (const child of children as readonly (Partial<OrderIntent> | null | undefined)[]) {
    if (child?.kind !== 'order') {
      throw badIntent(`An afterFill of strategy "${state.name}" holds ${JSON.stringify(child)}, which is no order.`, [
        'Use buy() or sell().',
      ])
    }
    const order = child as OrderIntent
    const ids = state.books.map(({ slot }) => slot.instrument.id)
    if (!ids.includes(order.instrument)) throw unknownInstrument(order.instrument, ids)
    checkIntent(state, order, orderTypeOf(order))
  }
}

function unknownKey(state: StrategyState, key: string): Error {
  const meant = nearest(key, [...keys])
  return badIntent(`An order of strategy "${state.name}" has the unknown key "${key}".`, [
    meant === undefined ? `Known are ${[...keys].join(', ')}.` : `Did you mean "${meant}"?`,
  ])
}

function unknownValue(state: StrategyState, key: string, value: unknown, allowed: object): Error {
  return badIntent(`Strategy "${state.name}" used the unknown order ${key} "${String(value)}".`, [
    `One of ${Object.keys(allowed).join(', ')}.`,
  ])
}
