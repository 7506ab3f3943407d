import { type Bars, barColumns, createBars } from '../bar.js'
import { blaming } from '../engine/blaming.js'
import { ConfigError } from '../errors.js'
import { type BarsHasher, createBarsHasher } from '../hashBars.js'
import { createHasher } from '../hasher.js'
import type { Instrument } from '../instrument.js'
import { quoted } from '../quoted.js'
import { dayMs } from '../time.js'
import type { BacktestOptions } from './backtest.js'
import { checkBars } from './checkBars.js'
import { checkOptions } from './checkOptions.js'
import { createEquityTracker } from './equityTracker.js'
import { ManySeries } from './manySeries.js'
import { periodsOf, weekendBars } from './periodsPerYear.js'
import { playOne } from './playOne.js'
import type { Report } from './report.js'
import { type RunEquity, reportOf, type SeriesSummary } from './reportOf.js'
import { checkIsBars } from './seriesOf.js'
import { type StartedRun, startRun } from './startRun.js'

/** The options of a backtest over data that is larger than memory. */
export interface StreamedBacktestOptions extends Omit<BacktestOptions, 'data' | 'journal' | 'instruments'> {
  /** One source of bars, or one for each instrument; each yields pieces of its series in time order. */
  readonly data: AsyncIterable<Bars> | readonly AsyncIterable<Bars>[]
  /** Number borders of the instruments: grids that fit the first piece need not fit the rest. */
  readonly instruments: readonly Instrument[]
}

/**
 * Runs a backtest over bars that come in pieces, in memory that does not grow with the number of bars.
 *
 * The figures and the result hash are those of `backtest` over the whole. Of the equity, one row a day is kept for the charts;
 * fills and trades are kept whole. A journal refers to its data by digest, which is not known before the end, so there is none.
 *
 * @throws ConfigError if no instruments are given, a source is empty, or a piece is unsound or does not follow the one before.
 * @example
 * const report = await backtestStream({ strategy, instruments: [btc], data: streamTape('btc-10-years.csv.gz'), cash: '10000' })
 */
export async function backtestStream(options: StreamedBacktestOptions): Promise<Report> {
  checkOptions(options)
  checkInstruments(options)
  const given: readonly unknown[] = Array.isArray(options.data) ? options.data : [options.data]
  for (const source of given) checkSource(source)
  const sources = (given as readonly AsyncIterable<Bars>[]).map((source) => createSource(source))
  const first: Bars[] = []
  for (const source of sources) {
    const bars = await source.next()
    if (bars === undefined) throw new ConfigError('A source of bars yields none.', { code: 'NO_DATA' })
    first.push(bars)
  }
  const { data: _, ...rest } = options
  const started = startRun({ ...rest, data: first }, first)
  const equity = followEquity(started)
  await play(started, sources, first, equity.drain)
  return reportOf(
    started,
    sources.map((source) => source.summary()),
    equity,
  )
}

function checkInstruments({ instruments }: { readonly instruments?: readonly Instrument[] }): void {
  if (instruments !== undefined) return
  throw new ConfigError('A streamed backtest has no instruments.', {
    code: 'BAD_INSTRUMENT',
    hints: [
      'Give one for each source: instruments: [defineInstrument({ id, tick, lot })].',
      'inferInstrument(bars) fits a piece that you know to be like the whole.',
    ],
  })
}

function checkSource(source: unknown): asserts source is AsyncIterable<Bars> {
  if (typeof (source as Partial<AsyncIterable<Bars>> | null | undefined)?.[Symbol.asyncIterator] === 'function') return
  throw new ConfigError(`A source of bars is ${quoted(source)}, no AsyncIterable.`, {
    code: 'BAD_DATA',
    hints: ['Such as async function* () { yield bars }; bars that are in memory are for backtest.'],
  })
}

