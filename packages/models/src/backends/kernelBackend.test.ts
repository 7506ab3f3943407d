import { describe, it } from 'vitest'
import { backendContract } from '../testing/backendContract.js'
import type { Backend } from './backend.js'
import { backendChain } from './backendChain.js'
import { jsBackend } from './jsBackend.js'
import { wasmBackend } from './wasmBackend.js'

const chained = (): Backend => ({
  ...backendChain([wasmBackend(), jsBackend()]),
  id: 'wasm',
  probe: wasmBackend().probe,
})

describe.each([
  ['jsBackend', jsBackend],
  ['wasmBackend', wasmBackend],
  ['a chain of both', chained],
])('%s', (_, create) => {
  for (const check of backendContract({ create })) it(check.name, () => check.run())
})
