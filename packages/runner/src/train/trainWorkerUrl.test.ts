import { expect, it } from 'vitest'
import { trainWorkerUrl } from './trainWorkerUrl.js'

it.each([
  ['the command', 'dist/cli/main.js'],
  ['the library as ESM', 'dist/index.js'],
  ['the library as CommonJS', 'dist/index.cjs'],
  ['sources', 'src/train/trainInThread.ts'],
])('finds the built code of a training thread from %s', (_, from) => {
  expect(trainWorkerUrl(`file:///srv/runner/${from}`).href).toBe('file:///srv/runner/dist/cli/trainWorker.js')
})
