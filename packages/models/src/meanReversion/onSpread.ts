import { type Bar, ConfigError, log } from '@astertrade/core'
import { abstention, type StreamingModel } from '../model.js'
import { joinState, splitState } from '../state.js'

/** Which spread a model reads. */
export interface OnSpreadOptions {
  /** Id of the instrument that is long in the spread. */
  readonly long: string
  /** Id of the one that is short. */
  readonly short: string
  /** Units of value of `short` against one of `long` (default 1). */
  readonly hedgeRatio?: number
}

const defaults = { hedgeRatio: 1 } as const

/**
 * Lets a model of bars read the spread of two instruments, `ln(long) - hedgeRatio ln(short)`, one bar for each time at which both have
 * closed. A direction of 1 means that `long` gains on `short`.
 *
 * Bars of the two may come in any order; a bar that finds no partner of its own time is passed over. Until the first pair, and after a
 * bar without a price above 0, it abstains.
 *
 * @param create - Makes the model, fresh each time.
 * @throws ConfigError `BAD_PARAMETER` if both ids are the same or the ratio is not above 0.
 * @example
 * const model = onSpread(() => meanReversion(), { long: 'ETH-USDT.binance', short: 'BTC-USDT.binance', hedgeRatio: 1.2 })
 */
export function onSpread(create: () => StreamingModel, options: OnSpreadOptions): StreamingModel {
  const { long, short, hedgeRatio } = { ...defaults, ...options }
  checkOptions({ long, short, hedgeRatio })
  const inner = create()
  const id = `onSpread(${inner.id}, ${long} - ${hedgeRatio} ${short})`
  const bad = abstention('spread', 'nan', 'a leg has a price that is not above 0')
  /** Close and time of the last bar of each leg. */
  const legs = Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY, Number.NaN, Number.NEGATIVE_INFINITY)
  const take = (bar: Bar): void => {
    const at = bar.instrument === long ? 0 : 2
    if (!(bar.time > legs[at + 1]!)) return
    legs[at] = bar.close > 0 && bar.close < Number.POSITIVE_INFINITY ? bar.close : Number.NaN
    legs[at + 1] = bar.time
    if (legs[1] !== legs[3]) return
    const close = log(legs[0]!) - hedgeRatio * log(legs[2]!)
    const { kind, instrument, time } = bar
    inner.update({ kind, instrument, time, open: close, high: close, low: close, close, volume: 0 })
  }
  return {
    id,
    get horizon() {
      return inner.horizon
    },
    warmup: inner.warmup,
    schema: '',
    update(event) {
      if (event.kind === 'bar' && (event.instrument === long || event.instrument === short)) take(event)
    },
    predict: (row) => (Number.isNaN(legs[0]! + legs[2]!) && legs[1]! > 0 && legs[3]! > 0 ? bad : inner.predict(row)),
    clone() {
      const copy = onSpread(create, options)
      copy.restore(joinState(id, [legs, inner.snapshot()]))
      return copy
    },
    snapshot: () => joinState(id, [legs, inner.snapshot()]),
    restore(state) {
      const [own, rest] = splitState(id, [legs, inner.snapshot()], state)
      inner.restore(rest!)
      legs.set(own!)
    },
  }
}

function checkOptions({ long, short, hedgeRatio }: Required<OnSpreadOptions>): void {
  if (long === short || long === '' || short === '') {
    throw new ConfigError(`A spread of "${long}" and "${short}" is none.`, {
      code: 'BAD_PARAMETER',
      hints: ['Name two instruments.'],
    })
  }
  if (!(hedgeRatio > 0 && hedgeRatio < Number.POSITIVE_INFINITY)) {
    throw new ConfigError(`hedgeRatio "${hedgeRatio}" of onSpread is out of range.`, {
      code: 'BAD_PARAMETER',
      hints: ['Above 0, such as 1.'],
    })
  }
}
