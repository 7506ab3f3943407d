import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf } from './elementary.js'
import { createRandom, type RandomStream } from './random.js'

const runs = { numRuns: Number(process.env.FC_NUM_RUNS ?? 200) }
const take = (stream: RandomStream, count: number): number[] => Array.from({ length: count }, () => stream.next())

/** Pearson's statistic of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('createRandom', () => {
  it('gives the values that are pinned for all time', () => {
    const stream = createRandom(1).stream('latency')
    expect([
      stream.next(),
      stream.uniform(),
      stream.normal(),
      stream.integer(1, 6),
      stream.index,
    ]).toMatchInlineSnapshot(`
      [
        542699390,
        0.9156137711988196,
        -0.4979907422099421,
        1,
        4,
      ]
    `)
    const text = createRandom('a seed').stream('latency')
    expect([text.next(), text.uniform(), text.normal(), text.integer(1, 6)]).toMatchInlineSnapshot(`
      [
        3750114375,
        0.8139403659160013,
        0.6289234447286515,
        4,
      ]
    `)
  })

  it('gives every draw one index, whatever its kind', () => {
    const kinds: readonly ((stream: RandomStream) => number)[] = [
      (stream) => stream.next(),
      (stream) => stream.uniform(),
      (stream) => stream.normal(),
      (stream) => stream.integer(-(2 ** 51), 2 ** 51 + 2 ** 50),
      (stream) => stream.integer(1, 6),
    ]
    const kind = fc.nat(kinds.length - 1)
    fc.assert(
      fc.property(
        fc.integer(),
        fc.string(),
        fc.array(kind, { maxLength: 40 }),
        fc.nat(50),
        (seed, name, draws, start) => {
          const stream = createRandom(seed).stream(name).at(start)
          for (const [offset, draw] of draws.entries()) {
            expect(stream.index).toBe(start + offset)
            expect(kinds[draw]!(stream)).toBe(
              kinds[draw]!(
                createRandom(seed)
                  .stream(name)
                  .at(start + offset),
              ),
            )
          }
        },
      ),
      runs,
    )
  })

  it('splits by index: two halves are the whole', () => {
    const random = createRandom(7)
    const whole = take(random.stream('monteCarlo'), 1_000)
    expect([...take(random.stream('monteCarlo'), 317), ...take(random.stream('monteCarlo').at(317), 683)]).toEqual(
      whole,
    )
  })

  it('gives another sequence for another seed, name or fork', () => {
    const random = createRandom(1)
    const stream = random.stream('a')
    const all = [
      stream,
      random.stream('b'),
      random.stream(''),
      createRandom(2).stream('a'),
      createRandom('1').stream('a'),
      createRandom(1.5).stream('a'),
      stream.fork(0),
      stream.fork(1),
      stream.fork(2 ** 32),
      stream.fork(2 ** 53 - 1),
      stream.fork(0).fork(0),
      stream.fork(0).fork(1),
      stream.fork(1).fork(0),
      random.stream('b').fork(0),
      stream.at(2 ** 33),
      stream.at(2 ** 53 - 100),
    ].map((each) => take(each, 4).join())
    expect(new Set(all).size).toBe(all.length)
  })

  it('forks without moving, and the fork does not depend on the position', () => {
    const stream = createRandom(3).stream('search')
    const before = take(stream.fork(5), 3)
    stream.next()
    expect(take(stream.fork(5), 3)).toEqual(before)
    expect(stream.index).toBe(1)
    expect(take(stream.at(100).fork(5), 3)).toEqual(before)
  })
})

describe('RandomStream', () => {
  it('is uniform in each byte of its words', () => {
    const stream = createRandom(11).stream('bytes')
    const counts = [0, 1, 2, 3].map(() => new Array<number>(256).fill(0))
    for (let draw = 0; draw < 100_000; draw++) {
      const word = stream.next()
      for (const [byte, row] of counts.entries()) row[(word >>> (8 * byte)) & 255]!++
    }
    // 255 degrees of freedom: 350 is beyond the 99.99th percentile.
    for (const row of counts) expect(chiSquare(row)).toBeLessThan(350)
  })

  it('is uniform on the unit interval, without serial correlation', () => {
    const stream = createRandom(12).stream('uniform')
    const counts = new Array<number>(100).fill(0)
    let previous = 0.5
    let [sum, product] = [0, 0]
    const draws = 100_000
    for (let draw = 0; draw < draws; draw++) {
      const value = stream.uniform()
      counts[Math.floor(value * 100)]!++
      sum += value
      product += (value - 0.5) * (previous - 0.5)
      previous = value
    }
    expect(chiSquare(counts)).toBeLessThan(160)
    expect(Math.abs(sum / draws - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / draws))
    expect(Math.abs((product / draws) * 12)).toBeLessThan(4 / Math.sqrt(draws))
  })

  it('has independent forks: values of neighbouring jobs are uncorrelated', () => {
    const stream = createRandom(13).stream('jobs')
    const jobs = 20_000
    let product = 0
    const counts = new Array<number>(64).fill(0)
    for (let job = 0; job < jobs; job++) {
      const [first, second] = [stream.fork(job).uniform(), stream.fork(job + 1).uniform()]
      product += (first - 0.5) * (second - 0.5) * 12
      counts[Math.floor(first * 64)]!++
    }
    expect(Math.abs(product / jobs)).toBeLessThan(4 / Math.sqrt(jobs))
    expect(chiSquare(counts)).toBeLessThan(120)
  })

  it('is normal: moments, and cells of equal probability', () => {
    const stream = createRandom(14).stream('normal')
    const counts = new Array<number>(50).fill(0)
    const draws = 100_000
    let [sum, square, cube, fourth] = [0, 0, 0, 0]
    for (let draw = 0; draw < draws; draw++) {
      const value = stream.normal()
      counts[Math.floor(normalCdf(value) * 50)]!++
      sum += value
      square += value ** 2
      cube += value ** 3
      fourth += value ** 4
    }
    expect(chiSquare(counts)).toBeLessThan(95)
    expect(Math.abs(sum / draws)).toBeLessThan(4 / Math.sqrt(draws))
    expect(Math.abs(square / draws - 1)).toBeLessThan(4 * Math.sqrt(2 / draws))
    expect(Math.abs(cube / draws)).toBeLessThan(4 * Math.sqrt(15 / draws))
    expect(Math.abs(fourth / draws - 3)).toBeLessThan(4 * Math.sqrt(96 / draws))
  })

  it('gives integers inside their bounds, each equally likely', () => {
    const stream = createRandom(15).stream('dice')
    const counts = new Array<number>(7).fill(0)
    for (let draw = 0; draw < 70_000; draw++) counts[stream.integer(-3, 3) + 3]!++
    expect(chiSquare(counts)).toBeLessThan(27.9)
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.nat(2 ** 31), (min, span) => {
        const max = Math.min(min + span, Number.MAX_SAFE_INTEGER)
        const value = stream.integer(min, max)
        expect(Number.isSafeInteger(value) && value >= min && value <= max).toBe(true)
      }),
      runs,
    )
  })

  it('stays unbiased where a third of the attempts must be drawn again', () => {
    const stream = createRandom(16).stream('wide')
    const range = 3 * 2 ** 51
    const counts = [0, 0, 0]
    for (let draw = 0; draw < 30_000; draw++) counts[Math.floor(stream.integer(0, range - 1) / 2 ** 51)]!++
    expect(chiSquare(counts)).toBeLessThan(18.4)
  })

  it('draws the only integer of a range of one', () => {
    expect(createRandom(1).stream('one').integer(5, 5)).toBe(5)
    expect(createRandom(1).stream('all').integer(0, Number.MAX_SAFE_INTEGER)).toBeGreaterThan(0)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses the seed %d', (seed) => {
    expect(() => createRandom(seed)).toThrow(expect.objectContaining({ code: 'BAD_SEED' }))
    expect(() => createRandom(seed)).toThrow(`Seed "${seed}" is not a finite number.`)
  })

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses the index %d and does not move', (index) => {
    const stream = createRandom(1).stream('a')
    for (const call of [() => stream.at(index), () => stream.fork(index)]) {
      expect(call).toThrow(expect.objectContaining({ code: 'BAD_INDEX' }))
      expect(call).toThrow(`Index "${index}" of a random stream is not an integer from 0 to 2^53 - 1.`)
    }
    expect(stream.index).toBe(0)
  })

  it.each([
    [2, 1],
    [0.5, 1],
    [0, Number.NaN],
    [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  ])('refuses the range %d to %d and does not move', (min, max) => {
    const stream = createRandom(1).stream('a')
    expect(() => stream.integer(min, max)).toThrow(expect.objectContaining({ code: 'BAD_RANGE' }))
    expect(() => stream.integer(min, max)).toThrow(`No random integer from "${min}" to "${max}".`)
    expect(stream.index).toBe(0)
  })
})
