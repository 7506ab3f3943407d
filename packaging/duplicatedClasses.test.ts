import { expect, it } from 'vitest'
import { duplicatedClasses } from './duplicatedClasses.js'

it('finds a class that two files of one format define, and no class that ESM and CJS define once each', () => {
  const ring = 'var Ring = class {\n};\n'
  const files = [
    { path: 'dist/index.js', text: ring },
    { path: 'dist/index.cjs', text: `${ring}class Sma {\n}\n` },
    { path: 'dist/testing/index.cjs', text: 'class Sma {\n}\n' },
  ]
  expect(duplicatedClasses(files)).toEqual(['Sma (CJS): dist/index.cjs, dist/testing/index.cjs'])
})
