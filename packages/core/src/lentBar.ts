import type { Bar } from './bar.js'
import { InvariantError } from './errors.js'
import type { InstrumentId } from './instrument.js'
import type { Duration, Timestamp } from './time.js'

/** A bar that can be read until it is taken back. */
export interface LentBar extends Bar {
  takeBack(): void
}

/**
 * Lends a bar for one call: reading it afterwards throws, which finds strategies that keep a bar. For tests and development.
 *
 * @throws InvariantError with code `BAR_KEPT` when it is read after `takeBack`.
 */
export function lendBar(bar: Bar): LentBar {
  return new ReadOnlyBar(bar)
}

/** Its name stands in the message of whoever writes to it. */
class ReadOnlyBar implements LentBar {
  readonly kind = 'bar'
  readonly slot: number | undefined
  #bar: Bar | undefined
  private readonly id: InstrumentId

  constructor(bar: Bar) {
    this.#bar = bar
    this.id = bar.instrument
    this.slot = bar.slot
  }

  takeBack(): void {
    this.#bar = undefined
  }

  #read(): Bar {
    if (this.#bar !== undefined) return this.#bar
    throw new InvariantError(`A bar of ${this.id} was read after the call that it was lent to.`, {
      code: 'BAR_KEPT',
      hints: ['Keep numbers such as bar.close, or a copy: snapshotBar(bar).'],
    })
  }

  get instrument(): InstrumentId {
    return this.#read().instrument
  }
  get interval(): Duration | undefined {
    return this.#read().interval
  }
  get time(): Timestamp {
    return this.#read().time
  }
  get open(): number {
    return this.#read().open
  }
  get high(): number {
    return this.#read().high
  }
  get low(): number {
    return this.#read().low
  }
  get close(): number {
    return this.#read().close
  }
  get volume(): number {
    return this.#read().volume
  }
}
