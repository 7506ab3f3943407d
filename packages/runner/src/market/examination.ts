import { type Bars, createBars } from '@astertrade/core'
import { cleanBars, type DataIssue } from '@astertrade/core/data'
import { counted } from '../counted.js'
import { createUnitSteps, type UnitStep } from './unitSteps.js'

/** Looks at the bars of one instrument, whole or in pieces, as `aster data check` does. */
export interface Examination {
  push(bars: Bars): void
  /** Where prices move twentyfold and stay, as where units are mixed; undefined where they do not. */
  step(): UnitStep | undefined
  /** What may spoil a result, in sentences: gaps, and bars that look wrong. */
  sentences(): readonly string[]
}

const kinds = { spike: 'spike', jump: 'lasting jump', frozen: 'frozen stretch', echo: 'repeated stretch' } as const

/** Starts to look at a series. What crosses the seam of two pieces is seen only if it is a gap or a step. */
export function createExamination(instrument: string): Examination {
  const steps = createUnitSteps()
  let found: UnitStep | undefined
  let last: Bars | undefined
  const gaps = { bars: 0, missing: 0, outages: 0, longest: 0 }
  const odd: Record<keyof typeof kinds, number> = { spike: 0, jump: 0, frozen: 0, echo: 0 }
  return {
    push(bars) {
      found ??= steps.push(bars)
      const { quality, issues } = cleanBars(last === undefined ? bars : after(last, bars))
      gaps.bars += bars.length
      gaps.missing += quality.missing
      gaps.outages += quality.outages
      gaps.longest = Math.max(gaps.longest, quality.longestGap)
      for (const { kind } of issues) if (isOdd(kind)) odd[kind]++
      last = bars
    },
    step() {
      found ??= steps.finish()
      return found
    },
    sentences: () =>
      [gapSentence(gaps), oddSentence(odd)].filter((text) => text !== '').map((text) => `${instrument}: ${text}.`),
  }
}

function isOdd(kind: DataIssue['kind']): kind is keyof typeof kinds {
  return Object.hasOwn(kinds, kind)
}

/** A piece led by the last bar of the one before, so that a gap between the two is seen. */
function after(before: Bars, bars: Bars): Bars {
  const led = createBars(bars.instrument, bars.interval, bars.length + 1, 'private')
  for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const) {
    led[name][0] = before[name][before.length - 1]!
    led[name].set(bars[name], 1)
  }
  return led
}

function gapSentence(gaps: { bars: number; missing: number; outages: number; longest: number }): string {
  const { bars, missing, outages, longest } = gaps
  if (missing === 0) return ''
  const expected = bars + missing
  const share = ((100 * missing) / expected).toFixed(2)
  return `${missing} of ${counted(expected, 'bar')} (${share} %) are missing, with ${counted(outages, 'outage')}; the longest gap has ${longest}`
}

function oddSentence(odd: Readonly<Record<keyof typeof kinds, number>>): string {
  const counts = Object.entries(kinds).flatMap(([kind, name]) => {
    const found = odd[kind as keyof typeof kinds]
    return found > 0 ? [counted(found, name)] : []
  })
  return counts.length > 0 ? `bars look wrong: ${counts.join(', ')}` : ''
}
