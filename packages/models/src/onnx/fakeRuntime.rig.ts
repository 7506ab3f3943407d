import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How a module that stands in for a GPU build of ONNX Runtime behaves; it computes on the CPU otherwise. */
export type FakeBehaviour =
  | 'good'
  | 'missing library'
  | 'segmentation fault'
  | 'wrong numbers'
  | 'NaN later'
  | 'error later'
  | 'out of memory'
  | 'never answers'
  | 'crash later'

const loads: Readonly<Partial<Record<FakeBehaviour, string>>> = {
  'missing library': `throw new Error('Failed to load library libonnxruntime_providers_cuda.so: libcublasLt.so.12: cannot open shared object file')`,
  'segmentation fault': `process.kill(process.pid, 'SIGSEGV')`,
}

/** Runs are counted from 1, which is that of the golden rows. */
const runs: Readonly<Partial<Record<FakeBehaviour, string>>> = {
  'wrong numbers': 'for (const { data } of Object.values(outputs)) data[0] += 0.1',
  'NaN later': 'if (run > 1) for (const { data } of Object.values(outputs)) data[0] = NaN',
  'error later': `if (run > 1) throw new Error('CUDA error cudaErrorIllegalAddress: an illegal memory access was encountered')`,
  'out of memory': `if (run > 1) throw new Error('Failed to allocate memory for requested buffer of size 4294967296')`,
  'never answers': 'if (run > 1) await new Promise(() => {})',
  'crash later': `if (run > 1) await new Promise(() => setImmediate(() => { throw new Error('device lost') }))`,
}

function sourceOf(behaviour: FakeBehaviour): string {
  return `const real = require(${JSON.stringify(createRequire(import.meta.url).resolve('onnxruntime-node'))})
exports.env = { versions: { node: 'fake' } }
exports.Tensor = real.Tensor
exports.InferenceSession = {
  async create(model, options) {
    ${loads[behaviour] ?? ''}
    const session = await real.InferenceSession.create(model, { ...options, executionProviders: ['cpu'] })
    let run = 0
    return {
      async run(feeds, wanted) {
        run++
        const outputs = await session.run(feeds, wanted)
        ${runs[behaviour] ?? ''}
        return outputs
      },
    }
  },
}
`
}

/** Modules in a folder of their own, by behaviour. */
export interface FakeRuntimes {
  path(behaviour: FakeBehaviour): string
  remove(): void
}

export function fakeRuntimes(): FakeRuntimes {
  const folder = mkdtempSync(join(tmpdir(), 'aster-runtime-'))
  return {
    path(behaviour) {
      const path = join(folder, `${behaviour.replaceAll(' ', '-')}.cjs`)
      writeFileSync(path, sourceOf(behaviour))
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
