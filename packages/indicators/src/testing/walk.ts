import type { BarInput } from '../indicator.js'
import { type ContractSubject, createSubject } from './contractSubject.js'

/** A fixed walk of moving bars around 100, with ordinary volumes. */
export function walk(length: number): BarInput[] {
  let state = 1
  let level = 100
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    level += state / 2 ** 32 - 0.5
    return { high: level + 1, low: level - 1, close: level + 0.25, volume: 1 + (state % 1000) }
  })
}

/** Bars that do not move. */
export function still(level: number, length: number): BarInput[] {
  return Array.from({ length }, () => ({ high: level, low: level, close: level, volume: 5 }))
}

/** A bar without a finite field. */
export const hole: BarInput = { high: Number.NaN, low: Number.NaN, close: Number.NaN, volume: Number.NaN }

/** By how many inputs of a walk an indicator has its values, also where its warm-up is nominal. */
export function inputsUntilReady(subject: ContractSubject): number {
  return 2 * createSubject(subject).warmup + 20
}
