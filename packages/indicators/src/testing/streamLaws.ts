import fc from 'fast-check'
import type { BarInput } from '../indicator.js'
import { barSeries } from './barSeries.js'
import {
  advance,
  type ContractCheck,
  type ContractSubject,
  createSubject,
  holds,
  inputOf,
  outputsOf,
  sameBits,
  streamRows,
} from './contractSubject.js'

/** The laws of a streaming indicator by itself: warm-up, undo, look-ahead-free peeks, copies. */
export function streamLaws(subject: ContractSubject): readonly ContractCheck[] {
  return [
    subject.warmup === 'nominal'
      ? { name: 'has its first values when it says that it is ready', run: () => checkNominalWarmup(subject) }
      : { name: 'has its first values exactly after warmup inputs', run: () => checkWarmup(subject) },
    { name: 'counts finite inputs only towards readiness', run: () => checkReadiness(subject) },
    subject.holes === 'poison'
      ? { name: 'stays NaN after an input that is not finite', run: () => checkPoison(subject) }
      : { name: 'recovers from an input that is not finite within warmup inputs', run: () => checkHealing(subject) },
    property(subject, 'treats a replaced bar as never seen', series('some'), (bars) => checkReplace(subject, bars)),
    property(subject, 'peeks at what next returns without touching the state', series('some'), (bars) =>
      checkPeek(subject, bars),
    ),
    property(subject, 'goes on from a clone or a snapshot as if nothing had happened', series('some'), (bars) =>
      checkCopies(subject, bars),
    ),
    property(subject, 'is new again after reset', series('some'), (bars) => checkReset(subject, bars)),
    property(subject, 'gives finite values or NaN, whatever it is fed', wildSeries(), (bars) => {
      for (const value of streamRows(subject, bars).flat()) {
        holds(Math.abs(value) !== Number.POSITIVE_INFINITY, `an output is "${value}"`)
      }
    }),
  ]
}

/** A law over random series. */
export function property<Input>(
  { runs = 50, seed = 1 }: ContractSubject,
  name: string,
  inputs: fc.Arbitrary<Input>,
  check: (input: Input) => void,
): ContractCheck {
  return { name, run: () => fc.assert(fc.property(inputs, check), { numRuns: runs, seed }) }
}

/** Series long enough for several windows of a small indicator. */
export function series(holes: 'none' | 'some'): fc.Arbitrary<readonly BarInput[]> {
  return barSeries({ lengthMax: 80, holes })
}

function wildSeries(): fc.Arbitrary<readonly BarInput[]> {
  const wild = fc.constantFrom(0, -0, 1, -1, 1e-300, -1e-300, 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY)
  return fc.array(fc.record({ high: wild, low: wild, close: wild, volume: wild }), { maxLength: 40, size: 'max' })
}

/** A fixed walk of moving bars. */
function walk(length: number): BarInput[] {
  let state = 1
  let level = 100
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    level += state / 2 ** 32 - 0.5
    return { high: level + 1, low: level - 1, close: level + 0.25, volume: 1 + (state % 1000) }
  })
}

const hole: BarInput = { high: Number.NaN, low: Number.NaN, close: Number.NaN, volume: Number.NaN }

function checkWarmup(subject: ContractSubject): void {
  const stream = createSubject(subject)
  const { warmup } = stream
  holds(stream.stableAfter >= warmup, `stableAfter "${stream.stableAfter}" is below warmup "${warmup}"`)
  holds(Number.isNaN(stream.value) && !stream.isReady && stream.samples === 0, 'a new indicator is not cold')
  for (const [index, bar] of walk(warmup + 5).entries()) {
    const complete = advance(subject, stream, bar).every(Number.isFinite)
    const seen = index + 1
    holds(complete === seen >= warmup, `after "${seen}" of "${warmup}" inputs all outputs are finite: ${complete}`)
    holds(stream.isReady === seen >= warmup, `after "${seen}" of "${warmup}" inputs isReady is ${stream.isReady}`)
    holds(stream.samples === seen, `after "${seen}" inputs samples is "${stream.samples}"`)
  }
}

function checkNominalWarmup(subject: ContractSubject): void {
  const stream = createSubject(subject)
  const { warmup } = stream
  holds(stream.stableAfter >= warmup, `stableAfter "${stream.stableAfter}" is below warmup "${warmup}"`)
  holds(Number.isNaN(stream.value) && !stream.isReady && stream.samples === 0, 'a new indicator is not cold')
  for (const [index, bar] of walk(nominalInputs(warmup)).entries()) {
    const complete = advance(subject, stream, bar).every(Number.isFinite)
    const seen = index + 1
    holds(
      complete === stream.isReady,
      `after "${seen}" inputs isReady is ${stream.isReady}, finite outputs: ${complete}`,
    )
    holds(stream.samples === seen, `after "${seen}" inputs samples is "${stream.samples}"`)
  }
  holds(stream.isReady, `not ready after "${nominalInputs(warmup)}" inputs, with a nominal warmup of "${warmup}"`)
}

