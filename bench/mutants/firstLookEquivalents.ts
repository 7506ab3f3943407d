import type { Equivalent } from './equivalents.js'

const firstLook = 'The first look only spares exact money, which gives the same verdict there.'
const clearsLess = 'A first look that takes jumps for larger clears less, and exact money gives the same verdict there.'

const marginCovers =
  'The margin that is taken off the room is as large, so that no more is cleared than exact money allows.'

/** Changes of first looks in doubles, which exact money makes up for. */
export const firstLookEquivalents: readonly Equivalent[] = [
  { file: /portfolioRisk/, before: '0', after: '1', line: 'const held = gross === 0 ? 0 :', proof: firstLook },
  { file: /policyLook/, before: '*', after: '/', line: 'const fallLevel =', proof: marginCovers },
  { file: /policyLook/, before: '+', after: '-', line: 'const fallLevel =', proof: marginCovers },
  { before: '*', after: '/', line: 'view.equity > view.highWaterMarkNear * firstStep', proof: firstLook },
  { before: '>', after: '>=', line: 'view.equity > view.highWaterMarkNear * firstStep', proof: firstLook },
  { file: /limits/, before: '0', after: '1', line: 'if (value > 0 && value < ', proof: firstLook },
  { file: /limits/, before: '0', after: '1', line: 'if (loss > 0 && loss < ', proof: firstLook },
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
  { file: /portfolioRisk/, before: '0', after: '1', line: 'if (loss > 0 && loss < room', proof: firstLook },
  { file: /positionRisk/, before: '<', after: '<=', line: 'if (loss > 0 && loss < room', proof: firstLook },
  { file: /positionRisk/, before: '0', after: '1', line: 'return gross === 0 ? 0 :', proof: firstLook },
  { file: /stopLoss/, before: '>', after: '>=', line: 'return distance > entry * firstLookMargin', proof: firstLook },
  { file: /stopLoss/, before: '<', after: '<=', line: 'return distance > entry * firstLookMargin', proof: firstLook },
  { file: /stopLoss/, before: '*', after: '/', line: 'return distance > entry * firstLookMargin', proof: firstLook },
  {
    file: /sumRule|stressCap|clusterCap|maxPosition/,
    before: '<',
    after: '<=',
    line: 'value < room',
    proof: firstLook,
  },
  { file: /clipSize/, before: '<', after: '<=', line: 'value < cap', proof: firstLook },
  { file: /stressCap/, before: '<', after: '<=', line: 'value * farthest < room', proof: firstLook },
  { file: /stressCap/, before: '0', after: '1', line: 'if (value > 0 && value * farthest', proof: firstLook },
  { file: /stressCap/, before: '0', after: '1', line: 'const farthest = Math.max(0', proof: clearsLess },
  { file: /stressCap/, before: '*', after: '/', line: 'const room = view.equity * limit.near', proof: clearsLess },
  { file: /stressCap/, before: '*', after: '/', line: 'if (value > 0 && value * farthest', proof: clearsLess },
  {
    file: /stressCap/,
    before: 'value > 0 && value * farthest < room && room < Number.POSITIVE_INFINITY',
    after: 'false',
    line: 'return approve',
    proof: firstLook,
  },
]
