import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** Folder of the reference data, from the environment; tests that need it are skipped without. */
export const dataFolder = process.env.ASTER_DATA

/** What a skipped suite says. */
export const needsData = dataFolder ? '' : ' (skipped: set ASTER_DATA to the folder of the reference data)'

/** Text of one reference file. */
export function readReference(folder: string, file: string): string {
  return readFileSync(join(dataFolder!, 'reference', folder, file), 'utf8')
}

/** Columns of a CSV file by their heading; an empty cell is `NaN`. */
export function readColumns(folder: string, file: string): (heading: string) => Float64Array {
  const [head, ...lines] = readReference(folder, file).trim().split(/\r?\n/)
  const headings = head!.split(',')
  const rows = lines.map((line) => line.split(','))
  return (heading) => {
    const at = headings.findIndex((candidate) => candidate.toLowerCase() === heading.toLowerCase())
    if (at === -1) throw new Error(`No column ${heading} in ${file}: ${headings.join()}`)
    return Float64Array.from(rows, (row) => (row[at] ? Number(row[at]) : Number.NaN))
  }
}

/** How near two series have to be, and from which row on. */
export interface Tolerance {
  readonly relative?: number
  readonly absolute?: number
  readonly from?: number
}

/** Compares wherever the expected series has a value, at least once. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number | null>, tolerance: Tolerance): void {
  const { relative = 0, absolute = 0, from = 0 } = tolerance
  expect(actual.length).toBe(expected.length)
  let compared = 0
  for (let index = from; index < expected.length; index++) {
    const value = expected[index]
    if (value === null || value === undefined || Number.isNaN(value)) continue
    compared++
    const allowed = absolute + relative * Math.abs(value)
    const distance = Math.abs(actual[index]! - value)
    if (!(distance <= allowed)) {
      expect.fail(`row ${index}: ${actual[index]} is not within ${allowed} of ${value}`)
    }
  }
  expect(compared).toBeGreaterThan(0)
}
