import { createHasher } from '@astertrade/core'
import { FeatureSet, type IndicatorDefinition, registry } from '@astertrade/indicators'
import { barFeatureNames } from './barFeatures.js'
import { calendarFeatureNames } from './calendarFeatures.js'
import type { FeatureSpec } from './featureSpec.js'
import { type Stationary, stationaryOf } from './stationary.js'

/** Bars that mean volume and mean range are taken over. */
export const meanBars = 100

/** Version of what the columns mean: it changes with any number they give. */
const codeVersion = 1

/** A choice of features worked out: what is in which column. */
export interface FeaturePlan {
  readonly spec: FeatureSpec
  readonly definitions: readonly IndicatorDefinition[]
  /** Transform of each indicator's column; the bar's and the calendar's columns follow them. */
  readonly transforms: readonly Stationary[]
  readonly names: readonly string[]
  /** SHA-256 of names with their parameters, transforms, and the version of this code, in lower-case hex. */
  readonly schema: string
}

/** Works out a choice of features. */
export function planFeatures(spec: FeatureSpec): FeaturePlan {
  const definitions = spec.indicators.map((id) => registry[id as keyof typeof registry] as IndicatorDefinition)
  const transforms = definitions.flatMap((definition) =>
    (spec.columns === 'all' ? definition.outputs : [definition.primary]).map((output) =>
      stationaryOf(definition, output),
    ),
  )
  const names = [
    ...(definitions.length > 0 ? new FeatureSet(definitions, { columns: spec.columns }).names : []),
    ...(spec.groups.includes('bar') ? barFeatureNames : []),
    ...(spec.groups.includes('calendar') ? calendarFeatureNames : []),
  ]
  const schema = createHasher().json({ names, transforms, meanBars, codeVersion }).digest()
  return { spec, definitions, transforms, names, schema }
}
