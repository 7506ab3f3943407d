import { dayMs } from '../time.js'
import type { ReportConfig } from './report.js'

/** How one return of a run is called: by the day, or by the bar where every bar is longer than one. */
export interface ReturnWords {
  readonly title: 'Daily' | 'Per-bar'
  readonly each: 'daily' | 'per-bar'
  readonly unit: 'day' | 'bar'
}

const daily: ReturnWords = { title: 'Daily', each: 'daily', unit: 'day' }
const perBar: ReturnWords = { title: 'Per-bar', each: 'per-bar', unit: 'bar' }

/** The words for the returns of a run on these instruments. */
export function returnWords({ instruments }: Pick<ReportConfig, 'instruments'>): ReturnWords {
  return instruments.length > 0 && instruments.every(({ interval }) => interval > dayMs) ? perBar : daily
}
