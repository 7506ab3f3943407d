import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine } from '../cli/commandLine.rig.js'
import { loadStrategy } from './loadStrategy.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

const plain = "{ name: 'mine', params: { n: 1 }, create: () => ({}) }"
const load = (name: string, wanted?: string): ReturnType<typeof loadStrategy> =>
  loadStrategy({ name, export: wanted }, cli.folder)

describe('loadStrategy', () => {
  it('knows the built-in ones by name', async () => {
    for (const name of ['sma-cross', 'ensemble', 'buy-and-hold']) {
      expect((await load(name)).definition.name).toBe(name)
    }
  })

  it('loads TypeScript outside any node_modules, with the runner’s own packages and files beside it', async () => {
    cli.write('period.ts', 'export const period: number = 3\n')
    cli.write(
      'mine.ts',
      `import { type Bar, defineStrategy, target } from '@astertrade/core'
       import { fixedSlippage } from '@astertrade/core/backtest'
       import { parseCsv } from '@astertrade/core/data'
       import { sharpe } from '@astertrade/core/stats'
       import { Sma } from '@astertrade/indicators'
       import { smaCross } from '@astertrade/models'
       import { riskPolicy } from '@astertrade/risk'
       import { period } from './period.js'
       enum Side { Long = 1 }
       interface Params { readonly period: number; readonly found: boolean }
       const found = [fixedSlippage, parseCsv, sharpe, smaCross.create, riskPolicy].every((each) => typeof each === 'function')
       export const mine = defineStrategy<Params>({
         name: 'mine',
         params: { period, found },
         create: (params) => {
           const sma = new Sma({ period: params.period })
           return { onBar: (bar: Bar) => (sma.next(bar.close) > 0 ? target(bar.instrument, Side.Long) : undefined) }
         },
       })`,
    )
    const { definition, file, digest } = await load('mine.ts')
    expect(definition).toMatchObject({ name: 'mine', params: { period: 3, found: true } })
    expect(file).toBe(`${cli.folder}/mine.ts`)
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(cli.names()).toEqual(['mine.ts', 'period.ts'])
  })

  it.each([
    ['esm.mjs', `export const mine = ${plain}`],
    ['esm.js', `export const mine = ${plain}`],
    ['cjs.cjs', `module.exports = { mine: ${plain} }`],
    ['own.mjs', `import { defineStrategy } from '@astertrade/core'\nexport const mine = defineStrategy(${plain})`],
    ['both.ts', `const mine = ${plain}\nexport { mine, mine as default }`],
    ['default.ts', `export default ${plain}`],
  ])('loads %s', async (name, text) => {
    if (name.endsWith('.js')) cli.write('package.json', '{ "type": "module" }')
    cli.write(name, text)
    expect((await load(`./${name}`)).definition).toMatchObject({ name: 'mine', params: { n: 1 } })
  })

  it.each(['mine.ts', 'mine.mjs'])('runs %s anew once it has changed', async (name) => {
    cli.write(name, `export const mine = ${plain}`)
    const { digest } = await load(name)
    cli.write(name, `export const mine = ${plain.replace('n: 1', 'n: 2')}`)
    const changed = await load(name)
    expect(changed.definition.params).toEqual({ n: 2 })
    expect(changed.digest).not.toBe(digest)
  })

  it('takes the export that is named, and names those there are', async () => {
    cli.write(
      'two.ts',
      `export const slow = ${plain}\nexport const fast = { ...slow, name: 'fast' }\nexport const other = 1\n`,
    )
    expect((await load('two.ts', 'fast')).definition.name).toBe('fast')
    await expect(load('two.ts')).rejects.toThrow(
      'Strategy file "two.ts" exports 2 strategies: fast, slow.\n  Choose one: --export fast.',
    )
    await expect(load('two.ts', 'fats')).rejects.toThrow(
      'Strategy file "two.ts" has no strategy "fats".\n  Did you mean "fast"?\n  It exports fast, other, slow.',
    )
    await expect(load('two.ts', 'other')).rejects.toThrow('Strategy file "two.ts" has no strategy "other".')
  })

  it.each([
    ['sma-corss', undefined, 'There is no strategy "sma-corss".\n  Did you mean "sma-cross"?'],
    ['./mien.ts', undefined, 'Strategy file "./mien.ts" does not exist.\n  Did you mean "mine.ts"?'],
    ['mine.txt', undefined, 'There is no strategy "mine.txt".'],
    [
      './mine.txt',
      undefined,
      'Strategy file "./mine.txt" is no program.\n  Its name has to end in one of .ts, .mts, .cts, .js, .mjs, .cjs.',
    ],
    ['mine.ts', 'export const x = 1', 'Strategy file "mine.ts" exports no strategy.\n  It exports x.\n  A strategy is'],
    [
      'mine.ts',
      "export const a = { name: '', params: {}, create: () => ({}) }",
      'The strategy of file "mine.ts" has an empty name.',
    ],
    ['mine.ts', '', 'Strategy file "mine.ts" exports no strategy.\n  It exports nothing.'],
    [
      'mine.ts',
      "export const a = { name: 'a', create: () => ({}) }",
      'exports no strategy.\n  It exports a.\n  A strategy is',
    ],
    ['mine.ts', 'export const x = {', 'Strategy file "mine.ts" cannot be loaded: ParseError'],
    ['mine.mjs', 'export const x = {', 'Strategy file "mine.mjs" cannot be loaded: '],
    ['mine.ts', "throw new Error('boom')", 'Strategy file "mine.ts" cannot be loaded: boom'],
    ['mine.ts', "import './gone.js'", 'Strategy file "mine.ts" cannot be loaded: Cannot find module'],
    ['mine.ts', "import 'left-pad'", 'Strategy file "mine.ts" cannot be loaded: Cannot find module \'left-pad\''],
  ])('refuses %s with %s', async (name, text, message) => {
    cli.write('mine.ts', text ?? `export const mine = ${plain}`)
    if (text !== undefined) cli.write(name, text)
    await expect(load(name)).rejects.toThrow(message)
  })

  it.each([
    ['throws', "create() { throw new Error('no luck') }", 'Strategy "mine" failed when it was made: no luck'],
    ['throws no error', "create() { throw 'no luck' }", 'Strategy "mine" failed when it was made: no luck'],
    ['returns nothing', 'create() {}', 'create of strategy "mine" returned undefined.'],
  ])('names a strategy whose create %s', async (_name, create, message) => {
    cli.write('mine.ts', `export const mine = { name: 'mine', params: {}, ${create} }`)
    const { definition } = await load('mine.ts')
    expect(() => definition.create({})).toThrow(message)
  })
})
