import { ConfigError } from '@astertrade/core'
import { openColumns } from '../columns.js'
import { defineIndicator } from '../definition.js'
import type { Column, Indicator, OutputColumns } from '../indicator.js'
import { type NanPolicy, nameOf, nanParameter, type ParametersOf, periodMax, resolveOptions } from '../parameters.js'
import { cascadeSettlingLength, ExponentialAverage, emaSpec } from '../smoothing.js'
import { copyState, restoreSnapshot, takeSnapshot } from '../state.js'
import { unknownOutput } from '../unknownOutput.js'

/** Options of the moving average convergence/divergence. */
export interface MacdOptions {
  /** Period of the fast average, an integer ≥ 1 below `slow` (default 12). */
  readonly fast?: number
  /** Period of the slow average (default 26). */
  readonly slow?: number
  /** Period of the average of the difference (default 9). */
  readonly signal?: number
  /** After a non-finite input: hold the state (default), or stay `NaN` until `reset`. Leading ones are ignored. */
  readonly nan?: NanPolicy
}

/** Outputs of the moving average convergence/divergence. */
export type MacdOutput = 'macd' | 'signal' | 'histogram'

const parameters: ParametersOf<MacdOptions> = {
  fast: { kind: 'integer', default: 12, min: 1, max: periodMax },
  slow: { kind: 'integer', default: 26, min: 2, max: periodMax },
  signal: { kind: 'integer', default: 9, min: 1, max: periodMax },
  nan: nanParameter,
}
const outputs: readonly MacdOutput[] = ['macd', 'signal', 'histogram']

/**
 * Moving average convergence/divergence, streaming: `macd = EMA(fast) − EMA(slow)`, `signal = EMA(macd)`, and their
 * difference `histogram`.
 *
 * `macd` comes with input `slow`, the others with input `slow + signal − 1`. Each average has its own seed, so `macd`
 * is the difference of two `Ema` bit for bit; TA-Lib starts the fast one later, and the difference fades
 * (`stableAfter`). A non-finite input gives `NaN` once. In units of the input. Appel, Technical Analysis: Power Tools
 * (2005).
 *
 * @throws ConfigError if an option is unknown or out of range, or `fast` is not below `slow`.
 * @example
 * const macd = new Macd({ fast: 1, slow: 2, signal: 2 })
 * for (const close of [10, 12, 15]) macd.next(close)
 * macd.output('macd') // => 1.333 (15 − 13.667)
 * macd.output('signal') // => 1.167
 */
export class Macd implements Indicator<number, MacdOutput> {
  readonly name: string
  private readonly options: Required<MacdOptions>
  private readonly fast: ExponentialAverage
  private readonly slow: ExponentialAverage
  private readonly signal: ExponentialAverage
  private macd = Number.NaN
  private count = 0

  constructor(options?: MacdOptions) {
    this.options = resolveMacd(options)
    this.name = nameOf('macd', parameters, this.options)
    const { fast, slow, signal } = averagesOf(this.options)
    this.fast = fast
    this.slow = slow
    this.signal = signal
  }

  get warmup(): number {
    return this.options.slow + this.options.signal - 1
  }

  get stableAfter(): number {
    return this.warmup + cascadeSettlingLength(this.slow.beta, this.options.signal, this.signal.beta)
  }

  get samples(): number {
    return this.count
  }

  get isReady(): boolean {
    return this.signal.isReady
  }

  get value(): number {
    return this.macd
  }

  output(name: MacdOutput): number {
    switch (name) {
      case 'macd':
        return this.macd
      case 'signal':
        return this.signal.value
      case 'histogram':
        return this.macd - this.signal.value
      default:
        throw unknownOutput(this.name, name, outputs)
    }
  }

  next(input: number): number {
    this.count++
    this.fast.input = input
    this.slow.input = input
    this.fast.advance()
    this.slow.advance()
    this.macd = this.fast.value - this.slow.value
    this.signal.input = this.macd
    this.signal.advance()
    return this.macd
  }

  replace(input: number): number {
    if (this.count > 0) {
      this.fast.undo()
      this.slow.undo()
      this.signal.undo()
      this.count--
    }
    return this.next(input)
  }

  peek(input: number): number {
    return this.fast.peek(input) - this.slow.peek(input)
  }

  clone(): this {
    return copyState(this, new Macd(this.options)) as this
  }

