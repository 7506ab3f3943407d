import { type BarForecaster, barModel } from '../barModel.js'
import type { StreamingModel } from '../model.js'
import { type TapeForecaster, tapeModel } from '../tapeModel.js'
import { barFlow } from './barFlow.js'
import { flowForecast, flowLabelsMin, flowName, flowSilence } from './flowForecast.js'
import { type OrderFlowOptions, type OrderFlowSettings, orderFlowId, orderFlowSettings } from './orderFlowOptions.js'
import { pendingLabels } from './pendingLabels.js'
import { type RidgeLearner, ridgeLearner } from './ridgeLearner.js'
import { tapeFlow } from './tapeFlow.js'

/** Bulk classification guesses sides from the same changes of price that are to be forecast. */
const trustInGuesses = 0.5

/**
 * Forecasts the next seconds from the pressure of orders, by a ridge regression that it learns as it goes.
 *
 * Each `step` it looks at the imbalance of trades and quotes over its windows, and learns what came of it once `horizon` has passed,
 * never before. It speaks only while its forecasts, each made before its outcome was known, have been better than none. The direction
 * is the expected move in standard deviations of the moves over the horizon; the confidence follows from its size against what the
 * forecasts left over, and is halved for `bars`, where sides are guessed.
 *
 * Cont, Kukanov and Stoikov, The Price Impact of Order Book Events (2014).
 *
 * @throws ConfigError `BAD_PARAMETER` if an option is out of range.
 * @example
 * const model = orderFlow()
 * for (const event of tape) model.update(event)
 * model.predict(askAt(tape.at(-1).time)) // => { kind: 'forecast', direction: 0.21, confidence: 0.17, horizon: 10000, … }
 */
export function orderFlow(options: OrderFlowOptions = {}): StreamingModel {
  return orderFlowFrom(orderFlowSettings(options), undefined)
}

/** The same, begun with what a learner knew, if given. */
export function orderFlowFrom(settings: OrderFlowSettings, knowledge: Float64Array | undefined): StreamingModel {
  if (settings.source === 'bars') return barModel(() => barForecaster(settings, knowledge))
  return tapeModel(() => tapeForecaster(settings, knowledge))
}

/** A learner of these settings. */
export function flowLearner(settings: OrderFlowSettings, width: number): RidgeLearner {
  const { ridge, memory, horizon, step } = settings
  return ridgeLearner({ width, ridge, memory, overlap: Math.max(1, horizon / step) })
}

function learnerOf(settings: OrderFlowSettings, width: number, knowledge: Float64Array | undefined): RidgeLearner {
  const learner = flowLearner(settings, width)
  if (knowledge !== undefined) learner.restore(knowledge)
  return learner
}

function waitingOf(learner: RidgeLearner, { horizon, step }: OrderFlowSettings, width: number) {
  return pendingLabels({ learner, width, horizon, capacity: Math.ceil(horizon / step) + 1 })
}

function tapeForecaster(settings: OrderFlowSettings, knowledge: Float64Array | undefined): TapeForecaster {
  const { windows, horizon, step, evidenceMin } = settings
  const flow = tapeFlow(windows)
  const learner = learnerOf(settings, flow.width, knowledge)
  const waiting = waitingOf(learner, settings, flow.width)
  const features = new Float64Array(flow.width)
  let nextSample = Number.NEGATIVE_INFINITY
  return {
    id: orderFlowId(settings),
    name: flowName,
    warmup: 2,
    horizon,
    reads: 'trades and quotes',
    learn(event) {
      const { time } = event
      const price = flow.price()
      if (time > nextSample && price > 0) {
        // All that happens before this event is known, this event is not: the sample is of the moment at which it was due.
        waiting.settle(nextSample, price)
        flow.read(nextSample, features)
        waiting.wait(nextSample, price, features)
        waiting.settle(time - 1, price)
      }
      if (time > nextSample) nextSample = (Math.floor(time / step) + 1) * step
      flow.take(event)
    },
    judge: () => flowSilence(learner, evidenceMin),
    forecast(time) {
      const now = new Float64Array(flow.width)
      flow.read(time, now)
      return flowForecast({ learner, features: now, horizon, trust: 1 })
    },
    parts: () => [Float64Array.of(nextSample), learner.snapshot(), waiting.snapshot(), ...flow.parts()],
    restoreParts([own, known, labels, ...rest]) {
      nextSample = own![0]!
      learner.restore(known!)
      waiting.restore(labels!)
      flow.restoreParts(rest)
    },
  }
}

function barForecaster(settings: OrderFlowSettings, knowledge: Float64Array | undefined): BarForecaster {
  const { windows, horizon, evidenceMin } = settings
  const flow = barFlow(windows)
  const learner = learnerOf(settings, flow.width, knowledge)
  const waiting = waitingOf(learner, settings, flow.width)
  const features = new Float64Array(flow.width)
  let count = 0
  return {
    id: orderFlowId(settings),
    name: flowName,
    warmup: knowledge === undefined ? flow.warmup + flowLabelsMin + horizon : flow.warmup,
    horizonBars: horizon,
    learn(bar) {
      count++
      flow.take(bar)
      if (!(bar.close > 0)) return
      waiting.settle(count, bar.close)
      flow.read(features)
      if (count >= flow.warmup) waiting.wait(count, bar.close, features)
    },
    judge: () => flowSilence(learner, evidenceMin),
    forecast: (time) => flowForecast({ learner, features, horizon: time, trust: trustInGuesses }),
    parts: () => [Float64Array.of(count), features, learner.snapshot(), waiting.snapshot(), ...flow.parts()],
    restoreParts([own, last, known, labels, ...rest]) {
      count = own![0]!
      features.set(last!)
      learner.restore(known!)
      waiting.restore(labels!)
      flow.restoreParts(rest)
    },
  }
}
