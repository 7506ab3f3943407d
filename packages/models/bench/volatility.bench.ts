import { exp, log } from '@astertrade/core'
import { nelderMead } from '@astertrade/core/stats'
import { compare, isShort } from '../../../bench/compare.js'
import { askAt } from '../src/index.js'
import { barsOfReturns } from '../src/volatility/barsOfReturns.rig.js'
import { fitGarch } from '../src/volatility/fitGarch.js'
import { simulateGarch } from '../src/volatility/simulateGarch.rig.js'
import { volatility } from '../src/volatility/volatility.js'

/** Bars that a refit is due at or under way take longest. First of all, since code is cold only once. */
const bars = barsOfReturns(
  simulateGarch({ mean: 0, omega: 1e-6, alpha: 0.08, gamma: 0, beta: 0.9 }, isShort ? 2_000 : 5_000, 'bars'),
)
const cold = Math.max(...barMicros())
const plays = Array.from({ length: 5 }, barMicros)
const warm = Math.max(...bars.map((_, bar) => Math.min(...plays.map((micros) => micros[bar]!))))
/** Microseconds that a bar may take. */
const barMax = 10_000
if (warm > barMax) throw new Error(`A bar takes ${warm.toFixed(0)} µs, over ${barMax}.`)

/** CPU microseconds of each bar of one play: update and forecast by GARCH, refitted every 250 bars. */
function barMicros(): number[] {
  const model = volatility()
  return bars.map((bar) => {
    const before = process.cpuUsage()
    model.update(bar)
    model.predict(askAt(bar.time))
    const { user, system } = process.cpuUsage(before)
    return user + system
  })
}

/** As many returns as the published benchmark of GARCH estimates has, in percent. */
const returns = simulateGarch({ mean: -0.006, omega: 0.011, alpha: 0.15, gamma: 0, beta: 0.8 }, 1_974, 'bench')
const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
const variance = returns.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / returns.length

/** The negative log likelihood per return, written down once more; the parameters are mean and three logarithms. */
function lossAt([center = 0, a = 0, b = 0, c = 0]: readonly number[]): number {
  const [omega, alpha, beta] = [exp(a), exp(b), exp(c)]
  if (alpha + beta >= 1) return 1e9
  let square = 0
  for (const value of returns) square += (value - center) * (value - center)
  square /= returns.length
  let h = omega + (alpha + beta) * square
  let loss = 0
  for (const value of returns) {
    const e = value - center
    loss += log(h) + (e * e) / h
    h = omega + alpha * e * e + beta * h
  }
  return loss / 2 / returns.length
}

function bySimplex(): number {
  const options = { tolerance: 1e-9, evaluationsMax: 5_000 }
  const starts = [0.95, 0.8, 0.99].map((persistence) => [
    mean,
    log(variance * (1 - persistence)),
    log(0.08 * persistence),
    log(0.92 * persistence),
  ])
  return starts.reduce((best, start) => Math.min(best, nelderMead(lossAt, start, options).value), 1e9)
}

function byGradient(): number {
  const fit = fitGarch(returns)
  if (fit.kind === 'unavailable') throw new Error(fit.code)
  return -fit.logLikelihood / returns.length - log(2 * Math.PI) / 2
}

const [simplex, gradient] = [bySimplex(), byGradient()]
if (!(Math.abs(gradient - simplex) < 1e-8)) throw new Error(`The optima differ: ${simplex} and ${gradient}.`)

compare({
  name: `GARCH(1,1) of 1,974 returns from three starts, goal below 100 ms a fit; in service the slowest bar takes ${warm} µs, ${cold} µs in the first play, goal 10,000 µs`,
  items: returns.length,
  cases: [
    { name: 'Nelder-Mead of @astertrade/core/stats', run: bySimplex },
    { name: 'fitGarch, with both kinds of standard errors', run: byGradient },
  ],
  gates: [
    {
      subject: 'fitGarch, with both kinds of standard errors',
      base: 'Nelder-Mead of @astertrade/core/stats',
      ratioMax: 0.25,
    },
  ],
})
