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

it('finds the folders of models from there', () => {
  const model = (folder: string) => ({ folder, id: 'signs', address: 'a'.repeat(64) })
  const own: RunSettings = {
    ...settings('ensemble', 'a.csv'),
    strategy: { name: 'ensemble', models: [model('models'), model('/elsewhere/models'), model('.')] },
  }
  const moved = relocate(own, project)
  expect(moved.strategy.models?.map(({ folder }) => folder)).toEqual([
    '../../models',
    '../../../elsewhere/models',
    '../..',
  ])
  expect(moved.strategy.models?.[0]).toEqual(model('../../models'))
  const inside = relocate({ ...own, strategy: { name: 'ensemble', models: [model('out/run')] } }, project)
  expect(inside.strategy.models?.[0]?.folder).toBe('./')
})

it('keeps built-in strategies and markets made from a seed', () => {
  const own: RunSettings = {
    ...runDefaults,
    strategy: { name: 'sma-cross' },
    market: { kind: 'synthetic', tape: { seed: 1 } },
  }
  expect(relocate(own, project)).toEqual(own)
})
