import { timestamp } from '@astertrade/core'
import { expect, it } from 'vitest'
import { fillCalendarFeatures } from './calendarFeatures.js'

const at = (time: string): number[] => {
  const out = new Float64Array(5)
  fillCalendarFeatures(timestamp(time), out, 1)
  return [...out.slice(1)]
}
const point = (share: number): [number, number] => [Math.sin(2 * Math.PI * share), Math.cos(2 * Math.PI * share)]

it('turns hour and weekday in UTC into points on a circle, Sunday first', () => {
  for (const [time, hour, day] of [
    ['2024-01-07T00:00:00Z', 0, 0],
    ['2024-01-10T06:59:59Z', 6, 3],
    ['2024-01-13T23:00:00Z', 23, 6],
    ['1969-12-31T18:00:00Z', 18, 3],
  ] as const) {
    const [hourSin, hourCos, daySin, dayCos] = at(time)
    const expected = [...point(hour / 24), ...point(day / 7)]
    for (const [index, value] of [hourSin, hourCos, daySin, dayCos].entries()) {
      expect(value).toBeCloseTo(expected[index]!, 12)
    }
  }
})
