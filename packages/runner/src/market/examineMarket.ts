import type { Bars } from '@astertrade/core'
import { cleanBars, DataError, type DataIssue } from '@astertrade/core/data'
import { counted } from '../counted.js'
import { barPlace } from './barPlace.js'
import type { MarketSource, RecordedMarket } from './marketSource.js'
import type { OpenMarket, Place } from './openMarket.js'

/** Closes that differ by this much are in other units, not at another price. */
const unitRatio = 20
/** Bars on each side that must lie on their side of such a step. */
const lasting = 5

/**
 * Looks at bars before they are run, as `aster data check` does, and says in sentences what may spoil the result: gaps, and
 * bars that look wrong.
 *
 * @throws DataError `MIXED_PRICES` if prices move twentyfold and stay, unless the market accepts it.
 */
export function examineMarket(source: MarketSource, { series }: OpenMarket, place: Place): readonly string[] {
  if (source.kind === 'synthetic') return []
  return series.flatMap((bars) => {
    const step = unitStep(bars)
    if (step > 0 && source.onJump !== 'accept') throw mixedPrices(bars, step, source, place)
    const found = cleanBars(bars)
    const sentences = [gapSentence(found.quality), oddSentence(found.issues)].filter((text) => text !== '')
    return sentences.map((text) => `${bars.instrument}: ${text}.`)
  })
}

function gapSentence(quality: ReturnType<typeof cleanBars>['quality']): string {
  const { missing, expected, outages, longestGap: longest } = quality
  if (missing === 0) return ''
  const share = ((100 * missing) / expected).toFixed(2)
  return `${missing} of ${counted(expected, 'bar')} (${share} %) are missing, with ${counted(outages, 'outage')}; the longest gap has ${longest}`
}

const kinds = { spike: 'spike', jump: 'lasting jump', frozen: 'frozen stretch', echo: 'repeated stretch' } as const

function oddSentence(issues: readonly DataIssue[]): string {
  const counts = Object.entries(kinds).flatMap(([kind, name]) => {
    const found = issues.filter((issue) => issue.kind === kind).length
    return found > 0 ? [counted(found, name)] : []
  })
  return counts.length > 0 ? `bars look wrong: ${counts.join(', ')}` : ''
}

/** Index of the first bar that parts two levels by `unitRatio`; 0 if there is none. */
function unitStep({ close, length }: Bars): number {
  for (let index = 1; index < length; index++) {
    const [before, after] = [close[index - 1]!, close[index]!]
    if (after < before * unitRatio && before < after * unitRatio) continue
    // The geometric middle, so that up and down are alike.
    const middle = Math.sqrt(before * after)
    let parts = true
    for (let near = Math.max(0, index - lasting); near < Math.min(length, index + lasting); near++) {
      if (close[near]! > middle !== (near >= index ? after > middle : before > middle)) parts = false
    }
    if (parts) return index
  }
  return 0
}

function mixedPrices(
  { instrument, time, close }: Bars,
  index: number,
  source: RecordedMarket,
  place: Place,
): DataError {
  const { text, ...at } = barPlace(source, { instrument, time: time[index]! }, place.folder)
  const [before, value] = [close[index - 1]!, String(close[index]!)]
  const closes = new Date(time[index]!).toISOString()
  return new DataError(
    `${text}: close "${value}" of the bar that closes at ${closes} follows ${before} and stays there: are units mixed?`,
    {
      code: 'MIXED_PRICES',
      ...at,
      column: 'close',
      value,
      hints: ['Write all prices of a file in one unit. If the market did move so far, add --trust-data.'],
    },
  )
}
