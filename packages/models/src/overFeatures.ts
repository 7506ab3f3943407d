import { timestamp } from '@astertrade/core'
import { barFeed } from './barFeed.js'
import { joinModels, restoreModels } from './ensemble/joinModels.js'
import { featureRows } from './features/featureRows.js'
import type { FeatureOptions } from './features/featureSpec.js'
import type { FeatureRow, Model, StreamingModel } from './model.js'
import { joinState, splitState } from './state.js'

/**
 * Lets a model that reads features live on bars: each bar makes a row, and the model is asked with the last one.
 *
 * A row is asked about at any time until the horizon of the model has passed. Features other than those it was trained on make it
 * abstain with `schema`.
 *
 * @throws ConfigError `BAD_PARAMETER` if a feature is not known.
 * @example
 * const model = overFeatures(classifier.load(artifact), data.spec)
 * for (const bar of bars) model.update(bar)
 * model.predict(askAt(bars.at(-1).time)).reason // => 'classifier: up 41 %, down 33 %, right 53 %'
 */
export function overFeatures(model: Model, features: FeatureOptions = {}): StreamingModel {
  const rows = featureRows(features)
  const name = model.id.split('(')[0]!
  const id = `overFeatures(${model.id}, ${rows.schema.slice(0, 8)})`
  const warmup = Math.max(rows.warmup, model.warmup)
  const feed = barFeed(name)
  let row: FeatureRow = { time: timestamp(0), schema: rows.schema, values: new Float64Array(rows.names.length) }
  const parts = (): Float64Array[] => [feed.snapshot(), rows.snapshot(), Float64Array.of(row.time), row.values]
  return {
    id,
    get horizon() {
      return model.horizon
    },
    warmup,
    schema: '',
    update(event) {
      model.update?.(event)
      const bar = feed.take(event)
      if (bar !== undefined) row = rows.next(bar)
    },
    predict: ({ time }) => feed.refuse({ ...row, time }, warmup, model.horizon) ?? model.predict({ ...row, time }),
    clone() {
      const copy = overFeatures(model.clone(), features)
      copy.restore(joinModels(joinState(id, parts()), [model]))
      return copy
    },
    snapshot: () => joinModels(joinState(id, parts()), [model]),
    restore(state) {
      const like = parts()
      const { length } = joinState(id, like)
      const [seen, stream, time, values] = splitState(id, like, state.slice(0, length))
      restoreModels([model], state, length)
      feed.restore(seen!)
      rows.restore(stream!)
      row = { time: timestamp(time![0]!), schema: rows.schema, values: values! }
    },
  }
}
