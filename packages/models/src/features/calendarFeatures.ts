/** Names of the calendar's columns. */
export const calendarFeatureNames: readonly string[] = [
  'calendar.hourSin',
  'calendar.hourCos',
  'calendar.daySin',
  'calendar.dayCos',
]

const hourMs = 3_600_000
const epochWeekday = 4

/** Points on a circle, built by turning the first one: only products and sums, so the same on every engine. */
function circle(steps: number, cos: number, sin: number): { readonly sin: Float64Array; readonly cos: Float64Array } {
  const table = { sin: new Float64Array(steps), cos: new Float64Array(steps).fill(1) }
  for (let step = 1; step < steps; step++) {
    table.cos[step] = table.cos[step - 1]! * cos - table.sin[step - 1]! * sin
    table.sin[step] = table.sin[step - 1]! * cos + table.cos[step - 1]! * sin
  }
  return table
}

const hours = circle(24, 0.9659258262890683, 0.25881904510252074)
const days = circle(7, 0.6234898018587336, 0.7818314824680298)

/** Writes the hour of the day and the day of the week in UTC, each as a point on a circle, from `out[at]` on. */
export function fillCalendarFeatures(time: number, out: Float64Array, at: number): void {
  const hour = Math.floor(time / hourMs)
  const day = Math.floor(hour / 24)
  const ofDay = hour - day * 24
  const ofWeek = day + epochWeekday - 7 * Math.floor((day + epochWeekday) / 7)
  out[at] = hours.sin[ofDay]!
  out[at + 1] = hours.cos[ofDay]!
  out[at + 2] = days.sin[ofWeek]!
  out[at + 3] = days.cos[ofWeek]!
}
