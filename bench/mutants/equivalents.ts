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

const firstLook = 'The first look only spares exact money, which gives the same verdict there.'

/** Proven equivalents; everything else that survives is a gap in the tests. */
export const equivalents: readonly Equivalent[] = [
  {
    before: 'Object.hasOwn(ceilings, code)',
    after: 'true',
    line: 'const ceiling = Object.hasOwn(ceilings, code)',
    proof: 'A request with such a code is refused, so that no override answers to it.',
  },
  { file: /limits/, before: '0', after: '1', line: 'if (value > 0 && value < ', proof: firstLook },
  { file: /limits/, before: '0', after: '1', line: 'if (loss > 0 && loss < ', proof: firstLook },
  {
    before: 'nearTier(tiers, memory, view, equity)?.position.near ?? Number.NaN',
    after: 'nearTier(tiers, memory, view, equity)?.position.near',
    line: 'const share = (nearTier(',
    proof: 'Undefined times a number is no number either.',
  },
  {
    file: /maxPosition|clusterCap/,
    before: 'tierInForce(tiers, memory, view)?.position.near ?? Number.NaN',
    after: 'tierInForce(tiers, memory, view)?.position.near',
    line: 'const share = tierInForce(',
    proof: 'Undefined times a number is no number either.',
  },
  {
    file: /cushionStops/,
    before: '0n',
    after: '1n',
    line: 'const room = cushion > 0n ?',
    proof: 'A cushion of one unit of 1e-24 bears no tick, as none does.',
  },
  {
    file: /orderRate/,
    before: 'recent >= strategyPerSecond',
    after: 'true',
    line: 'if (recent >= strategyPerSecond)',
    proof: 'A strategy placed no more than the account, so that asking sooner finds nothing.',
  },
  {
    file: /orderRate/,
    before: 'cancelsPerFill === undefined',
    after: 'false',
    line: 'return approve',
    proof: 'Undefined times the fills is no number, which nothing is above.',
  },
  {
    file: /sizeRoom/,
    before: '0n',
    after: '1n',
    line: 'const fitting = room > 0n ?',
    proof: 'A room of one unit of 1e-24 holds no lot, as none does.',
  },
  {
    file: /sizeRoom/,
    before: 'room.scale < million',
    after: 'true',
    line: 'const whole =',
    proof: 'Without a factor the same is computed twice.',
  },
  {
    file: /standingLoss/,
    before: 'value === 0',
    after: 'false',
    line: 'return 0',
    proof: 'Without positions and orders under way there is nothing to lose; asking costs time.',
  },
  {
    file: /lookAlike/,
    before: 'view.ordersSince(since) === 0',
    after: 'false',
    line: 'return approve',
    proof: 'Where none was placed none looks alike; asking costs time.',
  },
  {
    file: /cushionStops/,
    before: 'forWay > 0n',
    after: 'true',
    line: 'const ticks = forWay > 0n ?',
    proof: 'A way below nothing is less than one tick, as none is.',
  },
  {
    file: /cushionStops/,
    before: '0n',
    after: '1n',
    line: 'const ticks = forWay > 0n ?',
    proof: 'A unit of 1e-18 is less than one tick.',
  },
  { before: '*', after: '/', line: 'view.equity > view.highWaterMarkNear * firstStep', proof: firstLook },
  { before: '>', after: '>=', line: 'view.equity > view.highWaterMarkNear * firstStep', proof: firstLook },
  {
    before: '>=',
    after: '>',
    line: 'if (equity >= dayStart) return million',
    proof: 'Without a loss the fraction is one.',
  },
  { before: '>', after: '>=', line: 'return left > 0n ?', proof: 'Nothing over anything is nothing.' },
  {
    before: '0n',
    after: '1n',
    line: 'return left > 0n ? (left * million) / whole',
    proof:
      'The whole is what is left and a million for each unit lost, so that one unit left is less than a part per million.',
  },
  {
    file: /hasFallen/,
    before: '0',
    after: '1',
    line: 'return floor >= 0 ?',
    proof: 'A level of infinity has everything looked at in exact money.',
  },
  {
    file: /hasFallen/,
    before: '>=',
    after: '>',
    line: 'return floor >= 0 ?',
    proof: 'A level of infinity has everything looked at in exact money.',
  },
  {
    file: /policyLook/,
    before: '>',
    after: '>=',
    line: '!(value > 0)',
    proof: 'An order worth nothing loses nothing, which is not cleared below.',
  },
  {
    file: /policyLook/,
    before: '>',
    after: '>=',
    line: 'loss > 0 &&',
    proof: 'A stop has a distance, and an order a value above nothing; so has the loss.',
  },
  {
    before: 'gross === 0',
    after: 'false',
    line: 'gross === 0 ?',
    proof: 'Without positions and orders under way there is nothing to lose; asking costs time.',
  },
  { file: /policyLook/, before: '>', after: '>=', line: 'const isHigh = equity > peak', proof: firstLook },
  {
    file: /policyLook/,
    before: 'options.firstStep === undefined',
    after: 'false',
    line: 'const factor =',
    proof: firstLook,
  },
  { file: /policyLook/, before: '<', after: '<=', line: 'value < forValue * factor', proof: firstLook },
  { file: /policyLook/, before: '<', after: '<=', line: 'loss < forLoss * factor', proof: firstLook },
  { file: /policyLook/, before: '<', after: '<=', line: 'value < equity * exposure', proof: firstLook },
  { file: /policyLook/, before: '<', after: '<=', line: '+ margin < view.freeCash', proof: firstLook },
  {
    file: /portfolioRisk/,
    before: '<',
    after: '<=',
    line: 'if (loss > 0 && loss < room * scale.near(view)',
    proof:
      'At equality the loss is a billionth of equity within the limit; an endless equity makes the room no number.',
  },
  { file: /portfolioRisk/, before: '0', after: '1', line: 'if (loss > 0 && loss < room', proof: firstLook },
  { file: /positionRisk/, before: '<', after: '<=', line: 'if (loss > 0 && loss < room', proof: firstLook },
  { file: /positionRisk/, before: '0', after: '1', line: 'return gross === 0 ? 0 :', proof: firstLook },
  {
    file: /positionRisk/,
    before: 'tierInForce(tiers, memory, view)?.risk.near ?? Number.NaN',
    after: 'tierInForce(tiers, memory, view)?.risk.near',
    line: 'const room = view.equity *',
    proof: 'Undefined times a number is no number either.',
  },
  { file: /stopLoss/, before: '>', after: '>=', line: 'return distance > entry * firstLookMargin', proof: firstLook },
  {
    file: /stopLoss/,
    before: 'distance > 0',
    after: 'true',
    line: 'const perLot = distance > 0 ?',
    proof: 'The figure is used for a distance above 0 only.',
  },
  {
    file: /stopLoss/,
    before: '0n',
    after: '1n',
    line: 'const perLot = distance > 0 ?',
    proof: 'The figure is used for a distance above 0 only.',
  },
  { file: /sumRule|stressCap/, before: '<', after: '<=', line: 'value < room', proof: firstLook },
  { file: /stressCap/, before: '<', after: '<=', line: 'value * farthest < room', proof: firstLook },
  {
    file: /breakerScope/,
    before: '2',
    after: '3',
    line: 'const spread = (fact.ask - fact.bid)',
    proof: 'A spread is held against its own median alone, where a factor cancels out.',
  },
  { file: /stressCap/, before: '0', after: '1', line: 'if (value > 0 && value * farthest', proof: firstLook },
  {
    file: /stressCap/,
    before: 'shock === 0n',
    after: 'false',
    line: 'continue',
    proof: 'A jump of nothing adds nothing.',
  },
  { file: /stressCap/, before: '<', after: '<=', line: 'shock < 0n', proof: 'A jump of nothing is left out above.' },
  {
    file: /tailRisk/,
    before: 'at(950)?.valueAtRisk ?? Number.NaN',
    after: 'at(950)?.valueAtRisk',
    line: 'Number.NaN',
    proof: 'What is not there is above and below nothing, as no number is.',
  },
  {
    file: /stressCap/,
    before: '0n',
    after: '1n',
    line: 'loss += value * (shock < 0n',
    proof: 'A jump of nothing is left out above.',
  },
  {
    file: /policyOptions/,
    before: '>',
    after: '>=',
    line: 'fall > 0 ?',
    proof: 'A drawdown limit of 0 is refused before what stands behind it is read.',
  },
  {
    file: /tierMemory/,
    before: '<',
    after: '<=',
    line: 'tier < state.tier ?',
    proof: 'Where both are the same it does not matter which is taken.',
  },
  ...sizingEquivalents,
]
