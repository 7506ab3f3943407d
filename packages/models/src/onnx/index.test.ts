import { expect, it } from 'vitest'
import * as onnx from './index.js'

it('exports these names', () => {
  expect(Object.keys(onnx).sort()).toEqual([
    'inspectOnnx',
    'onnxBackend',
    'onnxScorer',
    'onnxSession',
    'readOnnx',
    'trainOnBackends',
    'trainOnnx',
    'trainingGraph',
    'trainingState',
    'writeOnnx',
  ])
})
