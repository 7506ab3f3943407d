import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import util from 'node:util'
import { repairUtil } from './repairUtil.js'
import { tfjsError } from './tfjsError.js'

/** A tensor of TensorFlow.js. */
export interface TfTensor {
  readonly shape: readonly number[]
  data(): Promise<ArrayLike<number>>
  dispose(): void
}

/** The part of TensorFlow.js that is used. */
export interface Tfjs {
  readonly version?: { readonly tfjs?: string }
  ready(): Promise<void>
  getBackend(): string
  tensor1d(values: Float32Array): TfTensor
  tensor2d(values: Float32Array, shape: readonly [number, number]): TfTensor
  matMul(a: TfTensor, b: TfTensor): TfTensor
  add(a: TfTensor, b: TfTensor): TfTensor
  relu(x: TfTensor): TfTensor
  tanh(x: TfTensor): TfTensor
  softmax(x: TfTensor): TfTensor
  tidy<T>(work: () => T): T
}

/** Packages that are tried, the fastest first. */
export const tfjsPackages = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node', '@tensorflow/tfjs'] as const

/** TensorFlow.js as it was found. */
export interface LoadedTfjs {
  readonly tf: Tfjs
  /** Package and backend, such as `@tensorflow/tfjs cpu`. */
  readonly device: string
}

/** What `loadTfjs` takes. */
export interface LoadTfjsOptions {
  /** The one package to load, or a path of it (default: the first of `tfjsPackages` that works). */
  readonly module?: string
}

/**
 * Loads TensorFlow.js, which is no dependency: of the packages that are installed the first that works.
 *
 * @throws ConfigError with code `BACKEND` that says for each package why it was not loaded.
 */
export async function loadTfjs({ module }: LoadTfjsOptions = {}): Promise<LoadedTfjs> {
  const reasons: string[] = []
  for (const name of module === undefined ? tfjsPackages : [module]) {
    try {
      // tfjs-node 4 calls a function that Node 23 took away; its repair was never released.
      if (name !== '@tensorflow/tfjs' && repairUtil(util))
        process.emitWarning(`util.isNullOrUndefined is put back for ${name}.`)
      const tf = await importTfjs(name)
      await tf.ready()
      return { tf, device: `${name} ${tf.getBackend()}` }
    } catch (error) {
      reasons.push(`${name}: ${String((error as Error).message ?? error).split('\n')[0]}`)
    }
  }
  throw tfjsError('no package of it can be loaded', reasons)
}

async function importTfjs(name: string): Promise<Tfjs> {
  const path = createRequire(import.meta.url).resolve(name)
  const module = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { readonly default?: Tfjs } & Tfjs
  const tf = typeof module.tidy === 'function' ? module : module.default
  if (typeof tf?.tidy !== 'function') throw new TypeError('it exports no TensorFlow.js')
  return tf
}
