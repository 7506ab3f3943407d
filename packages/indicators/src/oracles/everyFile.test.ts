import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dataFolder, needsData } from './referenceFiles.rig.js'

const other = 'no indicator of ours'

/** Files that no test compares, and why. */
const leftOut: Readonly<Record<'skender' | 'stockCharts', Readonly<Record<string, string>>>> = {
  skender: {
    'alligator.json': other,
    'barpart.json': 'prices of a bar, no indicator',
    'beta.json': other,
    'chexit.json': other,
    'corr.json': other,
    'dynamic.json': other,
    'fcb.json': other,
    'gator.json': other,
    'hurst.json': other,
    'kvo.json': other,
    'marubozu.json': 'a pattern of candles',
    'pivots.json': other,
    'prs.json': other,
    'pvo.json': other,
    'renko.json': 'bricks of a chart',
    'smi.json': 'the stochastic momentum index, not the stochastic',
    'stdev-channels.json': 'a channel around a regression, not Bollinger bands',
    'ulcer.json': other,
    'vol-stop.json': other,
    'zigzag-close.json': other,
  },
  stockCharts: {
    'cs-easeofmovement.csv': other,
    'cs-ppo.csv': other,
    'cs-pvo.csv': other,
    'cs-stc.csv': other,
    'cs-stochrsi.csv': "its index averages from zero with weight 1/14, which is not Wilder's",
    'cs-tsi.csv': other,
    'cs-ui.csv': other,
    'cs-vortex.csv': other,
    'cs-vpt.csv': other,
  },
}

const home = fileURLToPath(new URL('.', import.meta.url))

/** Names of reference files in the tests of one source. */
function compared(source: string): Set<string> {
  const texts = [`${source}.test.ts`, `${source}Price.test.ts`].map((file) => readFileSync(join(home, file), 'utf8'))
  return new Set([...texts.join('\n').matchAll(/'([\w-]+\.(?:csv|json))'/g)].map((match) => match[1]!))
}

describe.skipIf(!dataFolder)(`every file of the reference data${needsData}`, () => {
  it.each([
    ['skender', 'indicators_skender', /(?<!cases)\.json$/],
    ['stockCharts', 'indicators_stockcharts', /\.csv$/],
  ] as const)('of %s is compared, or it is said why not', (source, folder, pattern) => {
    const files = readdirSync(join(dataFolder!, 'reference', folder)).filter((file) => pattern.test(file))
    const read = compared(source)
    expect(files.filter((file) => !read.has(file)).sort()).toEqual(Object.keys(leftOut[source]).sort())
  })
})
