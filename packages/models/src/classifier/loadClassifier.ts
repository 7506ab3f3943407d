import { ConfigError } from '@astertrade/core'
import { addressOf } from '../addressOf.js'
import type { ModelArtifact } from '../artifact.js'
import { outlierGuard } from '../drift/outlierGuard.js'
import { abstention, type Forecast, type Model } from '../model.js'
import { openArtifact } from '../openArtifact.js'
import { rowRefusals } from '../rowRefusals.js'
import { joinState, splitState } from '../state.js'
import { applyTemperature } from './classifierCalibration.js'
import { type ClassifierParts, readClassifierParts } from './classifierParts.js'
import { serveCommittee } from './committee.js'
import { classifierKind } from './trainClassifier.js'

const name = 'classifier'
const goldenTolerance = 1e-6

/** Loads a classifier after checking its hashes, its form, and that its golden rows come out. */
export function loadClassifier(artifact: ModelArtifact): Model {
  openArtifact(artifact, classifierKind)
  const parts = readClassifierParts(artifact)
  const model = createClassifier(artifact, parts)
  checkGoldenRows(artifact, parts)
  return model
}

function createClassifier(artifact: ModelArtifact, parts: ClassifierParts): Model {
  const { manifest } = artifact
  const id = `${name}(${manifest.id} ${addressOf(artifact).slice(0, 8)})`
  const session = serveCommittee(parts.committee)
  const refuse = rowRefusals({ name, manifest, guard: outlierGuard(parts.guard) })
  const noEdge = abstention(name, 'no-edge', 'no side is likelier than the other by enough')
  return {
    id,
    horizon: manifest.horizon,
    warmup: 1,
    schema: manifest.featureSchema.hash,
    predict(row) {
      const refusal = refuse(row)
      if (refusal) return refusal
      const probabilities = session.score(row.values)
      applyTemperature(probabilities, parts.calibration.temperature)
      const up = probabilities[session.classCount - 1]!
      const direction = up - probabilities[0]!
      const confidence = Math.max(0, 2 * parts.calibration.side.apply(Math.abs(direction)) - 1)
      if (direction === 0 || confidence < parts.confidenceMin) return noEdge
      return forecastOf({ up, direction, confidence, horizon: manifest.horizon })
    },
    clone: () => createClassifier(artifact, parts),
    snapshot: () => joinState(id, []),
    restore(state) {
      splitState(id, [], state)
    },
  }
}

function forecastOf(input: {
  readonly up: number
  readonly direction: number
  readonly confidence: number
  readonly horizon: number
}): Forecast {
  const { up, direction, confidence, horizon } = input
  const percent = (value: number): string => `${Math.round(100 * value)} %`
  const reason = `${name}: up ${percent(up)}, down ${percent(up - direction)}, right ${percent((1 + confidence) / 2)}`
  return { kind: 'forecast', direction, confidence, horizon, reason }
}

function checkGoldenRows({ manifest }: ModelArtifact, { committee, calibration }: ClassifierParts): void {
  const session = serveCommittee(committee)
  const { inputs, outputs } = manifest.golden
  for (const [row, input] of inputs.entries()) {
    const probabilities = session.score(Float64Array.from(input))
    applyTemperature(probabilities, calibration.temperature)
    for (const [index, value] of probabilities.entries()) {
      const expected = outputs[row]![index]
      if (expected !== undefined && Math.abs(value - expected) <= goldenTolerance) continue
      throw new ConfigError(`Golden row ${row} of "${manifest.id}" gives "${value}" in place of "${expected}".`, {
        code: 'ARTIFACT',
        hints: ['Nothing of it was used: take the model from the repository again, or train it anew.'],
      })
    }
  }
}
