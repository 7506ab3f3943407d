import { decimalText } from './decimalText.js'

/** First line of a bar file: `ts_ms` is the open of the bar in milliseconds UTC. */
export const csvHeader = 'ts_ms,open,high,low,close,volume\n'

/** One line of a bar file, line end included. `time` is the bar's open. */
export function csvRow(row: {
  readonly time: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}): string {
  const { time, open, high, low, close, volume } = row
  return `${time},${[open, high, low, close, volume].map(decimalText).join(',')}\n`
}
