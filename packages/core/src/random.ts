import { normalQuantile } from './elementary.js'
import { ConfigError } from './errors.js'
import { createHasher } from './hasher.js'
import { philox } from './philox.js'

/**
 * A sequence of random values in which value `index` depends on (seed, stream name, forks, index) alone.
 *
 * Every draw, of whichever kind, takes exactly one index, so draws can be counted, skipped and split.
 */
export interface RandomStream {
  /** Index of the next draw. */
  readonly index: number
  /** An integer from 0 to 2^32 - 1. */
  next(): number
  /** A multiple of 2^-53 in [0, 1). */
  uniform(): number
  /** A standard normal value, between -8.21 and 8.21. */
  normal(): number
  /**
   * An integer from `min` to `max`, both included, each equally likely.
   *
   * @throws ConfigError if a bound is no safe integer, `min > max`, or the range has over 2^53 values.
   */
  integer(min: number, max: number): number
  /**
   * The same stream from another index on, with a position of its own.
   *
   * @throws ConfigError if `index` is not an integer from 0 to 2^53 - 1.
   */
  at(index: number): RandomStream
  /**
   * An independent stream for job number `index`; this stream does not move.
   *
   * @throws ConfigError if `index` is not an integer from 0 to 2^53 - 1.
   */
  fork(index: number): RandomStream
}

/** Named random streams of one seed: a new consumer with a new name shifts nobody else. */
export interface Random {
  stream(name: string): RandomStream
}

const two32 = 2 ** 32
const two53 = 2 ** 53
/** Marks a counter that makes a key; values count their attempts in the same word and never come this far. */
const forkMark = 0xffffffff

/**
 * Makes random streams from a seed. The generator is Philox4x32-10 with a key from SHA-256 of seed and name.
 *
 * @throws ConfigError if the seed is not finite.
 * @example
 * const latency = createRandom(1).stream('latency')
 * latency.uniform() // => 0.12635704830807037
 * latency.at(0).uniform() // => 0.12635704830807037
 */
export function createRandom(seed: number | string): Random {
  if (typeof seed === 'number' && !Number.isFinite(seed)) {
    throw new ConfigError(`Seed "${seed}" is not a finite number.`, { code: 'BAD_SEED', hints: ['Such as seed: 1.'] })
  }
  return {
    stream(name) {
      const hasher = createHasher()
      const digest = (typeof seed === 'number' ? hasher.number(seed) : hasher.text(seed)).text(name).digest()
      const word = (from: number): number => Number.parseInt(digest.slice(from, from + 8), 16)
      return createStream(Uint32Array.of(word(0), word(8)), 0)
    },
  }
}

function createStream(key: Uint32Array, start: number): RandomStream {
  const counter = new Uint32Array(4)
  const words = new Uint32Array(4)
  let index = start
  let loaded = -1
  /** Loads the four words of draw `index`, two for it and two for its neighbour; returns where its own begin. */
  const draw = (): number => {
    const block = Math.floor(index / 2)
    const offset = (index - block * 2) * 2
    index++
    if (block !== loaded) {
      counter[0] = block
      counter[1] = block / two32
      counter[2] = 0
      philox(counter, key, words)
      loaded = block
    }
    return offset
  }
  const wide = (): number => join(words, draw())
  return {
    get index() {
      return index
    },
    next: () => words[draw()]!,
    uniform: () => wide() / two53,
    // The centre of one of 2^52 equal cells: never 0 or 1, and symmetric.
    normal: () => normalQuantile((Math.floor(wide() / 2) + 0.5) / (two53 / 2)),
    integer(min, max) {
      const range = checkRange(min, max)
      const limit = two53 - (two53 % range)
      let value = wide()
      // A second and later attempt of the same draw counts in a word of its own.
      for (let attempt = 1; value >= limit; attempt++) {
        counter[2] = attempt
        philox(counter, key, words)
        loaded = -1
        value = join(words, ((index - 1) % 2) * 2)
      }
      return min + (value % range)
    },
    at: (position) => createStream(key, checkIndex(position)),
    fork(number) {
      const child = Uint32Array.of(checkIndex(number), number / two32, forkMark, 0)
      philox(child, key, child)
      return createStream(child.slice(0, 2), 0)
    },
  }
}

/** Two words as an integer of 53 bits. */
function join(words: Uint32Array, offset: number): number {
  return (words[offset]! >>> 5) * 67_108_864 + (words[offset + 1]! >>> 6)
}

function checkIndex(index: number): number {
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new ConfigError(`Index "${index}" of a random stream is not an integer from 0 to 2^53 - 1.`, {
      code: 'BAD_INDEX',
    })
  }
  return index
}

function checkRange(min: number, max: number): number {
  const range = max - min + 1
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || !(range >= 1 && range <= two53)) {
    throw new ConfigError(`No random integer from "${min}" to "${max}".`, {
      code: 'BAD_RANGE',
      hints: ['Both bounds are safe integers, the first at most the second, and the range has at most 2^53 values.'],
    })
  }
  return range
}
