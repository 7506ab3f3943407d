import { abstention, type StreamingModel } from '../model.js'
import { joinState, splitState } from '../state.js'

/** A model that is not there: it keeps its place in an ensemble and says why it is empty. */
export function absentModel(name: string, why: string): StreamingModel {
  const id = `absent(${name})`
  const silence = abstention(name, 'cold', why)
  return {
    id,
    horizon: Number.POSITIVE_INFINITY,
    warmup: Number.MAX_SAFE_INTEGER,
    schema: '',
    update: () => {},
    predict: () => silence,
    clone: () => absentModel(name, why),
    snapshot: () => joinState(id, []),
    restore(state) {
      splitState(id, [], state)
    },
  }
}
