import type { IndicatorDefinition } from '@astertrade/indicators'
import { fastTechnicalIndicators, technicalIndicators } from './peers.js'
import type { Series } from './series.js'

/** Computes the whole series and returns the last value of the primary output. */
export type Peer = (series: Series) => number

/** One indicator, the peers that compute the same, and how much faster than them it should be. */
export interface BatchJob {
  readonly name: string
  readonly definition: IndicatorDefinition
  readonly options?: object
  readonly peers: Readonly<Record<string, Peer>>
  /** TA-Lib's function, and the share of its time that ours should take. */
  readonly taLib?: { readonly function: string; readonly goal: number }
  /** Share of the time of the fastest JavaScript peer that ours should take, allocation included. */
  readonly goal: number
  /** Gates by the name of the peer: half as much again as was measured, where twice the goal is too tight or too loose. */
  readonly gates?: Readonly<Record<string, number>>
  /** How far the peers' last values may lie from ours, relative to it. */
  readonly distance: number
}

/** What a job is unless it says otherwise. */
export const usual = { goal: 1 / 4, distance: 1e-6 } as const

/** The two libraries of one interface. */
export function both(run: (library: typeof technicalIndicators, series: Series) => number): BatchJob['peers'] {
  return {
    technicalindicators: (series) => run(technicalIndicators, series),
    'fast-technical-indicators': (series) => run(fastTechnicalIndicators, series),
  }
}

/** The last item of a list. */
export function last<Item>(list: ArrayLike<Item>): Item {
  return list[list.length - 1]!
}
