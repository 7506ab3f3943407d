import { afterEach, expect, it, vi } from 'vitest'
import { wasmKernels } from './wasmKernels.js'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

it('refuses more memory than there can be', () => {
  expect(() => wasmKernels(2 ** 31)).toThrow(expect.objectContaining({ code: 'BACKEND' }))
})

it('says where there is no WebAssembly, and what works there', async () => {
  vi.stubGlobal('WebAssembly', undefined)
  vi.resetModules()
  const fresh = await import('./wasmKernels.js')
  expect(() => fresh.wasmKernels(64)).toThrow(
    'The SIMD kernels do not start: there is no WebAssembly.\n  The backend js gives the same numbers, more slowly.',
  )
})

it('gives each arena a memory of its own', () => {
  const [a, b] = [wasmKernels(64), wasmKernels(64)]
  a.arena[20] = 3
  expect([a.arena.length, b.arena.length, b.arena[20]]).toEqual([64, 64, 0])
})
