import type { IndicatorUnits, PriceShift } from '../definition.js'
import type { ContractDefinition } from './contractSubject.js'

const shifts: Readonly<Record<IndicatorUnits, PriceShift>> = {
  price: 'moves',
  bounded: 'stays',
  volume: 'stays',
  percent: 'changes',
  ratio: 'changes',
}

/** What an output measures. */
export function unitsOf({ units, outputUnits }: ContractDefinition, output: string): IndicatorUnits {
  return outputUnits?.[output] ?? units
}

/** What an amount added to all prices does to an output. */
export function priceShiftOf(definition: ContractDefinition, output: string): PriceShift {
  return definition.priceShift?.[output] ?? shifts[unitsOf(definition, output)]
}
