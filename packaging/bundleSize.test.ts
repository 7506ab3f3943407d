import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registry } from '../packages/indicators/src/index.js'
import { root } from './manifest.js'

/** Bytes, minified and gzipped, that a bundle grows by with one indicator: its class, or its batch function. */
const bytesMax = 3_000

/** Those that take more, with what they cannot do without, and what they may take: a guard, no goal. */
const largerMax: Readonly<Record<string, number>> = {
  // σ, the normal distribution with its 22 coefficients, and buckets, or a line and a mean.
  Vpin: 5_000,
  vpin: 4_250,
  MarketImpact: 5_000,
  marketImpact: 4_250,
  // σ, the normal distribution and two totals.
  OrderFlowImbalance: 4_350,
  orderFlowImbalance: 3_300,
  // An RSI, extremes of it, and two means, each with a start and holes of its own.
  StochRsi: 3_900,
  // An average of either kind, and an average true range of either kind.
  Keltner: 3_700,
  // The logarithm of core, which is the same on every engine.
  ChoppinessIndex: 3_550,
  choppinessIndex: 3_200,
  // An average true range, and bands that take a bar back.
  Supertrend: 3_250,
  // A window, and a session that keeps what rounding takes.
  RollingVwap: 3_250,
  // Wilder's average or a mean, by option.
  Atr: 3_200,
  // Four averages, bar by bar and in one loop.
  adx: 3_200,
}

interface Size {
  readonly name: string
  readonly size: number
}

/** Measures with size-limit and esbuild what is left of the built package when one name is imported. */
function measure(names: readonly string[]): readonly Size[] {
  const folder = mkdtempSync(join(tmpdir(), 'aster-size-'))
  const path = join(root, 'packages/indicators/dist/index.js')
  const checks = names.map((name) => ({ name, path, import: `{ ${name} }`, gzip: true }))
  writeFileSync(join(folder, 'checks.json'), JSON.stringify(checks))
  const program = join(root, 'node_modules/size-limit/bin.js')
  try {
    const printed = execFileSync(process.execPath, [program, '--json', '--config', join(folder, 'checks.json')], {
      cwd: root,
      encoding: 'utf8',
    })
    return JSON.parse(printed) as readonly Size[]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('a bundle with one indicator', () => {
  const ids = registry.all().map(({ id }) => id)
  const names = registry.all().flatMap(({ id, create }) => [id, create().constructor.name])

  it('holds little beside it, and the exceptions are some', () => {
    const sizes = measure(names)
    const over = sizes.filter(({ name, size }) => size > (largerMax[name] ?? bytesMax))
    expect(over.map(({ name, size }) => `${name} ${size}`)).toEqual([])
    const small = sizes.filter(({ name, size }) => name in largerMax && size <= bytesMax)
    expect(small.map(({ name }) => name)).toEqual([])
  }, 180_000)

  it('is measured for every indicator', () => {
    expect(names).toHaveLength(2 * ids.length)
  })
})
