/** A line as few points, in the order of time. */
export interface Points {
  readonly time: readonly number[]
  readonly value: readonly number[]
}

/** How many points to keep. */
export interface DecimateOptions {
  /** Columns of pixels; each keeps at most its smallest and its largest value. */
  readonly columns: number
}

/**
 * Thins a line to what can be seen: the extremes of each column of pixels, and both ends. No peak and no trough is lost.
 * Values that are not finite are left out.
 *
 * @param time - Rising.
 * @example
 * decimate([0, 1, 2, 3], [5, 9, 1, 4], { columns: 1 }) // => { time: [0, 1, 2, 3], value: [5, 9, 1, 4] }
 */
export function decimate(time: ArrayLike<number>, value: ArrayLike<number>, { columns }: DecimateOptions): Points {
  const kept: number[] = []
  const start = time[0] ?? 0
  const width = ((time[time.length - 1] ?? 0) - start) / columns
  let column = -1
  let low = -1
  let high = -1
  const flush = (): void => {
    if (low >= 0) for (const row of low === high ? [low] : low < high ? [low, high] : [high, low]) keep(kept, row)
    low = high = -1
  }
  for (let i = 0; i < time.length; i++) {
    if (!Number.isFinite(value[i]!)) continue
    if (kept.length === 0 && low < 0) keep(kept, i)
    const place = width > 0 ? Math.min(columns - 1, Math.floor((time[i]! - start) / width)) : 0
    if (place !== column) {
      flush()
      column = place
    }
    if (low < 0 || value[i]! < value[low]!) low = i
    if (high < 0 || value[i]! > value[high]!) high = i
  }
  flush()
  for (let i = time.length - 1; i >= 0; i--) {
    if (!Number.isFinite(value[i]!)) continue
    keep(kept, i)
    break
  }
  return { time: kept.map((row) => time[row]!), value: kept.map((row) => value[row]!) }
}

function keep(rows: number[], row: number): void {
  if (!(rows.length > 0 && rows[rows.length - 1]! >= row)) rows.push(row)
}
