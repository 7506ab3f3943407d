import type { Equivalent } from './equivalents.js'

/** Proven equivalents in the sizing. */
export const sizingEquivalents: readonly Equivalent[] = [
  {
    file: /positionSize/,
    before: 'Math.floor',
    after: 'Math.ceil',
    line: 'const whole = Math.floor(most)',
    proof: 'The rest is negative then, and added all the same.',
  },
  {
    file: /positionSize/,
    before: '1',
    after: '2',
    line: '(1e15 - 1) / instrument.lot.scale',
    proof: 'A liquidity of 1e15 lots is no limit, one lot less neither.',
  },
  {
    file: /positionSize/,
    before: '0n',
    after: '1n',
    line: '> 0n ? (',
    proof: 'A room of one unit of 1e-24 holds no lot, as none does.',
  },
  {
    file: /positionSize/,
    before: 'budget > 0n',
    after: 'true',
    line: 'const atStop =',
    proof: 'A cap below nothing gives no lot and is printed as 0, as a cap of nothing is.',
  },
  {
    file: /positionSize/,
    before: '1',
    after: '2',
    line: 'Math.min(1, checkFigure(name, multiple',
    proof: 'What is above one is cut to one by the next call.',
  },
  {
    file: /growthOptimum/,
    before: 'change === 0',
    after: 'false',
    line: 'continue',
    proof: 'A change of 0 moves nothing; the products cost time.',
  },
  {
    file: /growthOptimum/,
    before: '<',
    after: '<=',
    line: 'j < size; j++) products',
    proof: 'A typed array takes nothing beyond its end.',
  },
  {
    file: /riskConstrainedKelly/,
    before: '!(meanOf(outcomes, (outcome) => outcome) > 0)',
    after: 'false',
    line: 'return 0',
    proof: 'Without an edge growth rises nowhere, so that the search ends at 0 as well.',
  },
  {
    file: /riskConstrainedKelly/,
    before: '>',
    after: '>=',
    line: 'if (!(meanOf(outcomes, (outcome) => outcome) > 0)) return 0',
    proof: 'Without an edge growth rises nowhere, so that the search ends at 0 as well.',
  },
  {
    file: /riskConstrainedKelly/,
    before: '<',
    after: '<=',
    line: 'step < halvings',
    proof: 'The search ends sooner, where no double lies between its ends.',
  },
  {
    file: /shrinkEdge/,
    before: '>',
    after: '>=',
    line: 'if (!(left > 0)) return 0',
    proof: 'Nothing left has a square of 0, for which the answer is 0 as well.',
  },
  {
    file: /volatilityMultiple/,
    before: '<=',
    after: '<',
    line: 'return expected <= target ?',
    proof: 'At equality the ratio is one as well.',
  },
]
