import type { BarInput } from '../indicator.js'
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
import { property, series, wildSeries } from './property.js'
import { hole, inputsUntilReady, walk } from './walk.js'

/** The laws of a streaming indicator by itself: warm-up, undo, look-ahead-free peeks, copies. */
export function streamLaws(subject: ContractSubject): readonly ContractCheck[] {
  return [
    subject.warmup === 'nominal'
      ? { name: 'has its first values when it says that it is ready', run: () => checkNominalWarmup(subject) }
      : { name: 'has its first values exactly after warmup inputs', run: () => checkWarmup(subject) },
    property(subject, 'treats a replaced bar as never seen', series(subject, 'some'), (bars) =>
      checkReplace(subject, bars),
    ),
    property(subject, 'peeks at what next returns without touching the state', series(subject, 'some'), (bars) =>
      checkPeek(subject, bars),
    ),
    property(
      subject,
      'goes on from a clone or a snapshot as if nothing had happened',
      series(subject, 'some'),
      (bars) => checkCopies(subject, bars),
    ),
    property(subject, 'is new again after reset', series(subject, 'some'), (bars) => checkReset(subject, bars)),
    property(subject, 'gives finite values or NaN, whatever it is fed', wildSeries(subject), (bars) =>
      checkWild(subject, bars),
    ),
  ]
}

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
  for (const [index, bar] of walk(inputsUntilReady(subject)).entries()) {
    const complete = advance(subject, stream, bar).every(Number.isFinite)
    const seen = index + 1
    holds(
      complete === stream.isReady,
      `after "${seen}" inputs isReady is ${stream.isReady}, finite outputs: ${complete}`,
    )
    holds(stream.samples === seen, `after "${seen}" inputs samples is "${stream.samples}"`)
  }
  holds(stream.isReady, `not ready after "${inputsUntilReady(subject)}" inputs, with a nominal warmup of "${warmup}"`)
}

function checkWild(subject: ContractSubject, bars: readonly BarInput[]): number {
  const values = streamRows(subject, bars).flat()
  for (const value of values) holds(Math.abs(value) !== Number.POSITIVE_INFINITY, `an output is "${value}"`)
  return values.filter(Number.isFinite).length
}

function checkReplace(subject: ContractSubject, bars: readonly BarInput[]): number {
  const { definition } = subject
  const stream = createSubject(subject)
  const expected = streamRows(subject, bars)
  let compared = 0
  for (const [index, bar] of bars.entries()) {
    const drafts = [bars[(index * 7) % bars.length]!, hole, bars.at(-1 - index)!].slice(0, index % 4)
    for (const [attempt, draft] of [...drafts, bar].entries()) {
      const input = inputOf(definition, draft)
      if (attempt === 0) stream.next(input)
      else stream.replace(input)
    }
    compared += sameBits(
      outputsOf(definition, stream),
      expected[index]!,
      `bar ${index} after "${drafts.length}" drafts`,
    )
    holds(stream.samples === index + 1, `samples is "${stream.samples}" after "${index + 1}" bars`)
  }
  const first = createSubject(subject)
  if (bars.length === 0) return 0
  first.replace(inputOf(definition, bars[0]!))
  sameBits(outputsOf(definition, first), expected[0]!, 'replace before any next')
  return compared
}

function checkPeek(subject: ContractSubject, bars: readonly BarInput[]): number {
  const { definition } = subject
  const stream = createSubject(subject)
  let compared = 0
  for (const [index, bar] of bars.entries()) {
    const before = stream.snapshot()
    const peeked = stream.peek(inputOf(definition, bar))
    sameBits(stream.snapshot(), before, `snapshot after peek ${index}`)
    compared += sameBits([peeked], [stream.next(inputOf(definition, bar))], `peek ${index}`)
  }
  return compared
}

function checkCopies(subject: ContractSubject, bars: readonly BarInput[]): number {
  const expected = streamRows(subject, bars)
  const cut = Math.floor(bars.length / 2)
  const stream = createSubject(subject)
  for (const bar of bars.slice(0, cut)) advance(subject, stream, bar)
  const clone = stream.clone()
  const restored = createSubject(subject)
  restored.restore(stream.snapshot())
  sameBits(restored.snapshot(), stream.snapshot(), 'snapshot of a restored indicator')
  let compared = 0
  for (const [name, copy] of Object.entries({ clone, restored, original: stream })) {
    const last = bars[cut - 1]
    if (last) copy.replace(inputOf(subject.definition, last))
    for (let index = cut; index < bars.length; index++) {
      compared += sameBits(advance(subject, copy, bars[index]!), expected[index]!, `${name}, bar ${index}`)
    }
  }
  return compared
}

function checkReset(subject: ContractSubject, bars: readonly BarInput[]): number {
  const stream = createSubject(subject)
  for (const bar of bars) advance(subject, stream, bar)
  stream.reset()
  sameBits(stream.snapshot(), createSubject(subject).snapshot(), 'snapshot after reset')
  const again = bars.map((bar) => advance(subject, stream, bar))
  return sameBits(again.flat(), streamRows(subject, bars).flat(), 'outputs after reset')
}
