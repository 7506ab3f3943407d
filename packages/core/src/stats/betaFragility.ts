import { observedPairs } from './observed.js'

/**
 * Fragility to a change of beta: how far the returns at the benchmark's worst and best period, weighted, differ from the return at its
 * middle one. Negative means that a volatile benchmark costs more than it brings. `NaN` below three periods.
 *
 * Taleb, Canetti, Kinda, Loukoianova and Schmieder, A New Heuristic Measure of Fragility and Tail Risks (2012).
 *
 * @throws ConfigError `LENGTH_MISMATCH` if the lengths differ.
 * @example
 * betaFragility([-0.06, 0, 0, 0.02], [-0.01, 0, 0, 0.01]) // => -0.02
 */
export function betaFragility(returns: ArrayLike<number>, benchmark: ArrayLike<number>): number {
  const { first, second } = observedPairs(returns, benchmark)
  if (returns.length < 3 || first.length === 0) return Number.NaN
  const order = Array.from(first.keys()).sort((a, b) => second[a]! - second[b]! || a - b)
  const lowest = order[0]!
  const middle = order[roundHalfToEven(order.length / 2)] ?? order[order.length - 1]!
  const highest = order[order.length - 1]!
  const range = second[highest]! - second[lowest]!
  const lowWeight = range === 0 ? 0.5 : (second[middle]! - second[lowest]!) / range
  const highWeight = range === 0 ? 0.5 : (second[highest]! - second[middle]!) / range
  return lowWeight * first[lowest]! + highWeight * first[highest]! - first[middle]!
}

function roundHalfToEven(value: number): number {
  const whole = Math.round(value)
  return whole - value === 0.5 && whole % 2 !== 0 ? whole - 1 : whole
}
