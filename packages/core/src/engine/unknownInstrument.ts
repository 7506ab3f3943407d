import { ConfigError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'

/** The error for an instrument that no series and no grid stands for. */
export function unknownInstrument(id: InstrumentId | undefined, known: Iterable<InstrumentId>): ConfigError {
  const message = id === undefined ? 'No instrument was named.' : `The engine does not know the instrument "${id}".`
  return new ConfigError(message, { code: 'UNKNOWN_INSTRUMENT', hints: [`Known are ${[...known].join(', ')}.`] })
}
