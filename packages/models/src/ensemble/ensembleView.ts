import type { Timestamp } from '@astertrade/core'
import type { RiskOutlook } from '../model.js'

/** What an expert does at one time: takes a side, says nothing, tells of risk only, or speaks without weight. */
export type ExpertRole = 'speaks' | 'abstains' | 'risk' | 'shadow'

/** One expert of an ensemble at one time. */
export interface ExpertView {
  readonly name: string
  readonly role: ExpertRole
  /** Weight in the forecast; 0 unless it speaks. */
  readonly weight: number
  /** Weight by its losses alone, before sleepers are left out and weights are spread and bounded. */
  readonly learned: number
  /** Factor from 0 to 1 by which its confidence is believed: how true its claims have been. */
  readonly trust: number
  /** What it adds to the log-odds of a rise. */
  readonly contribution: number
  /** Mean loss over the last 250 rounds, of those it spoke in; `NaN` without any. */
  readonly meanLoss: number
  /** Number of those rounds. */
  readonly rounds: number
  /** Its own reason, to speak or not to. */
  readonly reason: string
}

/** An ensemble at one time: who speaks, with which weight, and what follows. */
export interface EnsembleView {
  readonly time: Timestamp
  readonly experts: readonly ExpertView[]
  /** The weight of the control, which always says one half, and its loss. */
  readonly control: { readonly weight: number; readonly loss: number }
  /** How many independent models the weights are worth. */
  readonly effectiveNumber: number
  /** From 0, both sides weigh the same, to 1, there is one side only. */
  readonly agreement: number
  /** The factor by which disagreement and risk reduce the confidence. */
  readonly caution: number
  readonly risk: RiskOutlook
  /** Rounds of forecasts that cannot be judged yet. */
  readonly waiting: number
}