/** By how many inputs an indicator with a nominal warm-up has its values, on a walk with ordinary volumes. */
function nominalInputs(warmup: number): number {
  return 2 * warmup + 20
}

function checkReadiness(subject: ContractSubject): void {
  const stream = createSubject(subject)
  const { warmup } = stream
  const bars = walk(nominalInputs(warmup))
  const exact = subject.warmup !== 'nominal'
  const needed = exact ? warmup : 1 + streamRows(subject, bars).findIndex((row) => row.every(Number.isFinite))
  for (let count = 0; count < 3; count++) advance(subject, stream, hole)
  for (const bar of bars.slice(0, needed - 1)) advance(subject, stream, bar)
  holds(!stream.isReady, 'inputs that are not finite counted towards readiness')
  advance(subject, stream, bars[needed - 1]!)
  holds(stream.isReady, `not ready after "${needed}" finite inputs that followed 3 others`)
  holds(stream.samples === needed + 3, `samples is "${stream.samples}", not the number of calls`)
}

function checkHealing(subject: ContractSubject): void {
  const { warmup } = createSubject(subject)
  const within = subject.warmup === 'nominal' ? nominalInputs(warmup) : warmup
  const clean = walk(2 * warmup + within + 20)
  for (let at = 0; at < 2 * warmup + 10; at++) {
    const bars = clean.map((bar, index) => (index === at ? hole : bar))
    const rows = streamRows(subject, bars)
    const late = rows.slice(at + within + 1).flat()
    holds(late.every(Number.isFinite), `outputs are not finite "${within}" inputs after a hole at "${at}"`)
  }
}

function checkPoison(subject: ContractSubject): void {
  const { warmup } = createSubject(subject)
  const clean = walk(3 * warmup + 20)
  // From the third bar on every average has an input; what comes before the first one is ignored.
  for (let at = 2; at < 2 * warmup + 10; at++) {
    const rows = streamRows(subject, [...clean.slice(0, at), hole, ...clean.slice(at)])
    holds(rows.slice(at).flat().every(Number.isNaN), `an output has a value after a hole at "${at}"`)
  }
}

function checkReplace(subject: ContractSubject, bars: readonly BarInput[]): void {
  const { definition } = subject
  const stream = createSubject(subject)
  const expected = streamRows(subject, bars)
  for (const [index, bar] of bars.entries()) {
    const drafts = [bars[(index * 7) % bars.length]!, hole, bars.at(-1 - index)!].slice(0, index % 4)
    for (const [attempt, draft] of [...drafts, bar].entries()) {
      const input = inputOf(definition, draft)
      if (attempt === 0) stream.next(input)
      else stream.replace(input)
    }
    sameBits(outputsOf(definition, stream), expected[index]!, `bar ${index} after "${drafts.length}" drafts`)
    holds(stream.samples === index + 1, `samples is "${stream.samples}" after "${index + 1}" bars`)
  }
  const first = createSubject(subject)
  if (bars.length === 0) return
  first.replace(inputOf(definition, bars[0]!))
  sameBits(outputsOf(definition, first), expected[0]!, 'replace before any next')
}

function checkPeek(subject: ContractSubject, bars: readonly BarInput[]): void {
  const { definition } = subject
  const stream = createSubject(subject)
  for (const [index, bar] of bars.entries()) {
    const before = stream.snapshot()
    const peeked = stream.peek(inputOf(definition, bar))
    sameBits(stream.snapshot(), before, `snapshot after peek ${index}`)
    sameBits([peeked], [stream.next(inputOf(definition, bar))], `peek ${index}`)
  }
}

function checkCopies(subject: ContractSubject, bars: readonly BarInput[]): void {
  const expected = streamRows(subject, bars)
  const cut = Math.floor(bars.length / 2)
  const stream = createSubject(subject)
  for (const bar of bars.slice(0, cut)) advance(subject, stream, bar)
  const clone = stream.clone()
  const restored = createSubject(subject)
  restored.restore(stream.snapshot())
  sameBits(restored.snapshot(), stream.snapshot(), 'snapshot of a restored indicator')
  for (const [name, copy] of Object.entries({ clone, restored, original: stream })) {
    const last = bars[cut - 1]
    if (last) copy.replace(inputOf(subject.definition, last))
    for (let index = cut; index < bars.length; index++) {
      sameBits(advance(subject, copy, bars[index]!), expected[index]!, `${name}, bar ${index}`)
    }
  }
}

function checkReset(subject: ContractSubject, bars: readonly BarInput[]): void {
  const stream = createSubject(subject)
  for (const bar of bars) advance(subject, stream, bar)
  stream.reset()
  sameBits(stream.snapshot(), createSubject(subject).snapshot(), 'snapshot after reset')
  const again = bars.map((bar) => advance(subject, stream, bar))
  sameBits(again.flat(), streamRows(subject, bars).flat(), 'outputs after reset')
}
