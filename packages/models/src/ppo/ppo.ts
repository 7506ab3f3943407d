import type { ModelKind } from '../modelKind.js'
import { loadPpo } from './loadPpo.js'
import { type PpoParams, ppoParams } from './ppoParams.js'
import { policyParts } from './trainPolicies.js'
import { ppoKind, trainPpo } from './trainPpo.js'

/**
 * A policy that trades recorded rows by proximal policy optimisation, as a kind of model that reads features.
 *
 * `train` lets a few policies trade the earlier part of a dataset with costs and judges them on the later part, beside buying once
 * and random trading of the same turnover; labels are not used. Forecasts of other models may be columns of the dataset like any
 * other. Served, `direction` is the mean exposure at which the policies would settle were the row to stay as it is, and `confidence`
 * is one less the entropy of that, over the entropy of equal shares: how sure the policies are of themselves, not how often they
 * are right.
 *
 * Schulman, Wolski, Dhariwal, Radford and Klimov, Proximal policy optimization algorithms (2017).
 *
 * @example
 * const artifact = ppo.train({ id: 'ppo-btc-1h', data, params: ppo.defaults, seed: 1 })
 * artifact.manifest.metrics.random // => { runs: 32, mean: -0.41, deviation: 0.12 }
 * const model = ppo.load(artifact)
 */
export const ppo: ModelKind<PpoParams> = {
  kind: ppoKind,
  defaults: ppoParams,
  train: trainPpo,
  parts: policyParts,
  load: loadPpo,
}