  reset(): void {
    copyState(new Macd(this.options), this)
  }

  snapshot(): Float64Array {
    return takeSnapshot(this)
  }

  restore(state: Float64Array): void {
    restoreSnapshot(this, state)
  }
}

/**
 * Moving average convergence/divergence of a column, equal bit for bit to `Macd`.
 *
 * Each output has the input's length, with `NaN` while it is cold. One of them may be the input itself.
 *
 * @throws ConfigError if an option is unknown or out of range, `fast` is not below `slow`, or a column is no list of
 * numbers or not as long as the others.
 * @example
 * macd(Float64Array.of(10, 12, 15), { fast: 1, slow: 2, signal: 2 }).signal // => [NaN, NaN, 1.167]
 */
export function macd(close: Column, options?: MacdOptions, out?: OutputColumns<MacdOutput>): OutputColumns<MacdOutput> {
  const averages = averagesOf(resolveMacd(options))
  const { fast, slow, signal } = averages
  const { length, input, output } = openColumns('macd', ['close'], { close }, outputs, out)
  for (let index = 0; index < length; ) {
    fast.input = input.close[index]!
    slow.input = input.close[index]!
    fast.advance()
    slow.advance()
    signal.input = fast.value - slow.value
    signal.advance()
    output.macd[index] = signal.input
    output.signal[index] = signal.value
    output.histogram[index] = signal.input - signal.value
    index = macdRun(input.close, index + 1, averages, output)
  }
  return output
}

type Averages = Readonly<Record<'fast' | 'slow' | 'signal', ExponentialAverage>>

/**
 * Goes on while all outputs are finite, for a thousand inputs at most; returns the index it stopped at. In pieces, since V8
 * would compile one long loop before it has seen what follows it.
 */
function macdRun(close: Float64Array, from: number, averages: Averages, out: OutputColumns<MacdOutput>): number {
  const { macd, signal, histogram } = out
  const { alpha: fastAlpha, beta: fastBeta } = averages.fast
  const { alpha: slowAlpha, beta: slowBeta } = averages.slow
  const { alpha: signalAlpha, beta: signalBeta } = averages.signal
  const end = Math.min(from + 1_000, close.length)
  let fast = averages.fast.value
  let slow = averages.slow.value
  let smoothed = averages.signal.value
  let index = from
  for (; index < end; index++) {
    const input = close[index]!
    const fastNext = fastAlpha * input + fastBeta * fast
    const slowNext = slowAlpha * input + slowBeta * slow
    const difference = fastNext - slowNext
    const next = signalAlpha * difference + signalBeta * smoothed
    if (next - next !== 0) break
    fast = fastNext
    slow = slowNext
    smoothed = next
    macd[index] = difference
    signal[index] = next
    histogram[index] = difference - next
  }
  averages.fast.value = fast
  averages.slow.value = slow
  averages.signal.value = smoothed
  return index
}

function averagesOf({ fast, slow, signal, nan }: Required<MacdOptions>): Averages {
  return {
    fast: new ExponentialAverage(emaSpec(fast, 'sma', nan)),
    slow: new ExponentialAverage(emaSpec(slow, 'sma', nan)),
    signal: new ExponentialAverage(emaSpec(signal, 'sma', nan)),
  }
}

function resolveMacd(options: MacdOptions | undefined): Required<MacdOptions> {
  const resolved = resolveOptions('macd', parameters, options)
  if (resolved.fast < resolved.slow) return resolved
  throw new ConfigError(`Option "fast" of macd is "${resolved.fast}", not below slow "${resolved.slow}".`, {
    code: 'BAD_PARAMETER',
    hints: ['The fast average has the smaller period, as in { fast: 12, slow: 26 }.'],
  })
}

/** The registry's entry. */
export const macdDefinition = /* @__PURE__ */ defineIndicator<MacdOptions, number, MacdOutput>({
  id: 'macd',
  category: 'price',
  inputs: ['close'],
  outputs,
  primary: 'macd',
  params: parameters,
  units: 'price',
  priceShift: { macd: 'stays', signal: 'stays', histogram: 'stays' },
  plotOffset: 0,
  source: 'Appel, Technical Analysis: Power Tools (2005)',
  create: (options) => new Macd(options),
  batch: ({ close }, options, out) => macd(close, options, out),
})
