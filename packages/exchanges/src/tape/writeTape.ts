import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type Bars, ConfigError } from '@astertrade/core'
import { csvHeader, csvRow } from './csvRow.js'

/** Rows that are turned into text at a time. */
const rowsMax = 8_192

/**
 * Writes bars to a CSV file, packed where its name ends in `.gz`; `readTape` gives the same bars back, bit for bit.
 *
 * Rows are stamped by the open of the bar. The file takes its name when it is whole; one that was there is replaced.
 *
 * @throws ConfigError with code `BAD_FILE_NAME` if the name ends neither in `.csv` nor in `.csv.gz`, `NO_DATA` if there is no bar.
 * @example
 * writeTape('data/BTCUSDT_1h.csv.gz', bars)
 */
export function writeTape(path: string, bars: Bars): void {
  const [, packed] = /\.csv(\.gz)?$/.exec(path) ?? []
  if (!/\.csv(?:\.gz)?$/.test(path)) {
    throw new ConfigError(`File "${path}" cannot take bars.`, {
      code: 'BAD_FILE_NAME',
      hints: ["Bars go to names that end in '.csv' or '.csv.gz'; events go to '.jsonl' with recordTape."],
    })
  }
  if (bars.length === 0) throw new ConfigError('No bars to write.', { code: 'NO_DATA' })
  const part = `${path}.part`
  const file = openSync(part, 'w')
  try {
    for (const text of texts(bars)) writeAll(file, packed ? gzipSync(text) : Buffer.from(text))
    fsyncSync(file)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  } finally {
    closeSync(file)
  }
  renameSync(part, path)
}

/** The file in pieces. Each is packed by itself: a gzip file may consist of several. */
function* texts(bars: Bars): Generator<string> {
  yield csvHeader
  const { time, open, high, low, close, volume, interval } = bars
  for (let from = 0; from < bars.length; from += rowsMax) {
    let text = ''
    for (let at = from; at < Math.min(from + rowsMax, bars.length); at++) {
      text += csvRow({
        time: time[at]! - interval,
        open: open[at]!,
        high: high[at]!,
        low: low[at]!,
        close: close[at]!,
        volume: volume[at]!,
      })
    }
    yield text
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}
