import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, exp } from '@astertrade/core'
import type { SentimentScore } from '../sentiment/sentimentScorer.js'
import type { OnnxBackendOptions } from './onnxBackend.js'
import { onnxDefaults } from './onnxDefaults.js'
import type { FedTensors } from './runtimeProgram.js'
import { type Runtime, startRuntime } from './startRuntime.js'
import { wordPiece } from './wordPiece.js'

/** A side of the news, as a class of a transformer. */
export type SentimentLabel = 'positive' | 'negative' | 'neutral'

/** What `onnxScorer` takes. */
export interface OnnxScorerOptions extends Omit<OnnxBackendOptions, 'provider'> {
  /** Folder with `model.onnx`, which holds all its weights, and `vocab.txt`. */
  readonly folder: string
  /** Classes in the order of the output (default positive, negative, neutral). */
  readonly labels?: readonly SentimentLabel[]
  /** Inputs of the model; all are ids of shape [1, length] (default all three). */
  readonly inputs?: readonly ('input_ids' | 'attention_mask' | 'token_type_ids')[]
  /** Output of the model, of shape [1, classes] (default `logits`). */
  readonly output?: string
  /** Pieces of a text that are read, from 3 to 512; what comes after them is cut off (default 128). */
  readonly lengthMax?: number
  /** `lengthMax` for a model whose inputs have just that length: shorter texts are filled up and masked (default `none`). */
  readonly padding?: 'none' | 'lengthMax'
  /** `keep` for vocabularies called cased (default `lower`). */
  readonly casing?: 'lower' | 'keep'
}

/** A scorer whose answers have to be waited for. */
export interface AsyncSentimentScorer {
  readonly id: string
  /** @throws ConfigError with code `BACKEND` if the runtime fails. */
  score(text: string): Promise<SentimentScore>
  /** Ends the worker. */
  dispose(): void
}

const defaults = {
  labels: ['positive', 'negative', 'neutral'],
  inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
  output: 'logits',
  lengthMax: 128,
  padding: 'none',
  casing: 'lower',
} as const
const modelBytesMax = 1.5e9

/**
 * Scores texts by a transformer that is on your disk already, such as an export of FinBERT; nothing is downloaded.
 *
 * The score is the probability of `positive` less that of `negative`; the confidence is how far the largest probability is above
 * an even share. The model runs in a worker, on the CPU. Its file is your own and runs uninspected: take none that you do not trust. To
 * use its answers where a scorer must answer at once, and to replay them, hand them on by `knownScores`.
 *
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range, `NO_MODEL` if a file is missing or too large, `BAD_VOCABULARY`, or `BACKEND`
 * if ONNX Runtime is not installed or does not take the model.
 * @example
 * const scorer = await onnxScorer({ folder: './finbert' })
 * await scorer.score('Chipmaker beats estimates') // => { score: 0.93, confidence: 0.92, terms: [] }
 */
export async function onnxScorer(options: OnnxScorerOptions): Promise<AsyncSentimentScorer> {
  const { folder, module, labels, inputs, output, lengthMax, padding, casing } = { ...defaults, ...options }
  const { threads, timeoutMs, place } = { ...onnxDefaults, ...options }
  checkOptions(labels, lengthMax)
  const lengthMin = padding === 'lengthMax' ? lengthMax : 0
  const pieces = wordPiece(new TextDecoder().decode(await readBytes(folder, 'vocab.txt')), { casing })
  const model = await readBytes(folder, 'model.onnx')
  const runtime = await startRuntime({ model, provider: 'cpu', threads, module, timeoutMs, place })
  return {
    id: `onnx(${folder})`,
    async score(text) {
      const logits = await logitsOf(runtime, feedsOf({ ids: pieces.ids(text, lengthMax), inputs, lengthMin }), output)
      if (logits.length === labels.length && logits.every(Number.isFinite)) return scoreOf(logits, labels)
      throw new ConfigError(`The output "${output}" has ${logits.length} numbers for ${labels.length} labels.`, {
        code: 'BACKEND',
        hints: ['Give labels in the order of the classes of the model.'],
      })
    },
    dispose: () => runtime.dispose(),
  }
}

async function logitsOf(runtime: Runtime, feeds: FedTensors, output: string): Promise<Float32Array> {
  return (await runtime.run(feeds, [output]))[output]!.data
}

interface FedText {
  readonly ids: readonly number[]
  readonly inputs: readonly string[]
  /** Fewer ids are filled up to so many. */
  readonly lengthMin: number
}

function feedsOf({ ids, inputs, lengthMin }: FedText): FedTensors {
  const length = Math.max(ids.length, lengthMin)
  const columns: Readonly<Record<string, BigInt64Array>> = {
    // The first piece of these vocabularies fills up; the mask keeps it from being read.
    input_ids: BigInt64Array.from({ length }, (_, at) => BigInt(ids[at] ?? 0)),
    attention_mask: BigInt64Array.from({ length }, (_, at) => (at < ids.length ? 1n : 0n)),
    token_type_ids: new BigInt64Array(length),
  }
  return Object.fromEntries(inputs.map((input) => [input, { data: columns[input]!, shape: [1, length] }]))
}

function scoreOf(logits: Float32Array, labels: readonly SentimentLabel[]): SentimentScore {
  const top = Math.max(...logits)
  const weights = Array.from(logits, (logit) => exp(logit - top))
  const sum = weights.reduce((a, b) => a + b, 0)
  const shareOf = (label: SentimentLabel): number => (weights[labels.indexOf(label)] ?? 0) / sum
  const even = 1 / labels.length
  const confidence = (1 / sum - even) / (1 - even)
  return { score: shareOf('positive') - shareOf('negative'), confidence: Math.max(0, confidence), terms: [] }
}

async function readBytes(folder: string, name: string): Promise<Uint8Array> {
  const path = join(folder, name)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() && found.size <= modelBytesMax) return new Uint8Array(await readFile(path))
  throw new ConfigError(found ? `"${path}" is no file of at most 1.5 GB.` : `There is no "${path}".`, {
    code: 'NO_MODEL',
    hints: ['Give a folder that holds model.onnx and vocab.txt.'],
  })
}

function checkOptions(labels: readonly string[], lengthMax: number): void {
  const isKnown = labels.every((label) => ['positive', 'negative', 'neutral'].includes(label))
  if (!isKnown || labels.length < 2 || new Set(labels).size < labels.length) {
    throw new ConfigError(`labels "${labels}" are not two or three of positive, negative and neutral.`, {
      code: 'BAD_PARAMETER',
    })
  }
  if (!Number.isInteger(lengthMax) || lengthMax < 3 || lengthMax > 512) {
    throw new ConfigError(`lengthMax "${lengthMax}" is no whole number from 3 to 512.`, { code: 'BAD_PARAMETER' })
  }
}
