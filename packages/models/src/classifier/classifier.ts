import type { ModelKind } from '../modelKind.js'
import { type ClassifierParams, classifierDefaults } from './classifierParams.js'
import { loadClassifier } from './loadClassifier.js'
import { outOfSampleParts } from './outOfSample.js'
import { classifierKind, trainClassifier, trainClassifierPart } from './trainClassifier.js'

/**
 * A classifier of labelled rows: boosted trees and a network, averaged, with calibrated confidence.
 *
 * Training first judges the whole procedure by purged, embargoed cross-validation, beside the class frequencies and beside the same
 * procedure on shuffled labels; the manifest's `metrics` holds all three and warns where there is no edge or a leak is likely. Then it
 * trains on all but the latest rows and calibrates on those. As a model it forecasts P(up) − P(down), and abstains on other features,
 * on what is no number, within its training time and after it expires, and where no side leads. López de Prado, Advances
 * in Financial Machine Learning (2018), chapters 3, 4 and 7; temperature as Guo et al. (2017); isotonic as Zadrozny and Elkan (2002).
 *
 * @example
 * const data = buildDataset(bars, { labels: tripleBarrier(bars) })
 * const artifact = classifier.train({ id: 'btc-1h', data, params: classifier.defaults, seed: 1 })
 * const model = classifier.load(artifact)
 */
export const classifier: ModelKind<ClassifierParams> = {
  kind: classifierKind,
  defaults: classifierDefaults,
  train: trainClassifier,
  parts: { count: outOfSampleParts, train: trainClassifierPart },
  load: loadClassifier,
}
