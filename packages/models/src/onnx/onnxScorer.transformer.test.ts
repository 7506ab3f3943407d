import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeGraph } from './onnxGraph.js'
import { type OnnxScorerOptions, onnxScorer } from './onnxScorer.js'
import { type TransformerOptions, transformer } from './transformer.rig.js'

const letters = 'abcdefghijklmnopqrstuvwxyz'
const pieces = ['[PAD]', ...Array.from({ length: 99 }, (_, at) => `[unused${at}]`), '[UNK]', '[CLS]', '[SEP]', '[MASK]']
const vocabulary = [...pieces, '.', ',', ...letters, ...Array.from(letters, (letter) => `##${letter}`)]
const sizes: TransformerOptions = {
  words: vocabulary.length,
  width: 64,
  heads: 4,
  layers: 2,
  lengthMax: 32,
  length: 'free',
  classes: 3,
}
const free = encodeGraph(transformer(sizes))
const headline = 'Profit falls, shares rise.'

/** Ids of a text in lower case whose words are spelt, since the vocabulary has letters only. */
function spelt(text: string, length: number): number[] {
  const spelling = [...text.toLowerCase().matchAll(/[a-z]+|[.,]/g)].flatMap(([word]) =>
    Array.from(word, (letter, at) => vocabulary.indexOf(at === 0 ? letter : `##${letter}`)),
  )
  const ids = [vocabulary.indexOf('[CLS]'), ...spelling.slice(0, length - 2), vocabulary.indexOf('[SEP]')]
  return ids
}

/** Score and confidence of the model's own answer to ids, asked of the runtime directly. */
async function answered(ids: readonly number[]): Promise<readonly [number, number]> {
  const session = await InferenceSession.create(free)
  const tensor = (values: readonly number[]) => {
    return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length])
  }
  const { logits } = await session.run({
    input_ids: tensor(ids),
    attention_mask: tensor(ids.map(() => 1)),
    token_type_ids: tensor(ids.map(() => 0)),
  })
  const weights = Array.from(logits!.data as Float32Array, Math.exp)
  const shares = weights.map((weight) => weight / weights.reduce((a, b) => a + b, 0))
  return [shares[0]! - shares[1]!, (Math.max(...shares) - 1 / 3) / (2 / 3)]
}

describe('onnxScorer with a transformer of BERT’s shape', () => {
  let root = ''
  let count = 0

  /** A scorer of a model in a folder of its own. */
  async function open(model: Uint8Array, options: Partial<OnnxScorerOptions> = {}) {
    const folder = await mkdtemp(join(root, `${count++}-`))
    await writeFile(join(folder, 'model.onnx'), model)
    await writeFile(join(folder, 'vocab.txt'), vocabulary.join('\n'))
    return onnxScorer({ folder, lengthMax: sizes.lengthMax, ...options })
  }

  async function scoreOf(model: Uint8Array, text: string, options?: Partial<OnnxScorerOptions>) {
    const scorer = await open(model, options)
    try {
      return await scorer.score(text)
    } finally {
      scorer.dispose()
    }
  }

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'transformer-'))
  })
  afterAll(() => rm(root, { recursive: true }))

  it('feeds ids, mask and types as the model wants them', async () => {
    const scorer = await open(free)
    for (const text of [headline, 'a', '', 'Rates, oil.']) {
      const [score, confidence] = await answered(spelt(text, sizes.lengthMax))
      const said = await scorer.score(text)
      expect(said.score, text).toBeCloseTo(score, 5)
      expect(said.confidence, text).toBeCloseTo(confidence, 5)
    }
    scorer.dispose()
  })

  it('cuts a long text off at the longest that the model takes', async () => {
    const long = `${headline} `.repeat(40)
    const [score] = await answered(spelt(long, sizes.lengthMax))
    expect((await scoreOf(free, long)).score).toBeCloseTo(score, 5)
    await expect(scoreOf(free, long, { lengthMax: 64 })).rejects.toMatchObject({ code: 'BACKEND' })
  })

  it('fills short texts up where the model has one length, to the same scores', async () => {
    const fixed = encodeGraph(transformer({ ...sizes, length: 'fixed' }))
    const padded = await open(fixed, { padding: 'lengthMax' })
    for (const text of [headline, 'a', '', `${headline} `.repeat(9)]) {
      const [score] = await answered(spelt(text, sizes.lengthMax))
      expect((await padded.score(text)).score, text).toBeCloseTo(score, 4)
    }
    padded.dispose()
    await expect(scoreOf(fixed, 'a')).rejects.toMatchObject({ code: 'BACKEND' })
  })

  it('answers overlapping questions each with its own', async () => {
    const scorer = await open(free)
    const texts = Array.from(letters.slice(0, 8))
    const together = await Promise.all(texts.map((text) => scorer.score(text)))
    for (const [at, text] of texts.entries()) expect(await scorer.score(text)).toEqual(together[at])
    expect(new Set(together.map(({ score }) => score)).size).toBe(8)
    scorer.dispose()
  })

  it.each<[string, Partial<OnnxScorerOptions>]>([
    ['an input that is missing', { inputs: ['input_ids', 'attention_mask'] }],
    ['an output of another name', { output: 'scores' }],
    ['as many labels as it has no classes', { labels: ['negative', 'positive'] }],
  ])('fails with a clear error for %s, and goes on with the right options', async (_name, options) => {
    await expect(scoreOf(free, headline, options)).rejects.toMatchObject({ name: 'ConfigError', code: 'BACKEND' })
    expect((await scoreOf(free, headline)).confidence).toBeGreaterThan(0)
  })

  it('refuses a file that is cut short', async () => {
    await expect(open(free.subarray(0, free.length / 2))).rejects.toMatchObject({ code: 'BACKEND' })
  })

  it('fails for a vocabulary that has more pieces than the model', async () => {
    const small = encodeGraph(transformer({ ...sizes, words: vocabulary.length - 26 }))
    await expect(scoreOf(small, 'ab')).rejects.toMatchObject({ code: 'BACKEND' })
  })
})
