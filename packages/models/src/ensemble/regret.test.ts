import { createRandom } from '@astertrade/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adaHedge } from './adaHedge.js'
import { boundWeights } from './boundWeights.js'
import type { ExpertWeights } from './expertWeights.js'
import { fixedShare } from './fixedShare.js'

/** Makes the losses of a round, knowing the weights they will meet. */
type Opponent = (losses: Float64Array, weights: Float64Array, round: number) => void

interface Game {
  readonly experts: number
  readonly rounds: number
  readonly seed: number
  readonly opponent: string
}

const games: fc.Arbitrary<Game> = fc.record({
  experts: fc.integer({ min: 2, max: 20 }),
  rounds: fc.oneof(
    { weight: 9, arbitrary: fc.integer({ min: 1, max: 1_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 20_000 }) },
  ),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  opponent: fc.constantFrom('random', 'regimes', 'heaviest', 'lightest', 'leader', 'alternating', 'equal', 'extremes'),
})

/** Index of the largest value, or of the smallest for a sign of -1. */
function extreme(values: Float64Array, sign: number): number {
  let best = 0
  for (let index = 1; index < values.length; index++) if (sign * values[index]! > sign * values[best]!) best = index
  return best
}

function fillWith(losses: Float64Array, loss: (index: number) => number): void {
  for (let index = 0; index < losses.length; index++) losses[index] = loss(index)
}

function opponentOf({ opponent, seed, experts, rounds }: Game): Opponent {
  const random = createRandom(seed).stream('losses')
  const summed = new Float64Array(experts)
  const stretch = Math.max(1, Math.ceil(rounds / 5))
  const only = (losses: Float64Array, chosen: number, loss: number): void => {
    losses.fill(1 - loss).fill(loss, chosen, chosen + 1)
  }
  const plans: Record<string, Opponent> = {
    random: (losses) => fillWith(losses, () => random.integer(0, 8) / 8),
    regimes: (losses, _, round) => {
      const best = Math.floor(round / stretch) % experts
      fillWith(losses, (index) => (random.uniform() < (index === best ? 0.3 : 0.6) ? 1 : 0))
    },
    heaviest: (losses, weights) => only(losses, extreme(weights, 1), 1),
    lightest: (losses, weights) => only(losses, extreme(weights, -1), 0),
    leader: (losses) => only(losses, extreme(summed, -1), 1),
    alternating: (losses, _, round) => fillWith(losses, (index) => (round + index) % 2),
    equal: (losses, _, round) => fillWith(losses, () => (round % 9) / 8),
    extremes: (losses) => fillWith(losses, () => random.next() % 2),
  }
  return (losses, weights, round) => {
    plans[opponent]!(losses, weights, round)
    fillWith(summed, (index) => summed[index]! + losses[index]!)
  }
}

const switchesMax = 4

/** Plays a game; returns what the mixture lost, and the least that experts lose with 0, 1, … switches. */
function play(game: Game, learner: ExpertWeights, { delay = 0, floor = 0 } = {}) {
  const { experts, rounds } = game
  const fill = opponentOf(game)
  const waiting: Float64Array[] = []
  const best = Array.from({ length: switchesMax + 1 }, (_, m) =>
    new Float64Array(experts).fill(m === 0 ? 0 : Number.POSITIVE_INFINITY),
  )
  const used = new Float64Array(experts)
  let lost = 0
  for (let round = 0; round < rounds; round++) {
    used.set(learner.weights)
    if (floor > 0) boundWeights(used, { floor, cap: 1 })
    const losses = new Float64Array(experts)
    fill(losses, used, round)
    for (let index = 0; index < experts; index++) lost += used[index]! * losses[index]!
    for (let m = switchesMax; m >= 0; m--) {
      const from = m > 0 && round > 0 ? best[m - 1]![extreme(best[m - 1]!, -1)]! : Number.POSITIVE_INFINITY
      const row = best[m]!
      for (let index = 0; index < experts; index++) row[index] = Math.min(row[index]!, from) + losses[index]!
    }
    waiting.push(losses)
    if (waiting.length > delay) learner.learn(waiting.shift()!)
  }
  return { lost, least: best.map((row) => Math.min(...row)) }
}

