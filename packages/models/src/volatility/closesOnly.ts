import type { StreamingModel } from '../model.js'

/**
 * Lets a model see the closes of bars alone: one that was trained on closes would else meet realised variances of another kind, which
 * ranges make smaller than squared returns.
 */
export function closesOnly(model: StreamingModel): StreamingModel {
  return {
    id: model.id,
    get horizon() {
      return model.horizon
    },
    warmup: model.warmup,
    schema: model.schema,
    update(event) {
      if (event.kind !== 'bar') return model.update(event)
      const { close } = event
      model.update({ ...event, open: close, high: close, low: close })
    },
    predict: (row) => model.predict(row),
    clone: () => closesOnly(model.clone() as StreamingModel),
    snapshot: () => model.snapshot(),
    restore: (state) => model.restore(state),
  }
}
