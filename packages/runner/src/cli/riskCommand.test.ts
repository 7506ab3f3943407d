import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine } from './commandLine.rig.js'

let cli: CommandLine

beforeEach(() => {
  cli = commandLine()
})

afterEach(() => cli.remove())

const order = ['--instrument', 'BTCUSDT.binance', '--side', 'buy', '--price', '50000', '--equity', '10000'] as const
const risk = (...more: readonly string[]): ReturnType<CommandLine['run']> => cli.run('risk', ...order, ...more)
const json = async (...more: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
  const { code, value } = await cli.json('risk', ...order, ...more)
  expect(code).toBe(0)
  return value
}
const codes = (value: Readonly<Record<string, unknown>>): readonly string[] =>
  (value.checks as readonly { verdict: { reason?: { code: string } } }[]).flatMap(({ verdict: { reason } }) =>
    reason === undefined ? [] : [reason.code],
  )

describe('aster risk', () => {
  it('shows every check in its order, the size that is left, and why', async () => {
    const { code, stdout, stderr } = await risk('--stop', '49000')
    expect([code, stderr]).toEqual([0, ''])
    const lines = stdout.split('\n')
    expect(lines[0]).toBe('Buy 0.2 BTCUSDT.binance at market, last price 50000, stop 49000: worth 10,000.00.')
    expect(lines[1]).toBe('Account    equity 10,000.00, 0.0 % below its high, 0.0 % lost today, no position')
    const rules = lines.filter((line) => /^ {2}\w/.test(line)).map((line) => line.trim().split('(')[0]!.split(' ')[0])
    expect(rules).toEqual([
      ...['staleData', 'lookAlike', 'priceCollar', 'orderRate', 'selfCross', 'clipSize', 'maxPosition', 'positionRisk'],
      ...['freeBalance', 'dailyLoss', 'maxDrawdown', 'portfolioRisk', 'grossExposure', 'venueCap', 'buyingPower'],
    ])
    expect(stdout).toMatch(
      /clipSize\(5%\) .* CLIP: at most 0.01\n {6}The order is worth 10000; one entry may be worth 500.\n/,
    )
    expect(stdout).toContain(
      'Size       0.01 of 0.2: worth 500.00, 5.0 % of equity; 10.00 or 0.1 % is lost at its stop\n' +
        'Because    The order is worth 10000; one entry may be worth 500. [CLIP by clipSize(5%)]\n',
    )
  })

  it('lets a small order pass whole', async () => {
    const { stdout } = await risk('--quantity', '0.005')
    expect(stdout).toContain('stop 47500: worth 250.00.')
    expect(stdout).toContain('Size       0.005, all that was asked for: worth 250.00, 2.5 % of equity; 12.50 or 0.1 %')
    expect(stdout).not.toContain('Because')
  })

  it('shrinks on the way down, and refuses at the limits exactly', async () => {
    const sizes = await Promise.all(
      ['0%', '4.9999%', '5%', '8%', '9.9999%', '10%'].map(async (fall) => (await json('--drawdown', fall)).quantity),
    )
    expect(sizes).toEqual([0.01, 0.01, 0.005, 0.0025, 0.0000001, 0].map((size, i) => (i === 4 ? sizes[4] : size)))
    expect(sizes[4]).toBeGreaterThan(0)
    expect(sizes[4]).toBeLessThan(0.0025)
    expect(codes(await json('--drawdown', '10%'))).toContain('DRAWDOWN')
    expect(codes(await json('--drawdown', '9.9999%'))).not.toContain('DRAWDOWN')
    const day = await json('--day-loss', '0.03')
    expect(day).toMatchObject({ outcome: 'refused', quantity: 0 })
    expect(codes(day)).toContain('DAILY_LOSS')
    expect(codes(await json('--day-loss', '0.029999'))).not.toContain('DAILY_LOSS')
  })

  it('counts what is held, how much of each limit it uses, and lets its exit pass', async () => {
    const held = ['--position', '0.04', '--position-stop', '48000'] as const
    const value = await json(...held, '--quantity', '0.05')
    expect(codes(value)).toEqual(['CLIP', 'POSITION_CAP', 'POSITION_RISK'])
    const uses = (value.checks as readonly { rule: string; use?: number }[]).flatMap(({ rule, use }) =>
      use === undefined ? [] : [`${rule.split('(')[0]} ${Math.round(use * 1000) / 1000}`],
    )
    expect(uses).toEqual([
      ...['orderRate 0', 'maxPosition 0.8', 'positionRisk 0.431', 'freeBalance 0.2', 'dailyLoss 0', 'maxDrawdown 0'],
      ...['portfolioRisk 0.108', 'grossExposure 0.2', 'venueCap 0.4', 'buyingPower 0.2'],
    ])
    const { stdout } = await risk(...held)
    expect(stdout).toContain('a position of 0.04, stop 48000')
    const exit = ['--side', 'sell', '--reduce-only', '--quantity', '0.04', '--drawdown', '12%'] as const
    expect(await json(...held, ...exit)).toMatchObject({ outcome: 'approved', quantity: 0.04, loss: 0 })
  })

  it('takes a position that is worth more than the account, which leaves less than no cash', async () => {
    const value = await json('--position', '0.3')
    expect(value).toMatchObject({ outcome: 'refused', quantity: 0 })
    expect(codes(value)).toEqual(expect.arrayContaining(['POSITION_CAP', 'FREE_BALANCE', 'GROSS_EXPOSURE']))
    expect(await json('--position', '-0.05', '--quantity', '0.01')).toMatchObject({ outcome: 'approved' })
  })

  it('measures by a policy from a file, which may be stricter and says so where it is looser', async () => {
    cli.write('strict.json', '{ "clipSize": 0.02, "maxDrawdown": 0.05 }')
    expect(await json('--policy', 'strict.json')).toMatchObject({ outcome: 'shrunk', quantity: 0.004 })
    expect(await json('--policy', 'none', '--stop', 'none')).toMatchObject({ outcome: 'approved', quantity: 0.2 })
    cli.write('loose.json', '{ "clipSize": 0.5 }')
    expect((await risk('--policy', 'loose.json')).stderr).toContain("ceilings: 'own'")
    cli.write('own.json', '{ "clipSize": 0.2, "ceilings": "own" }')
    expect((await risk('--policy', 'own.json')).stdout).toContain('clipSize(20%, seed 5%)')
  })

  it.each([
    [['--drawdown', '4'], '--drawdown "4" is out of range.\n  From 0 to below 1: 4 % is 4% or 0.04.\n'],
    [['--drawdown', 'x%'], '--drawdown "x%" is not understood.\n  A share such as 4% or 0.04.\n'],
    [['--day-loss', '-1%'], '--day-loss "-1%" is out of range.'],
    [['--day-loss', '3%', '--drawdown', '1%'], 'A day that lost 3% cannot leave a drawdown of 1%.\n  The high-water'],
    [['--price', 'NaN'], '--price "NaN" is not understood.\n  A plain number.\n'],
    [['--price', '-5'], '--price "-5" is out of range.\n  It has to be above 0.\n'],
    [['--price', '1e300'], '--price is too large for BTCUSDT.binance, whose steps are 1.'],
    [['--price', '1e-300'], 'Price "1e-300" of BTCUSDT.binance does not fit the inferred tick'],
    [['--quantity', '1e20'], '--quantity is too large for BTCUSDT.binance, whose steps are 0.0000001.'],
    [['--equity', '1e40'], '--equity is too large'],
    [['--position', '-1e300'], '--position is too large'],
    [['--stop', 'soon'], '--stop "soon" is not understood.'],
    [['--equity', '0'], '--equity "0" is out of range.'],
    [['--equity', 'Infinity'], '--equity "Infinity" is not understood.'],
    [['--quantity', '1e-12'], 'Quantity "1e-12" is below one lot of BTCUSDT.binance, 0.0000001.'],
    [['--side', 'long'], "option '--side <side>' argument 'long' is invalid. Allowed choices are buy, sell."],
    [['--instrument', 'a.b.c'], 'Instrument id "a.b.c" is not "SYMBOL.venue".'],
    [['--reduce-only'], 'An exit that buys 0 does not fit a position of 0.\n  Such as --side sell --reduce-only'],
    [['--policy', 'nun'], 'There is no policy "nun".\n  Did you mean "none"?\n'],
    [['--policy', 'no.json'], 'Policy "no.json" does not exist.'],
    [['--polcy', 'none'], "unknown option '--polcy'\n  (Did you mean --policy?)"],
  ])('refuses %o and says what would have worked', async (options, says) => {
    const { code, stdout, stderr } = await risk(...options)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(says)
  })

  it.each([
    ['{', 'Policy "mine.json" cannot be used: it is no JSON.\n  It holds options of riskPolicy, such as'],
    ['[1]', 'Policy "mine.json" cannot be used: it is no object.'],
    ['{ "book": {} }', 'Policy "mine.json" cannot be used: a "book" of scenarios is made by a program.'],
    ['{ "clipsize": 0.01 }', 'riskPolicy has no option "clipsize".\n  Did you mean "clipSize"?\n'],
    ['{ "clipSize": "big" }', 'clipSize'],
  ])('refuses a policy file that holds %s', async (text, says) => {
    cli.write('mine.json', text)
    const { code, stderr } = await risk('--policy', 'mine.json')
    expect(code).toBe(2)
    expect(stderr).toContain(says)
  })

  it('asks for what it needs', async () => {
    const { code, stderr } = await cli.run('risk', '--side', 'buy')
    expect(code).toBe(2)
    expect(stderr).toContain('--instrument and --price and --equity must be given.\n  Such as aster risk --instrument')
  })
})
