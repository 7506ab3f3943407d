import { firstLookEquivalents } from './firstLookEquivalents.js'
import { limitEquivalents } from './limitEquivalents.js'
import { sizingEquivalents } from './sizingEquivalents.js'

/** A change that no caller can tell from the code, with the proof. */
export interface Equivalent {
  /** Files that it is about (default all). */
  readonly file?: RegExp
  readonly before: string
  readonly after: string
  /** Text that the changed line contains. */
  readonly line: string
  readonly proof: string
}

/** Proven equivalents; everything else that survives is a gap in the tests. */
export const equivalents: readonly Equivalent[] = [
  {
    before: 'Object.hasOwn(ceilings, code)',
    after: 'true',
    line: 'const ceiling = Object.hasOwn(ceilings, code)',
    proof: 'A request with such a code is refused, so that no override answers to it.',
  },
  {
    file: /breakerScopes/,
    before: 'options.majors ?? []',
    after: 'options.majors',
    line: 'new Set(',
    proof: 'A set of nothing is empty too.',
  },
  {
    file: /breakerScope/,
    before: '/',
    after: '*',
    line: 'const spread = (fact.ask - fact.bid)',
    proof: 'A spread is held against its own median alone, where a factor cancels out.',
  },
  {
    file: /breakerScope/,
    before: '2',
    after: '3',
    line: 'const spread = (fact.ask - fact.bid)',
    proof: 'A spread is held against its own median alone, where a factor cancels out.',
  },
  {
    file: /policyOptions/,
    before: '>',
    after: '>=',
    line: 'fall > 0 ?',
    proof: 'A drawdown limit of 0 is refused before what stands behind it is read.',
  },
  {
    file: /policyOptions/,
    before: 'fall > 0',
    after: 'true',
    line: 'fall > 0 ?',
    proof: 'A drawdown limit of 0, below it or of no number is refused before what stands behind it is read.',
  },
  {
    file: /policy.ts/,
    before: "all.perTradeScope === 'position'",
    after: 'true',
    line: 'positionMost:',
    proof: 'A first look that allows positions less clears less, and exact money gives the same verdict there.',
  },
  {
    file: /policy.ts/,
    before: '1',
    after: '2',
    line: 'positionMost:',
    proof: 'No tier allows a position of more than the whole equity.',
  },
  {
    file: /policy.ts/,
    before: "all.deRisking === 'none'",
    after: 'false',
    line: 'firstStep:',
    proof: 'A first look that shrinks sizes clears less, and exact money gives the same verdict there.',
  },
  {
    file: /policy.ts/,
    before: 'dataAgeMs === undefined',
    after: 'false',
    line: 'staleData(',
    proof: 'An age that is undefined is none.',
  },
  {
    file: /tierMemory/,
    before: 'above[tier] ?? time',
    after: 'above[tier]',
    line: 'while (tier < above.length',
    proof: 'Neither nothing nor no number is as long as a day.',
  },
  {
    file: /tierMemory/,
    before: '<',
    after: '<=',
    line: 'while (tier < above.length',
    proof: 'Beyond the last tier nothing has been waited for.',
  },
  {
    file: /tierMemory/,
    before: '>',
    after: '>=',
    line: 'while (tier < list.length && equity > list',
    proof: 'There equity is above the bound by more than a double is off.',
  },
  {
    file: /tierMemory/,
    before: '>',
    after: '>=',
    line: 'if (tier < list.length && equity > list',
    proof: 'There equity is below the bound by more than a double is off.',
  },
  {
    file: /tierMemory/,
    before: '<',
    after: '<=',
    line: 'tier < state.tier ?',
    proof: 'Where both are the same it does not matter which is taken.',
  },
  {
    file: /exposurePrice/,
    before: '>',
    after: '>=',
    line: 'if (mark > price) return mark',
    proof: 'Where both are the same it does not matter which is taken.',
  },
  {
    file: /standingLoss/,
    before: "'sell'",
    after: "'buy'",
    line: 'return { instrument: id',
    proof: 'An order that only reduces leaves losses as they stand, on either side.',
  },
  {
    file: /standingLoss/,
    before: 'true',
    after: 'false',
    line: 'return { instrument: id',
    proof: 'An order of no strategy has a stop for nobody, so that losses are left as they stand.',
  },
  ...firstLookEquivalents,
  ...limitEquivalents,
  ...sizingEquivalents,
]
