import { type Bars, ConfigError } from '@astertrade/core'
import { type BarDataset, buildDataset } from './features/buildDataset.js'
import type { BarLabels } from './labels/barLabels.js'
import { forwardReturn } from './labels/forwardReturn.js'
import { tripleBarrier } from './labels/tripleBarrier.js'
import type { LabelSpec, TrainData, TrainSpec } from './trainSpec.js'

/** Rows of bars for a spec; what it leaves out is taken from `defaults`. */
export function barRows(
  spec: TrainSpec,
  data: TrainData,
  options: { readonly synthetic?: Uint8Array | undefined; readonly defaults?: Pick<TrainSpec, 'features' | 'labels'> },
): BarDataset {
  if (!('close' in data)) {
    throw new ConfigError(`A ${spec.kind} is trained on bars, not on a list of ${data.length} events.`, {
      code: 'BAD_DATASET',
      hints: ['Give bars as columns, such as barsOf(list, interval).'],
    })
  }
  const { synthetic, defaults = {} } = options
  const features = spec.features ?? defaults.features
  const labels = spec.labels ?? defaults.labels ?? { kind: 'tripleBarrier' }
  return buildDataset(data, {
    labels: labelsOf(data, labels),
    ...(features ? { features } : {}),
    ...(synthetic ? { synthetic } : {}),
  })
}

function labelsOf(bars: Bars, spec: LabelSpec): BarLabels {
  switch (spec.kind) {
    case 'tripleBarrier': {
      const { kind: _, ...options } = spec
      return tripleBarrier(bars, options)
    }
    case 'forwardReturn': {
      const { kind: _, ...options } = spec
      return forwardReturn(bars, options)
    }
    default:
      throw new ConfigError(`There is no kind of labels "${(spec satisfies never as LabelSpec).kind}".`, {
        code: 'UNKNOWN_KIND',
        hints: ['Known are tripleBarrier, forwardReturn.'],
      })
  }
}
