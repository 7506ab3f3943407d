const gap = '  '

/**
 * Lines of a table for a terminal: the first column starts at the left, the others end at the right. Cells of one row stand on
 * one line; a row that is shorter than the others is filled.
 *
 * @example
 * table([['bars', '12'], ['from', '2019']]) // => ['bars    12', 'from  2019']
 */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column]))))
  return rows.map((row) =>
    widths
      .map((width, column) => {
        const cell = row[column] ?? ''
        const filler = ' '.repeat(width - widthOf(cell))
        return column === 0 ? cell + filler : filler + cell
      })
      .join(gap)
      .trimEnd(),
  )
}

/** Characters of a cell. */
function widthOf(cell: string | undefined): number {
  return [...(cell ?? '')].length
}
