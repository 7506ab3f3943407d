import { readFile, rename, writeFile } from 'node:fs/promises'
import { ConfigError } from '@astertrade/core'
import { absent } from '../absent.js'

/** Whose candles a file holds. */
export interface PartIdentity {
  readonly venue: string
  readonly symbol: string
  readonly timeframe: string
}

/** How far a file has come; kept beside it as `<file>.state.json`. Times are candle opens in milliseconds. */
export interface PartState extends PartIdentity {
  readonly version: 1
  /** Where the walk began. */
  readonly from: number
  /** Where it goes on. */
  readonly next: number
  /** Length of the rows that are safe on disk, header included. */
  readonly bytes: number
  readonly rows: number
  readonly first: number | undefined
  readonly last: number | undefined
}

/** Where the state of a file is kept. */
export function statePath(path: string): string {
  return `${path}.state.json`
}

/** Puts a state in place of the last one, in one step. */
export async function writePartState(path: string, state: PartState): Promise<void> {
  await writeFile(`${statePath(path)}.new`, `${JSON.stringify(state)}\n`, { flush: true })
  await rename(`${statePath(path)}.new`, statePath(path))
}

/**
 * The state beside a file; `undefined` where there is none.
 *
 * @throws ConfigError with code `DAMAGED_DOWNLOAD` if what is there is no state.
 */
export async function readPartState(path: string): Promise<PartState | undefined> {
  const text = await readFile(statePath(path), 'utf8').catch(absent)
  if (text === undefined) return undefined
  const state = decodeState(text)
  if (state) return state
  throw new ConfigError(`File "${statePath(path)}" is no state of a download.`, {
    code: 'DAMAGED_DOWNLOAD',
    hints: ['Delete it and the file it belongs to, to begin again.'],
  })
}

function decodeState(text: string): PartState | undefined {
  try {
    const state: unknown = JSON.parse(text)
    return isState(state) ? state : undefined
  } catch {
    return undefined
  }
}

function isState(value: unknown): value is PartState {
  if (typeof value !== 'object' || value === null) return false
  const state = value as Readonly<Record<string, unknown>>
  const count = (key: string): boolean => Number.isSafeInteger(state[key]) && (state[key] as number) >= 0
  const texts = ['venue', 'symbol', 'timeframe'].every((key) => typeof state[key] === 'string')
  const spans = state.rows === 0 || (count('first') && count('last'))
  return state.version === 1 && texts && spans && ['from', 'next', 'bytes', 'rows'].every(count)
}
