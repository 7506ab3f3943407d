/**
 * The shares of time that a chain spends in its states in the long run, written to `shares`.
 *
 * Grassmann, Taksar and Heyman, Regenerative analysis and steady state distributions for Markov chains (1985): an elimination
 * without a subtraction, exact to the last digits also where states are hardly ever left.
 *
 * @param chances - `chances[from * states + to]`, all above 0; written over.
 */
export function settle(chances: Float64Array, shares: Float64Array): void {
  const states = shares.length
  for (let last = states - 1; last > 0; last--) {
    let leaving = 0
    for (let to = 0; to < last; to++) leaving += chances[last * states + to]!
    for (let from = 0; from < last; from++) {
      const share = chances[from * states + last]! / leaving
      chances[from * states + last] = share
      for (let to = 0; to < last; to++) {
        chances[from * states + to] = chances[from * states + to]! + share * chances[last * states + to]!
      }
    }
  }
  let sum = 1
  shares[0] = 1
  for (let state = 1; state < states; state++) {
    let share = 0
    for (let from = 0; from < state; from++) share += shares[from]! * chances[from * states + state]!
    shares[state] = share
    sum += share
  }
  for (let state = 0; state < states; state++) shares[state] = shares[state]! / sum
}
