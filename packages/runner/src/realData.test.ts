import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CommandLine, commandLine } from './cli/commandLine.rig.js'

const market = join(process.env.ASTER_DATA ?? '', 'market')

describe.skipIf(!process.env.ASTER_DATA)('aster on recorded prices (needs ASTER_DATA)', () => {
  let cli: CommandLine

  beforeEach(() => {
    cli = commandLine()
  })

  afterEach(() => cli.remove())

  it('runs a year of minutes and replays it', async () => {
    const data = join(market, 'bitfinex-1m/BTCUSD_1m_2019.csv.gz')
    const { code, value } = await cli.json(
      'backtest',
      '--strategy',
      'sma-cross',
      '--data',
      data,
      '--policy',
      'none',
      '--out',
      'run',
    )
    expect(code).toBe(0)
    expect(value).toMatchObject({ config: { instruments: [{ id: 'BTCUSD.tape', bars: 512_727, interval: 60_000 }] } })
    const replayed = await cli.json('replay', 'run')
    expect(replayed.value).toMatchObject({
      equal: true,
      result: { commands: (value.statistics as { orders: number }).orders },
    })
  })

  it('streams it to the same result', async () => {
    const data = join(market, 'bitfinex-1m/BTCUSD_1m_2019.csv.gz')
    const run = ['backtest', '--strategy', 'ensemble', '--every', '1h', '--data', data, '--out'] as const
    const [whole, pieces] = [await cli.json(...run, 'whole'), await cli.json(...run, 'pieces', '--stream')]
    expect([whole.code, pieces.code]).toEqual([0, 0])
    expect(pieces.value.resultHash).toBe(whole.value.resultHash)
    expect(pieces.value.limits).toEqual(whole.value.limits)
  })

  it('runs four hourly series in one account and replays them', async () => {
    const { code, value } = await cli.json(
      'backtest',
      '--strategy',
      'ensemble',
      '--param',
      'exposure=0.25',
      '--data',
      join(market, 'bitfinex-1h'),
      '--out',
      'run',
    )
    expect(code).toBe(0)
    const ids = (value.config as { instruments: readonly { id: string }[] }).instruments.map(({ id }) => id)
    expect(ids).toEqual(['BTCUSD.tape', 'ETHUSD.tape', 'LTCUSD.tape', 'XRPUSD.tape'])
    expect((await cli.json('replay', 'run')).value).toMatchObject({ equal: true })
  })

  it('finds the five rows out of order, and a sound series once they are imported with a repair', async () => {
    const data = join(market, 'coinbase-btcusd-1h')
    const { code, value } = await cli.json('data', 'check', data)
    expect(code).toBe(1)
    expect(value).toMatchObject({ files: [{ verdict: 'unsound', defects: { outOfOrder: 5, duplicates: 0 } }] })
    expect((await cli.run('data', 'import', data, '--out', 'data', '--repair')).code).toBe(0)
    expect((await cli.run('data', 'check', 'data')).code).toBe(0)
  })
})
