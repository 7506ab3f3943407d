import type { IndicatorDefinition } from '../src/index.js'
import { fastTechnicalIndicators, technicalIndicators } from './peers.js'
import type { Series } from './series.js'

/** Computes the whole series and returns the last value of the primary output. */
export type Peer = (series: Series) => number

/** One indicator, the peers that compute the same, and how much faster than them it has to be. */
export interface BatchJob {
  readonly name: string
  readonly definition: IndicatorDefinition
  readonly options?: object
  readonly peers: Readonly<Record<string, Peer>>
  /** TA-Lib's function, and the share of its time that ours may take. */
  readonly taLib?: { readonly function: string; readonly ratioMax: number }
  /** Share of the time of the fastest JavaScript peer that ours may take, allocation included. */
  readonly ratioMax: number
  /** How far the peers' last values may lie from ours, relative to it. */
  readonly distance: number
}

/** What a job is unless it says otherwise. */
export const usual = { ratioMax: 1 / 4, distance: 1e-6 } as const

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
