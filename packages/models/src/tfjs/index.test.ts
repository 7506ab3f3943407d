import { expect, it } from 'vitest'
import * as tfjs from './index.js'

it('exports these names', () => {
  expect(Object.keys(tfjs).sort()).toEqual(['loadTfjs', 'tfjsBackend', 'tfjsSession'])
})
