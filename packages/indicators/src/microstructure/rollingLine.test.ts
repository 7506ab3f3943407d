import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineThrough } from '../testing/referenceMicrostructure.js'
import { RollingLine } from './rollingLine.js'

type Point = readonly [number, number]

function take(line: RollingLine, [x, y]: Point): void {
  line.x = x
  line.y = y
  line.advance()
}

describe('RollingLine', () => {
  it('draws the line of least squares, whatever was undone or peeked at', () => {
    const point = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }))
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.array(fc.tuple(point, point), { maxLength: 50 }),
        (period, steps) => {
          const line = new RollingLine(period)
          for (const [index, [draft, kept]] of steps.entries()) {
            take(line, index % 3 === 0 ? [Number.NaN, 0] : draft)
            line.undo()
            const peeked = line.peek(...kept)
            take(line, kept)
            expect(line.slope).toBe(peeked)
            const window = steps.slice(Math.max(0, index + 1 - period), index + 1).map(([, point]) => point)
            if (window.length < period) expect(line.slope).toBeNaN()
            else {
              const expected = lineThrough(
                window.map(([x]) => x),
                window.map(([, y]) => y),
              )
              expect(line.slope).toBeCloseTo(expected.slope, 10)
              expect(line.fit).toBeCloseTo(expected.fit, 10)
            }
          }
        },
      ),
    )
  })

  it('has slope and fit 0 where x does not move, and fit 0 where y does not, exactly', () => {
    const line = new RollingLine(4)
    for (let index = 0; index < 9; index++) take(line, [index * 0.1, index * 1e6])
    for (let index = 0; index < 4; index++) take(line, [0.3, index])
    expect([line.slope, line.fit]).toEqual([0, 0])
    for (let index = 0; index < 4; index++) take(line, [index, 0.7])
    expect([line.slope, line.fit]).toEqual([0, 0])
  })

  it('keeps all digits after a point a billion times as far', () => {
    const line = new RollingLine(5)
    take(line, [1e12, -1e15])
    for (let index = 0; index < 5; index++) take(line, [1e6 + index, 3 * index])
    expect(line.slope).toBeCloseTo(3, 14)
    expect(line.fit).toBeCloseTo(1, 14)
  })
})
