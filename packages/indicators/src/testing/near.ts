import { holds } from './contractSubject.js'

/** A difference that counts as none: a share of the larger one of two numbers, or of `scale`. */
export interface Closeness {
  readonly scale: number
  readonly tolerance: number
}

/** Whether two numbers are as close as that. */
export function isNear([left, right]: readonly [number, number], { scale, tolerance }: Closeness): boolean {
  return Math.abs(left - right) <= tolerance * Math.max(Math.abs(left), Math.abs(right), scale)
}

/** Throws unless the first number is near the second. */
export function near(pair: readonly [number, number], closeness: Closeness, where: string): void {
  holds(isNear(pair, closeness), `${where} is "${pair[0]}", expected "${pair[1]}"`)
}
