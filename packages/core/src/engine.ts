import type { Command } from './command.js'
import { createKernel } from './engine/createKernel.js'
import type { DefaultStopOptions } from './engine/defaultStop.js'
import type { EngineObserver } from './engine/observer.js'
import type { Event } from './events.js'
import type { Instrument } from './instrument.js'
import { type Books, booksOf } from './ledger.js'
import type { RiskRule, RiskView, Sizer } from './risk.js'
import type { PositionView, StrategyDefinition } from './strategy.js'

/** A strategy with its share of the account. */
export interface StrategyAllocation {
  // biome-ignore lint/suspicious/noExplicitAny: a list holds strategies of different parameters; each is checked against its own.
  readonly strategy: StrategyDefinition<any>
  /** Changes to its default parameters. */
  readonly params?: object
  /** Share of equity it may use; all shares sum to at most 1. */
  readonly allocation: number
}

/** What an engine is made of. */
export interface EngineOptions {
  readonly instruments: readonly Instrument[]
  readonly strategies: readonly StrategyAllocation[]
  /** Opening deposit as decimal text. */
  readonly cash: string
  /** Limits, asked in this order after the engine's own. */
  readonly rules?: readonly RiskRule[]
  /** Turns exposure into base units (default: exposure times budget over price). */
  readonly sizer?: Sizer
  /** Cost of an entry as a ratio of its value, kept aside when a target is sized (default 0). */
  readonly costs?: number
  /** Whether a target is sized at the last price, or waits for the next opening (default `atDecision`). */
  readonly targets?: 'atDecision' | 'atOpen'
  /** Protective stop of an entry whose intent names none (default `'none'`). */
  readonly defaultStop?: DefaultStopOptions
  readonly observer?: EngineObserver
  /** Ended orders kept in mind, so that a fill told twice is booked once (default 4096). */
  readonly endedKept?: number
}

/** The trading engine: a synchronous machine from facts to commands. */
export interface Engine {
  /**
   * Takes one fact and answers what should be asked of venues; an empty answer is one shared array.
   *
   * @throws InvariantError if time goes back, a price is not finite, or the books do not balance.
   */
  step(event: Event): readonly Command[]
  /** What rules see. */
  readonly view: RiskView
  /** The exact books. */
  books(): Books
  /** Positions by strategy name and instrument id. */
  positions(): readonly (PositionView & { readonly strategy: string; readonly instrument: string })[]
}

/**
 * Makes an engine. The same options and events give the same commands, byte for byte.
 *
 * @throws ConfigError if an instrument or name appears twice, a parameter is unknown, or the allocations exceed 1.
 * @example
 * const engine = createEngine({ instruments: [btc], strategies: [{ strategy: hold, allocation: 1 }], cash: '10000' })
 * engine.step({ kind: 'bar', instrument: btc.id, time, open: 1, high: 1, low: 1, close: 1, volume: 1 }) // => [{ kind: 'place', … }]
 */
export function createEngine(options: EngineOptions): Engine {
  const kernel = createKernel(options)
  return {
    step: (event) => kernel.step(event),
    view: kernel.riskView,
    books: () => booksOf(kernel.ledger),
    positions: () =>
      kernel.strategies.flatMap(({ name, view }) =>
        options.instruments.map(({ id }) => ({ strategy: name, instrument: id, ...view.position(id) })),
      ),
  }
}
