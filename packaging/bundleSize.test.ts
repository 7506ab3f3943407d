import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { registry } from '../packages/indicators/src/index.js'
import { root } from './manifest.js'

/** Bytes, minified and gzipped, that a bundle grows by with one indicator: its class, or its batch function. */
const bytesMax = 3_000

/** Those composed of more kernels than fit, or of one with tables, and what they may take: a guard, no goal. */
const largerMax: Readonly<Record<string, number>> = {
  Natr: 3_100,
  parabolicSar: 3_200,
  atr: 3_100,
  vwap: 3_200,
  Ichimoku: 3_200,
  Adx: 3_300,
  supertrend: 3_300,
  Stochastic: 3_300,
  ChaikinOscillator: 3_300,
  choppinessIndex: 3_300,
  adx: 3_300,
  RollingVwap: 3_500,
  Supertrend: 3_500,
  stochRsi: 3_500,
  keltner: 3_500,
  Atr: 3_500,
  ChoppinessIndex: 3_900,
  Keltner: 4_000,
  StochRsi: 4_200,
  OrderFlowImbalance: 4_600,
  orderFlowImbalance: 5_300,
  MarketImpact: 5_300,
  Vpin: 5_300,
  marketImpact: 5_900,
  vpin: 5_900,
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

  it('holds little beside it', () => {
    const over = measure(names).filter(({ name, size }) => size > (largerMax[name] ?? bytesMax))
    expect(over.map(({ name, size }) => `${name} ${size}`)).toEqual([])
  }, 180_000)

  it('is measured for every indicator', () => {
    expect(names).toHaveLength(2 * ids.length)
  })
})
