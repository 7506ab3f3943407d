import type { Bar } from '../bar.js'
import { InvariantError } from '../errors.js'

/** Refuses a bar without a price. */
export function notFinite({ instrument, time, close }: Bar): never {
  throw new InvariantError(`The close of a bar of ${instrument} at "${time}" is "${close}", not a finite number.`)
}
