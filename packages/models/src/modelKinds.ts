import { ConfigError } from '@astertrade/core'
import type { Json } from './artifact.js'
import { barRows } from './barRows.js'
import { classifier } from './classifier/classifier.js'
import type { Dataset } from './dataset.js'
import type { FeatureSpec } from './features/featureSpec.js'
import type { ModelKind } from './modelKind.js'
import { flowDataset } from './orderFlow/flowDataset.js'
import { orderFlowKind } from './orderFlow/orderFlowKind.js'
import { orderFlowSettings } from './orderFlow/orderFlowOptions.js'
import { ppo } from './ppo/ppo.js'
import type { TrainData, TrainSpec } from './trainSpec.js'
import { volatilityKind } from './volatility/volatilityKind.js'

/** A kind of model that `trainJob` trains and `loadModel` loads. */
export interface TrainableKind {
  readonly model: ModelKind<never>
  /** Parameters that have no default in `model.defaults`, each with a value that it could have. */
  readonly optional?: Readonly<Record<string, Json>>
  /** Whether what is loaded reads rows of features, or lives on events by itself. */
  readonly reads: 'features' | 'events'
  /** What `rowsOf` takes: bars, or trades and quotes in time order. */
  readonly trainedOn: 'bars' | 'trades'
  /** Makes the rows to train on, and says of which features they are. */
  rowsOf(spec: TrainSpec, data: TrainData, synthetic?: Uint8Array): Dataset & { readonly spec?: FeatureSpec }
}

/** Rows of single bars, one after another. */
const plainRows = { features: { groups: ['bar'] }, labels: { kind: 'forwardReturn', bars: 1, flat: 0.01 } } as const

/** The kinds of models that learn from data of the past, by their name in a manifest. */
export const modelKinds: Readonly<Record<string, TrainableKind>> = {
  classifier: {
    model: classifier as ModelKind<never>,
    reads: 'features',
    trainedOn: 'bars',
    rowsOf: (spec, data, synthetic) => barRows(spec, data, { synthetic }),
  },
  ppo: {
    model: ppo as ModelKind<never>,
    reads: 'features',
    trainedOn: 'bars',
    rowsOf: (spec, data, synthetic) => barRows(spec, data, { synthetic }),
  },
  volatility: {
    model: volatilityKind as ModelKind<never>,
    reads: 'events',
    trainedOn: 'bars',
    rowsOf: (spec, data, synthetic) => barRows(spec, data, { defaults: plainRows, synthetic }),
  },
  orderFlow: {
    model: orderFlowKind as ModelKind<never>,
    optional: /* @__PURE__ */ flowOptions(),
    reads: 'events',
    trainedOn: 'trades',
    rowsOf(spec, data) {
      const { validFor: _, ...options } = { ...spec.params }
      if (!('close' in data)) return flowDataset(data, options)
      throw new ConfigError('Order flow is trained on trades and quotes, not on bars.', {
        code: 'BAD_DATASET',
        hints: ['Give a list of events in time order. On bars it learns as it goes: orderFlow({ source: "bars" }).'],
      })
    },
  },
}

/** The options of order flow on trades, as they are where none is given. */
function flowOptions(): Readonly<Record<string, Json>> {
  const { source: _, ...options } = orderFlowSettings({})
  return options
}
