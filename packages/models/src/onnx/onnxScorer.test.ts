import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeGraph, type OnnxGraph } from './onnxGraph.js'
import { onnxScorer } from './onnxScorer.js'

const words = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'soars', 'crashes', 'opens']
/** What each word says for positive, negative and neutral. */
const says = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 8]

/** Mean of what the words say: a transformer with nothing in between. */
const graph: OnnxGraph = {
  name: 'scorer',
  nodes: [
    { operator: 'Gather', inputs: ['says', 'input_ids'], outputs: ['words'] },
    { operator: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: { kind: 'int', value: 1 } } },
    { operator: 'Unsqueeze', inputs: ['mask', 'last'], outputs: ['masks'] },
    { operator: 'Mul', inputs: ['words', 'masks'], outputs: ['masked'] },
    {
      operator: 'ReduceMean',
      inputs: ['masked'],
      outputs: ['logits'],
      attributes: { axes: { kind: 'ints', value: [1] }, keepdims: { kind: 'int', value: 0 } },
    },
  ],
  constants: [
    { name: 'says', type: 'float', shape: [7, 3], values: says },
    { name: 'last', type: 'int64', shape: [1], values: [2] },
  ],
  inputs: [
    { name: 'input_ids', type: 'int64', shape: [1, 'length'] },
    { name: 'attention_mask', type: 'int64', shape: [1, 'length'] },
  ],
  outputs: [{ name: 'logits', type: 'float', shape: [1, 3] }],
}

describe('onnxScorer', () => {
  let folder = ''
  const inputs = ['input_ids', 'attention_mask'] as const

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scorer-'))
    await writeFile(join(folder, 'model.onnx'), encodeGraph(graph))
    await writeFile(join(folder, 'vocab.txt'), words.join('\n'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('scores by the probabilities of a model in a folder', async () => {
    const scorer = await onnxScorer({ folder, inputs })
    const soars = await scorer.score('Soars')
    // Logits 8/3, 0 and 0.
    const weight = Math.exp(8 / 3)
    expect(soars.score).toBeCloseTo((weight - 1) / (weight + 2), 5)
    expect(soars.confidence).toBeCloseTo((weight / (weight + 2) - 1 / 3) / (2 / 3), 5)
    expect((await scorer.score('crashes')).score).toBeCloseTo(-soars.score, 5)
    expect((await scorer.score('opens')).score).toBeCloseTo(0, 5)
    expect(await scorer.score('')).toMatchObject({ confidence: 0 })
    scorer.dispose()
    await expect(scorer.score('soars')).rejects.toThrow('the session is disposed')
  })

  it('takes classes in the order it is told', async () => {
    const scorer = await onnxScorer({ folder, inputs, labels: ['negative', 'positive', 'neutral'] })
    expect((await scorer.score('soars')).score).toBeLessThan(-0.5)
    scorer.dispose()
    const two = await onnxScorer({ folder, inputs, labels: ['negative', 'positive'] })
    await expect(two.score('soars')).rejects.toThrow('The output "logits" has 3 numbers for 2 labels.')
    two.dispose()
  })

  it('says what is missing or out of range', async () => {
    const empty = join(folder, 'nowhere')
    await expect(onnxScorer({ folder: empty })).rejects.toMatchObject({ code: 'NO_MODEL' })
    await expect(onnxScorer({ folder, labels: ['positive'] })).rejects.toThrow('labels "positive" are not two or three')
    await expect(onnxScorer({ folder, lengthMax: 2 })).rejects.toThrow(
      'lengthMax "2" is no whole number from 3 to 512.',
    )
    await expect(onnxScorer({ folder, module: join(empty, 'runtime.cjs') })).rejects.toMatchObject({ code: 'BACKEND' })
  })
})