const [share, rate] = [1e-3, 0.2]

function fixedShareBound({ experts, rounds }: Game, m: number): number {
  const path = -(m * Math.log(share) + (rounds - m - 1) * Math.log(1 - share))
  return ((m + 1) / rate) * Math.log(experts) + path / rate + (rate * rounds) / 8
}

const slack = 1e-6

describe('regret of fixedShare', () => {
  it('never exceeds its bound against any sequence with up to four switches', () => {
    fc.assert(
      fc.property(games, (game) => {
        const { lost, least } = play(game, fixedShare({ experts: game.experts, share, rate }))
        for (let m = 0; m <= Math.min(switchesMax, game.rounds - 1); m++) {
          expect(lost - least[m]!).toBeLessThanOrEqual(fixedShareBound(game, m) + slack)
        }
      }),
    )
  })

  it('exceeds it by no more than delay times rate plus share a round where losses come late', () => {
    fc.assert(
      fc.property(games, fc.integer({ min: 1, max: 60 }), (game, delay) => {
        const { lost, least } = play(game, fixedShare({ experts: game.experts, share, rate }), { delay })
        for (let m = 0; m <= Math.min(switchesMax, game.rounds - 1); m++) {
          const bound = fixedShareBound(game, m) + delay * (rate + share) * game.rounds
          expect(lost - least[m]!).toBeLessThanOrEqual(bound + slack)
        }
      }),
    )
  })

  it('exceeds it by no more than experts times floor a round where weights have a floor', () => {
    fc.assert(
      fc.property(games, (game) => {
        const floor = 0.01
        const { lost, least } = play(game, fixedShare({ experts: game.experts, share, rate }), { floor })
        const bound = fixedShareBound(game, 0) + game.experts * floor * game.rounds
        expect(lost - least[0]!).toBeLessThanOrEqual(bound + slack)
      }),
    )
  })

  it('is far below that of even weights where regimes change', () => {
    const game: Game = { experts: 6, rounds: 20_000, seed: 1, opponent: 'regimes' }
    const shared = play(game, fixedShare({ experts: 6 }))
    const even = play(game, fixedShare({ experts: 6, rate: 1e-9 }))
    expect(shared.lost - shared.least[4]!).toBeLessThan(0.25 * (even.lost - even.least[4]!))
  })
})

describe('regret of adaHedge', () => {
  it('never exceeds its bound against the best expert', () => {
    fc.assert(
      fc.property(games, (game) => {
        const { lost, least } = play(game, adaHedge({ experts: game.experts }))
        const scale = Math.log(game.experts)
        expect(lost - least[0]!).toBeLessThanOrEqual(Math.sqrt(game.rounds * scale) + (16 / 3) * scale + 2 + slack)
      }),
    )
  })

  it('is far above that of fixedShare where regimes change, which is why it is not the default', () => {
    const game: Game = { experts: 6, rounds: 20_000, seed: 1, opponent: 'regimes' }
    const hedged = play(game, adaHedge({ experts: 6 }))
    const shared = play(game, fixedShare({ experts: 6 }))
    expect(hedged.lost).toBeGreaterThan(shared.lost + 500)
  })
})

describe('the regret tests', () => {
  it('find a learner that forgets to learn', () => {
    const game: Game = { experts: 4, rounds: 5_000, seed: 1, opponent: 'regimes' }
    const weights = new Float64Array(4).fill(0.25)
    const deaf: ExpertWeights = { id: 'deaf', weights, learn: () => {}, snapshot: () => weights, restore: () => {} }
    const { lost, least } = play({ ...game, opponent: 'lightest' }, deaf)
    expect(lost - least[0]!).toBeGreaterThan(fixedShareBound(game, 0))
  })
})
