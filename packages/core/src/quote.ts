import type { InstrumentId } from './instrument.js'
import type { Timestamp } from './time.js'

/** Best bid and ask of one moment. */
export interface Quote {
  readonly kind: 'quote'
  readonly instrument: InstrumentId
  readonly time: Timestamp
  readonly bid: number
  readonly ask: number
  /** Size at the bid in base units, where the venue tells it. */
  readonly bidSize?: number
  readonly askSize?: number
}
