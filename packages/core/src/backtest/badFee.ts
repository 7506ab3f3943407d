import { ConfigError } from '../errors.js'
import type { FeeModel } from './fees.js'

/** The error for a fee model that answers no amount. */
export function badFee({ name }: FeeModel, fee: unknown): ConfigError {
  return new ConfigError(`Fees "${name}" answered a charge of "${String(fee)}".`, {
    code: 'BAD_FEES',
    hints: ["An amount such as money('0.5')."],
  })
}
