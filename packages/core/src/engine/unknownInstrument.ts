import { InvariantError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'

/** The error for an instrument that no series and no grid stands for. */
export function unknownInstrument(id: InstrumentId, known: Iterable<InstrumentId>): InvariantError {
  return new InvariantError(`The engine does not know the instrument "${id}".`, {
    hints: [`Known are ${[...known].join(', ')}.`],
  })
}
