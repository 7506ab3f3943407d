import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine, swingingCsv } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
  cli.write('prices_1h.csv', swingingCsv(60))
})

afterEach(() => cli.remove())

/** A strategy whose hook runs `body` for the n-th bar. */
const strategy = (body: string): string => `
  import { type Bar, target } from '@astertrade/core'
  export const mine = {
    name: 'mine',
    params: {},
    create() {
      let n = 0
      let kept: Bar | undefined
      return {
        onBar(bar: Bar) {
          n++
          ${body}
        },
      }
    },
  }
`
const run = (...more: readonly string[]): ReturnType<CommandLine['run']> =>
  cli.run('backtest', '--strategy', 'mine.ts', '--data', 'prices_1h.csv', ...more)

describe('aster backtest with a failing strategy', () => {
  it.each([
    ['throws', "if (n === 3) throw new Error('boom')", 'Strategy "mine" failed at 2024-01-01T03:00:00.000Z: boom\n'],
    ['throws no error', "if (n === 3) throw 'boom'", 'Strategy "mine" failed at 2024-01-01T03:00:00.000Z: boom\n'],
    [
      'calls what is not there',
      'return (bar as any).nothing()',
      'failed at 2024-01-01T01:00:00.000Z: bar.nothing is not a function\n',
    ],
    [
      'wishes for NaN',
      'return target(bar.instrument, Number.NaN)',
      'Strategy "mine" wished for an exposure of "NaN".\n',
    ],
    ['wishes for too much', 'return target(bar.instrument, 2)', 'wished for an exposure of "2".\n'],
    ['answers with something else', "return 'buy'", 'Strategy "mine" failed at 2024-01-01T01:00:00.000Z'],
    [
      'trades what is not there',
      "return target('X', 1)",
      'The engine does not know the instrument "X".\n  Known are prices.tape.\n',
    ],
    [
      'keeps a bar',
      'kept ??= bar; if (n === 3 && kept.close > 0) return undefined',
      'failed at 2024-01-01T03:00:00.000Z: A bar of prices.tape was read after the call that it was lent to.\n  Keep numbers such as bar.close, or a copy: snapshotBar(bar).\n',
    ],
  ])('names one that %s, and the bar, and writes nothing', async (_name, body, says) => {
    cli.write('mine.ts', strategy(body))
    const { code, stdout, stderr } = await run()
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('    at ')
    expect(cli.names()).toEqual(['mine.ts', 'prices_1h.csv'])
  })

  it('says in which line of which file it threw', async () => {
    cli.write('mine.ts', strategy("if (n === 3) throw new Error('boom')"))
    expect((await run()).stderr).toMatch(
      /: boom\n {2}Thrown at \/\S+\/mine\.ts:12:\d+; ASTER_DEBUG=1 shows the whole stack\.\n$/,
    )
    cli.write('mine.ts', strategy("if (n === 3) throw 'boom'"))
    expect((await run()).stderr).toContain(': boom\n  ASTER_DEBUG=1 shows the place in the strategy.\n')
  })

  it('does not look for kept bars with --no-strict', async () => {
    cli.write('mine.ts', strategy('kept ??= bar; if (n === 3 && kept.close > 0) return undefined'))
    expect((await run('--no-strict')).code).toBe(0)
  })

  it('shows the place in the strategy with ASTER_DEBUG=1', async () => {
    const debug = commandLine({ env: { ASTER_DEBUG: '1' } })
    debug.write('prices_1h.csv', swingingCsv(60))
    debug.write('mine.ts', strategy("throw new Error('boom')"))
    const { stderr } = await debug.run('backtest', '--strategy', 'mine.ts', '--data', 'prices_1h.csv')
    debug.remove()
    expect(stderr).toMatch(/Caused by: Error: boom\n {4}at Object\.onBar \(\S+mine\.ts:\d+:\d+\)/)
    expect((await run()).stderr).not.toContain('Caused by')
  })

  it.each([
    ['export const mine = {', 1, 'Strategy file "mine.ts" cannot be loaded: '],
    ['export const mine = 1', 2, 'Strategy file "mine.ts" exports no strategy.'],
  ])('refuses a file with %s', async (text, code, says) => {
    cli.write('mine.ts', text)
    const outcome = await run()
    expect(outcome).toMatchObject({ code, stdout: '' })
    expect(outcome.stderr).toContain(says)
    expect(cli.names()).toEqual(['mine.ts', 'prices_1h.csv'])
  })
})