async function play(
  started: StartedRun,
  sources: readonly Source[],
  first: readonly Bars[],
  drain: () => void,
): Promise<void> {
  const { run } = started
  const { kernel } = run
  if (sources.length === 1) {
    let before = Number.NEGATIVE_INFINITY
    for (let bars: Bars | undefined = first[0]; bars !== undefined; bars = await sources[0]!.next()) {
      const piece = bars
      blaming(kernel, () => playOne(run, piece, before))
      before = piece.time[piece.length - 1]!
      drain()
    }
    return
  }
  const many = new ManySeries(run, first, 'chunks')
  for (;;) {
    let slot = -1
    blaming(kernel, () => {
      slot = many.play()
    })
    drain()
    if (slot < 0) return
    many.extend(slot, await sources[slot]!.next())
  }
}

interface Source {
  next(): Promise<Bars | undefined>
  summary(): SeriesSummary
}

/** Takes pieces from a source, checks that each follows the last, and keeps what the report will need. */
function createSource(source: AsyncIterable<Bars>): Source {
  const iterator = source[Symbol.asyncIterator]()
  let hasher: BarsHasher | undefined
  let [first, last]: [Bars | undefined, Bars | undefined] = [undefined, undefined]
  let [bars, weekend, from, firstOpen] = [0, 0, 0, 0]
  return {
    async next() {
      for (;;) {
        const { value, done } = await iterator.next()
        if (done) return undefined
        const piece: unknown = value
        checkIsBars(piece)
        if (piece.length === 0) continue
        checkBars(piece)
        if (last !== undefined) checkFollows(last, piece)
        if (first === undefined) {
          first = piece
          from = piece.time[0]! - piece.interval
          firstOpen = piece.open[0]!
          hasher = createBarsHasher(piece.instrument, piece.interval)
        }
        hasher!.push(piece)
        bars += piece.length
        weekend += weekendBars(piece.time)
        last = lastBar(piece)
        return piece
      }
    },
    summary() {
      const { instrument, interval, time, close } = last!
      return {
        id: instrument,
        bars,
        from,
        to: time[0]!,
        interval,
        firstOpen,
        lastClose: close[0]!,
        periodsPerYear: () => periodsOf(weekend, bars, interval),
        digest: () => hasher!.digest(),
      }
    },
  }
}

/** The last bar as a piece of its own, so that the piece it came from can be let go. */
function lastBar(piece: Bars): Bars {
  const bars = createBars(piece.instrument, piece.interval, 1)
  for (const name of barColumns) bars[name][0] = piece[name][piece.length - 1]!
  return bars
}

function checkFollows(last: Bars, piece: Bars): void {
  if (piece.instrument === last.instrument && piece.interval === last.interval && piece.time[0]! > last.time[0]!) return
  throw new ConfigError(
    `A piece of ${piece.instrument} at "${piece.time[0]}" does not follow ${last.instrument} at "${last.time[0]}".`,
    {
      code: 'BAD_DATA',
      hints: ['Pieces of one source have one instrument and interval, and each begins after the last has ended.'],
    },
  )
}

interface FollowedEquity extends RunEquity {
  /** Takes the rows that the engine has written since, and frees their room. */
  drain(): void
}

/** Measures and hashes the equity rows as they come; keeps the last one of each day for the charts. */
function followEquity({ audit, options }: StartedRun): FollowedEquity {
  const { rows } = audit
  const tracker = createEquityTracker(Number(options.cash))
  const [times, values] = [createHasher(), createHasher()]
  let count = 0
  const take = (): void => {
    const curve = {
      length: rows.length,
      time: rows.time.subarray(0, rows.length),
      equity: rows.equity.subarray(0, rows.length),
    }
    tracker.add(curve)
    times.column(curve.time)
    values.column(curve.equity)
    count += rows.length
    rows.length = 0
  }
  return {
    drain: take,
    figures: () => tracker.figures(),
    digests: () => [times, values].map((hasher) => hasher.number(count).digest()),
    get curve() {
      const { day, equity } = tracker.figures().daily
      return { length: day.length, time: day.map((start) => start + dayMs), equity }
    },
  }
}
