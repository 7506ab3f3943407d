import { dayMs, type InstrumentId } from '@astertrade/core'
import type { MemberRow, Members } from '@astertrade/core/backtest'
import type { EnsembleView, ExpertView } from './ensembleView.js'

/** Follows ensembles over a run. */
export interface EnsembleLog {
  /** Takes what an ensemble thinks after a bar; fits `onWeights` of `sevenModelEnsemble`. */
  add(instrument: InstrumentId, view: EnsembleView): void
  /** What became of it, by instrument in the order they came, for `tearSheet(report, { members })`. */
  members(): readonly Members[]
}

/**
 * Starts to follow ensembles: how often each expert spoke, what it weighed, pushed and lost, and its weight at the end of each day.
 *
 * @example
 * const log = createEnsembleLog()
 * const report = backtest({ strategy: sevenModelEnsemble({ onWeights: log.add }), data, cash: '10000' })
 * tearSheet(report, { members: log.members() })
 */
export function createEnsembleLog(): EnsembleLog {
  const tracks = new Map<string, Track>()
  return {
    add(instrument, view) {
      let track = tracks.get(instrument)
      if (track === undefined) {
        track = createTrack(view)
        tracks.set(instrument, track)
      }
      follow(track, view)
    },
    members: () => [...tracks].map(([instrument, track]) => membersOf(instrument, track)),
  }
}

interface Voice {
  spoken: number
  warned: number
  weightSum: number
  pushSum: number
  readonly weights: number[]
}

interface Track {
  decisions: number
  last: EnsembleView
  readonly days: number[]
  readonly time: number[]
  readonly voices: readonly Voice[]
}

function createTrack(view: EnsembleView): Track {
  const voices = view.experts.map(() => ({ spoken: 0, warned: 0, weightSum: 0, pushSum: 0, weights: [] }))
  return { decisions: 0, last: view, days: [], time: [], voices }
}

function follow(track: Track, view: EnsembleView): void {
  const day = Math.ceil(view.time / dayMs)
  const row = track.days.at(-1) === day ? track.days.length - 1 : track.days.length
  track.days[row] = day
  track.time[row] = view.time
  track.decisions++
  track.last = view
  for (const [index, { role, weight, contribution }] of view.experts.entries()) {
    const voice = track.voices[index]!
    voice.weights[row] = weight
    if (role === 'risk') voice.warned++
    if (role !== 'speaks') continue
    voice.spoken++
    voice.weightSum += weight
    voice.pushSum += Math.abs(contribution)
  }
}

function membersOf(instrument: string, { time, decisions, last, voices }: Track): Members {
  return {
    instrument,
    time: [...time],
    decisions,
    controlLoss: last.control.loss,
    rows: last.experts.map((expert, index) => rowOf(expert, voices[index]!, decisions)),
  }
}

function rowOf({ name, weight, meanLoss, reason }: ExpertView, voice: Voice, decisions: number): MemberRow {
  const { spoken, warned, weightSum, pushSum, weights } = voice
  return {
    name,
    spoke: spoken / decisions,
    warned: warned / decisions,
    weightMean: weightSum / spoken,
    weightLast: weight,
    contribution: pushSum / spoken,
    loss: meanLoss,
    reason,
    weights: [...weights],
  }
}
