import type { Json, ModelArtifact } from '../artifact.js'
import { artifactError } from '../artifactError.js'
import { isotonic } from '../calibrate/isotonic.js'
import { guardOf } from '../drift/guardTensors.js'
import type { OutlierReference } from '../drift/outlierGuard.js'
import type { FeatureScaler } from '../features/featureScaler.js'
import { treesOf } from '../gbdt/treeTensors.js'
import { networkOf } from '../network/networkTensors.js'
import { decodeTensors } from '../tensors.js'
import type { ClassifierCalibration } from './classifierCalibration.js'
import type { Committee } from './committee.js'
import { classifierFile } from './trainClassifier.js'

/** What a classifier is served from. */
export interface ClassifierParts {
  readonly committee: Committee
  readonly calibration: ClassifierCalibration
  readonly guard: OutlierReference
  readonly confidenceMin: number
}

/**
 * Reads the parts of a classifier out of an artifact whose hashes were checked; it may still come from anybody.
 *
 * @throws ConfigError with code `ARTIFACT` that names what does not fit.
 */
export function readClassifierParts({ manifest, files }: ModelArtifact): ClassifierParts {
  const columns = manifest.featureSchema.names.length
  const bytes = files.get(classifierFile)
  if (bytes === undefined) throw artifactError(`The artifact of "${manifest.id}" has no "${classifierFile}".`)
  const tensors = decodeTensors(bytes)
  const scaler = fieldsOf(manifest.extra.scaler, 'scaler')
  const calibration = fieldsOf(manifest.extra.calibration, 'calibration')
  const temperature = numberOf(calibration.temperature, 'temperature')
  if (!(temperature > 0)) throw artifactError(`The classifier has the temperature "${temperature}".`)
  const side = sideOf(calibration)
  return {
    committee: {
      scaler: {
        kind: scaler.kind === 'quantile' ? 'quantile' : 'standard',
        centre: numbersOf(scaler.centre, 'centre', columns),
        factor: numbersOf(scaler.factor, 'factor', columns),
      } satisfies FeatureScaler,
      trees: treesOf(tensors, 'trees', columns),
      network: networkOf(tensors, 'network'),
    },
    calibration: { temperature, side },
    guard: guardOf(tensors, 'guard', columns),
    confidenceMin: numberOf(manifest.params.confidenceMin, 'confidenceMin'),
  }
}

type Fields = Readonly<Record<string, Json | undefined>>

function sideOf({ scores, values }: Fields): ClassifierCalibration['side'] {
  const [x, y] = [numbersOf(scores, 'scores'), numbersOf(values, 'values')]
  try {
    return isotonic(Float64Array.from(x), Float64Array.from(y))
  } catch (error) {
    throw artifactError('The calibration of the classifier is no isotonic map.', error)
  }
}

function fieldsOf(value: Json | undefined, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw artifactError(`The classifier has no "${name}".`)
}

function numberOf(value: Json | undefined, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw artifactError(`The classifier has no number "${name}".`)
}

function numbersOf(value: Json | undefined, name: string, length?: number): readonly number[] {
  const sound = Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item))
  if (sound && (length === undefined || value.length === length)) return value as readonly number[]
  throw artifactError(`The classifier has no ${length ?? 'list of'} numbers "${name}".`)
}
