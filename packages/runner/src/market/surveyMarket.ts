import { type Bars, ConfigError, type InstrumentId } from '@astertrade/core'
import { DataError } from '@astertrade/core/data'
import { streamTape, tapeFiles } from '@astertrade/exchanges/tape'
import { dayText } from '../dayText.js'
import { barsWithin, emptyRange } from './cutBars.js'
import { createExamination } from './examination.js'
import { mixedPrices } from './examineMarket.js'
import type { RecordedMarket } from './marketSource.js'
import type { Place } from './openMarket.js'
import { openRange } from './openRange.js'
import { readablePath } from './readablePath.js'
import { requirePaths } from './requirePaths.js'
import { createRowSample } from './rowSample.js'
import { streamedPlace } from './streamedPlace.js'
import { tapeOptions } from './tapeOptions.js'

/** A series that was read once and not kept. */
export interface SurveyedSeries {
  readonly instrument: InstrumentId
  readonly bars: number
  /** Some of its rows, from which its grids are taken. */
  readonly sample: Bars
  /** Reads it again, in pieces that lie within the range of the market. */
  read(): AsyncIterable<Bars>
}

/** A market that was read once, and what may spoil a result. */
export interface SurveyedMarket {
  readonly series: readonly SurveyedSeries[]
  readonly warnings: readonly string[]
}

/**
 * Reads recordings of any size once, piece by piece, and keeps what a streamed run has to know beforehand.
 *
 * @throws ConfigError `NO_FILE`, `EMPTY_RANGE`, or `BAD_PARAMETER` if defects are to be repaired, which needs whole files.
 * @throws DataError `FUTURE_DATA`, `MIXED_PRICES`, or for a file that is damaged or holds a defect.
 */
export async function surveyMarket(source: RecordedMarket, place: Place): Promise<SurveyedMarket> {
  if (source.onDefect === 'repair') {
    throw new ConfigError('A streamed run cannot repair its data.', {
      code: 'BAD_PARAMETER',
      hints: ['Repair it first: aster data import <files> --repair --out data, then --data data.'],
    })
  }
  openRange(source)
  requirePaths(source.paths, place.folder)
  const series: SurveyedSeries[] = []
  const warnings: string[] = []
  for (const [instrument, files] of await filesByInstrument(source, place)) {
    const surveyed = await surveySeries(instrument, files, { source, place })
    series.push(surveyed.series)
    warnings.push(...surveyed.warnings)
  }
  return { series, warnings }
}

/** The files of each instrument, in order of time; instruments in order of first appearance, as in a run in memory. */
async function filesByInstrument(
  source: RecordedMarket,
  { folder }: Place,
): Promise<ReadonlyMap<InstrumentId, readonly string[]>> {
  const files = new Map<InstrumentId, { readonly path: string; readonly time: number }[]>()
  for (const { path } of tapeFiles(source.paths.map((name) => readablePath(name, folder)))) {
    for await (const bars of streamTape(path, { ...tapeOptions(source), chunkRows: 1 })) {
      const file = { path, time: bars.time[0]! }
      const same = files.get(bars.instrument)
      if (same) same.push(file)
      else files.set(bars.instrument, [file])
      break
    }
  }
  const sorted = [...files].map(([instrument, list]) => {
    const paths = list.toSorted((a, b) => a.time - b.time).map(({ path }) => path)
    return [instrument, paths] as const
  })
  return new Map(sorted)
}

async function surveySeries(
  instrument: InstrumentId,
  files: readonly string[],
  { source, place }: { readonly source: RecordedMarket; readonly place: Place },
): Promise<{ readonly series: SurveyedSeries; readonly warnings: readonly string[] }> {
  const range = openRange(source)
  const all = (): AsyncIterable<Bars> => streamTape(files, tapeOptions(source))
  const examination = createExamination(instrument)
  const sample = createRowSample()
  let count = 0
  let [first, last] = [Number.NaN, Number.NaN]
  for await (const piece of all()) {
    if (Number.isNaN(first)) first = piece.time[0]! - piece.interval
    last = piece.time[piece.length - 1]! - piece.interval
    const bars = barsWithin(piece, range)
    if (bars.length === 0) continue
    await requirePast(bars, files, { source, now: place.clock.now() })
    examination.push(bars)
    sample.add(bars)
    count += bars.length
  }
  if (count === 0) throw emptyRange(instrument, first, last)
  const step = examination.step()
  if (step !== undefined && source.onJump !== 'accept') {
    throw mixedPrices(step, await streamedPlace(source, files, step.time))
  }
  return {
    series: { instrument, bars: count, sample: sample.bars(), read: () => within(all(), range) },
    warnings: examination.sentences(),
  }
}

async function* within(pieces: AsyncIterable<Bars>, range: ReturnType<typeof openRange>): AsyncGenerator<Bars> {
  for await (const piece of pieces) {
    const bars = barsWithin(piece, range)
    if (bars.length > 0) yield bars
  }
}

async function requirePast(
  { instrument, time, length }: Bars,
  files: readonly string[],
  { source, now }: { readonly source: RecordedMarket; readonly now: number },
): Promise<void> {
  if (time[length - 1]! <= now) return
  const first = time.find((close) => close > now)!
  const value = new Date(first).toISOString()
  const { text, ...at } = await streamedPlace(source, files, first)
  throw new DataError(`${text}: a bar of ${instrument} closes at "${value}", which lies in the future.`, {
    code: 'FUTURE_DATA',
    ...at,
    value,
    hints: [`Check the unit of its times, or cut it: --to ${dayText(now)}.`],
  })
}
