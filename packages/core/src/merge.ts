/** Walks several sorted time columns in one order: by time, then by the order of the columns. */
export interface Merge {
  /** Column with the earliest next time, -1 when all have ended. */
  readonly top: number
  /** Its next time, `Infinity` when all have ended. */
  readonly time: number
  /** Takes the top column's next row. */
  pop(): void
  /** Time of a column's next row, `Infinity` at its end. */
  nextTime(column: number): number
  /** Gives a drained column its next rows, or none to say that it has ended. */
  extend(column: number, values: Float64Array | undefined): void
}

/** Next time of a column that is drained but has not ended: it is on top until it gets more rows. */
export const needsRows = Number.NEGATIVE_INFINITY

/**
 * Merges sorted columns with a tournament tree: each step replays one path, ⌈log₂ k⌉ comparisons for k columns.
 *
 * Knuth, The Art of Computer Programming, volume 3, section 5.4.1.
 */
export function createMerge(columns: readonly Float64Array[], source: 'whole' | 'chunks' = 'whole'): Merge {
  return new TournamentTree(columns, source === 'whole' ? Number.POSITIVE_INFINITY : needsRows)
}

class TournamentTree implements Merge {
  top = -1
  time = Number.POSITIVE_INFINITY
  private readonly columns: Float64Array[]
  private readonly drained: number
  private readonly positions: Int32Array
  private readonly times: Float64Array
  /** Winner of each match, column indexes; node 1 is the final, leaves start at `size`. */
  private readonly winners: Int32Array
  private readonly size: number

  constructor(columns: readonly Float64Array[], drained: number) {
    this.columns = [...columns]
    this.drained = drained
    let size = 1
    while (size < columns.length) size *= 2
    this.size = size
    this.positions = new Int32Array(columns.length)
    this.times = new Float64Array(this.size).fill(Number.POSITIVE_INFINITY)
    this.winners = new Int32Array(this.size * 2)
    for (const [index, column] of columns.entries()) this.times[index] = column.length > 0 ? column[0]! : drained
    for (let leaf = 0; leaf < this.size; leaf++) this.winners[this.size + leaf] = leaf
    for (let node = this.size - 1; node >= 1; node--) this.winners[node] = this.play(node)
    this.crown()
  }

  nextTime(column: number): number {
    return this.times[column]!
  }

  pop(): void {
    const column = this.top
    const values = this.columns[column]!
    const position = this.positions[column]! + 1
    this.positions[column] = position
    this.times[column] = position < values.length ? values[position]! : this.drained
    this.replay(column)
  }

  extend(column: number, values: Float64Array | undefined): void {
    this.columns[column] = values ?? new Float64Array(0)
    this.positions[column] = 0
    this.times[column] = values === undefined ? Number.POSITIVE_INFINITY : values.length > 0 ? values[0]! : this.drained
    this.replay(column)
  }

  private replay(column: number): void {
    for (let node = (this.size + column) >> 1; node >= 1; node >>= 1) this.winners[node] = this.play(node)
    this.crown()
  }

  private play(node: number): number {
    const left = this.winners[node * 2]!
    const right = this.winners[node * 2 + 1]!
    return this.times[right]! < this.times[left]! ? right : left
  }

  private crown(): void {
    const winner = this.winners[1]!
    this.time = this.times[winner]!
    this.top = this.time === Number.POSITIVE_INFINITY ? -1 : winner
  }
}
