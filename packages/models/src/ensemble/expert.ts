import type { StreamingModel } from '../model.js'

/** A model with a voice in an ensemble. */
export interface Expert {
  /** Short and unique in the ensemble, such as `trend`. */
  readonly name: string
  readonly model: StreamingModel
  /** In `shadow` it is asked and judged like the others and has no weight (default `live`). */
  readonly stage?: 'live' | 'shadow'
}
