import { DataError } from '@astertrade/core/data'
import { type BarPlace, barPlace } from './barPlace.js'
import { createExamination } from './examination.js'
import type { MarketSource } from './marketSource.js'
import type { OpenMarket, Place } from './openMarket.js'
import type { UnitStep } from './unitSteps.js'

/**
 * Looks at bars before they are run, as `aster data check` does, and says in sentences what may spoil the result: gaps, and
 * bars that look wrong.
 *
 * @throws DataError `MIXED_PRICES` if prices move twentyfold and stay, unless the market accepts it.
 */
export function examineMarket(source: MarketSource, { series }: OpenMarket, place: Place): readonly string[] {
  if (source.kind === 'synthetic') return []
  return series.flatMap((bars) => {
    const examination = createExamination(bars.instrument)
    examination.push(bars)
    const step = examination.step()
    if (step !== undefined && source.onJump !== 'accept') {
      throw mixedPrices(step, barPlace(source, { instrument: bars.instrument, time: step.time }, place.folder))
    }
    return examination.sentences()
  })
}

/** The error for prices in two units. */
export function mixedPrices({ time, close, before }: UnitStep, { text, ...at }: BarPlace): DataError {
  const value = String(close)
  const closes = new Date(time).toISOString()
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
