/**
 * The day of a time, UTC.
 *
 * @example
 * dayText(0) // => '1970-01-01'
 */
export function dayText(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
