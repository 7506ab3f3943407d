import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { registry } from '../index.js'
import { conventions } from './conventions.rig.js'
import { indexOf } from './indexOf.rig.js'
import { pageOf, table } from './pageOf.rig.js'
import { plotOf } from './plotOf.rig.js'
import { realPrices } from './realPrices.rig.js'

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url))
const definitions = registry.all()
const prices = realPrices()

// They are written by `npx vitest run packages/indicators/src/pages -u`.
describe('the committed pages are what the sources say', () => {
  it.each(definitions.map((definition) => [definition.id, definition] as const))('%s', async (id, definition) => {
    await expect(pageOf(definition)).toMatchFileSnapshot(`${docs}indicators/${id}.md`)
    await expect(plotOf(definition, prices)).toMatchFileSnapshot(`${docs}indicators/plots/${id}.svg`)
  })

  it('list of all', async () => {
    await expect(indexOf(definitions)).toMatchFileSnapshot(`${docs}indicators/README.md`)
  })

  it('and there are no others', () => {
    const files = readdirSync(`${docs}indicators`, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('.'),
    )
    const expected = definitions.flatMap(({ id }) => [`${id}.md`, `plots/${id}.svg`])
    expect(files.sort()).toEqual(['README.md', ...expected].sort())
  })
})

describe('the guide', () => {
  const guide = readFileSync(`${docs}guides/choose-indicators.md`, 'utf8')

  it('holds the table of conventions', () => {
    const rows = conventions.map(({ question, ours, tradingView, taLib, option }) => [
      question,
      ours,
      tradingView,
      taLib,
      option,
    ])
    expect(guide).toContain(table(['question', 'here', 'TradingView', 'TA-Lib', 'option'], rows))
  })

  it('names every indicator', () => {
    expect(definitions.map(({ id }) => id).filter((id) => !guide.includes(`../indicators/${id}.md`))).toEqual([])
  })

  it('explains conventions of indicators that exist', () => {
    const known: readonly string[] = definitions.map(({ id }) => id)
    expect(conventions.flatMap(({ ids }) => ids).filter((id) => !known.includes(id))).toEqual([])
  })
})
