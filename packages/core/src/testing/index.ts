export type { ContractCheck } from './contractCheck.js'
export { type OrderRequestOptions, orderRequestOf } from './orderRequestOf.js'
export { type RiskViewOptions, riskViewOf } from './riskViewOf.js'
export { type RuleCase, type RuleContractOptions, ruleContract } from './ruleContract.js'
