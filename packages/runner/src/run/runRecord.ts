import { ConfigError } from '@astertrade/core'
import type { ReportConfig } from '@astertrade/core/backtest'
import type { RunSettings } from './runSettings.js'

/** Everything that is needed to repeat a run, as kept in its `run.json`. Paths are relative to the folder of the file. */
export interface RunRecord {
  readonly format: 'aster-run'
  readonly formatVersion: 1
  /** Version of the engine that ran it. */
  readonly version: string
  readonly settings: RunSettings
  /** SHA-256 of the strategy's file; absent for a built-in one. */
  readonly strategyDigest?: string | undefined
  /** What the data was: instruments with the digest of their columns. */
  readonly data: ReportConfig['instruments']
  readonly resultHash: string
  /** Absent for a streamed run. */
  readonly journal?:
    | {
        readonly rows: number
        readonly commands: number
        /** Digest of the newest seal. */
        readonly seal: string
      }
    | undefined
}

/** Name of the file in a run's folder. */
export const runRecordName = 'run.json'

/** Prints a record as JSON that people can read. */
export function encodeRunRecord(record: RunRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`
}

/**
 * Reads a record back.
 *
 * @param name - What to call the file in messages.
 * @throws ConfigError `BAD_RUN` if the text is no such record, or one of a later version.
 */
export function decodeRunRecord(text: string, name: string): RunRecord {
  const value = parse(text, name) as Partial<RunRecord> | null
  if (typeof value !== 'object' || value?.format !== 'aster-run') throw noRecord(name, 'it does not say that it is one')
  if (value.formatVersion !== 1) throw noRecord(name, `its version is "${value.formatVersion}", this program reads 1`)
  const missing = (['settings', 'data', 'resultHash'] as const).find((key) => value[key] === undefined)
  if (missing) throw noRecord(name, `"${missing}" is missing`)
  if (value.journal === undefined && value.settings?.reading !== 'pieces') throw noRecord(name, '"journal" is missing')
  const { strategy, market } = value.settings as Partial<RunSettings>
  if (!strategy || !market) throw noRecord(name, 'strategy or market is missing')
  return value as RunRecord
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw noRecord(name, 'it is no JSON')
  }
}

function noRecord(name: string, why: string): ConfigError {
  return new ConfigError(`File "${name}" is no record of a run: ${why}.`, {
    code: 'BAD_RUN',
    hints: ['aster backtest and aster demo write one into the folder of each run.'],
  })
}
