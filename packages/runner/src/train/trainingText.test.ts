import { type Timestamp, timestamp } from '@astertrade/core'
import type { ModelManifest } from '@astertrade/models'
import { describe, expect, it } from 'vitest'
import { trainingText, warningsOf } from './trainingText.js'

type Metrics = ModelManifest['metrics']

function manifest(metrics: Metrics): ModelManifest {
  return {
    format: 1,
    id: 'btc-1h',
    kind: 'classifier',
    createdBy: 'a test',
    featureSchema: { hash: '', names: [] },
    labels: {},
    horizon: 1 as ModelManifest['horizon'],
    trainRange: { from: timestamp('2024-01-01'), to: timestamp('2024-03-01T12:00:00Z'), rows: 1_440 },
    seed: 1,
    params: {},
    metrics,
    golden: { inputs: [], outputs: [] },
    expiresAfter: 0 as Timestamp,
    extra: {},
    files: [],
  }
}

describe('trainingText', () => {
  it('puts each figure of the model beside those of its controls, and warnings last', () => {
    const metrics = {
      naive: { accuracy: 0.5, logLoss: 0.71 },
      model: { accuracy: 0.53, logLoss: 0.70125, auc: 0.51 },
      shuffled: { accuracy: 0.49 },
      warnings: ['No edge: it is a coin.', 'It is small.'],
    }
    expect(trainingText(manifest(metrics)).join('\n')).toMatchInlineSnapshot(`
      "classifier "btc-1h", trained on 1,440 rows from 2024-01-01 to 2024-03-01.

      Out of sample   model   naive  shuffled
      accuracy       0.5300  0.5000    0.4900
      logLoss        0.7013  0.7100
      auc            0.5100

      No edge: it is a coin.

      It is small."
    `)
  })

  it('takes figures that stand alone for those of the model', () => {
    const lines = trainingText(
      manifest({ skill: 0.0213, labels: 1_200, shuffled: { skill: -0.001 }, chosen: 'har', warnings: [] }),
    )
    expect(lines.slice(2)).toMatchInlineSnapshot(`
      [
        "Out of sample   model  shuffled",
        "skill          0.0213   −0.0010",
        "labels          1,200",
        "chosen: har",
      ]
    `)
  })

  it('leaves out what is no figure, and says nothing where there is none', () => {
    const metrics = { curve: [1, 2], none: null, parts: { deep: { x: 1 } } }
    expect(trainingText(manifest(metrics))).toHaveLength(3)
    expect(trainingText(manifest(metrics)).join('\n')).not.toMatch(/curve|deep/)
  })
})

describe('warningsOf', () => {
  it('is a list of sentences, empty where there are none', () => {
    expect(warningsOf({ warnings: ['a', 'b'] })).toEqual(['a', 'b'])
    expect(warningsOf({})).toEqual([])
    expect(warningsOf({ warnings: 'no list' })).toEqual([])
  })
})
