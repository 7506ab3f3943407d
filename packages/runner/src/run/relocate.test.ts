import { expect, it } from 'vitest'
import { relocate } from './relocate.js'
import { type RunSettings, runDefaults } from './runSettings.js'

const settings = (strategy: string, ...paths: readonly string[]): RunSettings => ({
  ...runDefaults,
  strategy: { name: strategy },
  market: { kind: 'files', paths },
})
const project = { from: '/project', to: '/project/out/run' }

it('tells paths relative to another folder', () => {
  const moved = relocate(settings('src/mine.ts', 'data/a.csv', '/elsewhere/b.csv'), project)
  expect(moved.strategy.name).toBe('../../src/mine.ts')
  expect(moved.market).toEqual({ kind: 'files', paths: ['../../data/a.csv', '../../../elsewhere/b.csv'] })
})

it('finds the same files again from there', () => {
  const moved = relocate(settings('mine.ts', 'a.csv'), project)
  expect(relocate(moved, { from: project.to, to: project.from })).toEqual(settings('./mine.ts', './a.csv'))
})

it('keeps built-in strategies and markets made from a seed', () => {
  const own: RunSettings = {
    ...runDefaults,
    strategy: { name: 'sma-cross' },
    market: { kind: 'synthetic', tape: { seed: 1 } },
  }
  expect(relocate(own, project)).toEqual(own)
})
