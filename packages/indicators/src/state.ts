import { ConfigError } from '@astertrade/core'
import { isColumn } from './isColumn.js'

/** Version of the layout below; a change makes older snapshots unreadable. */
const layoutVersion = 1
const headerLength = 3

/** What holds numbers: an indicator, a kernel in it, or an array of one of them. */
type Holder = Record<string | number, unknown>

/** What a snapshot says of its owner: an indicator, or a set of them. */
interface Owner {
  readonly name: string
  readonly samples: number
}

/** Copies the state of one indicator to another of the same class and parameters, and returns that. */
export function copyState<Copy extends object>(from: object, to: Copy): Copy {
  write(to, numbersOf(from))
  return to
}

/** The state as numbers: layout version, samples, hash of the name, then every field. */
export function takeSnapshot(owner: Owner): Float64Array {
  return Float64Array.from([layoutVersion, owner.samples, hashOf(owner.name), ...numbersOf(owner)])
}

/**
 * Puts a snapshot back.
 *
 * @throws ConfigError if it is not a snapshot of an indicator of this name, by this version of the layout.
 */
export function restoreSnapshot(owner: Owner, state: Float64Array): void {
  const expected = takeSnapshot(owner)
  if (!isColumn(state) || state.length !== expected.length || state[0] !== layoutVersion || state[2] !== expected[2]) {
    throw new ConfigError(`Cannot restore ${owner.name}: the snapshot has another layout, kind, options or length.`, {
      code: 'BAD_SNAPSHOT',
      hints: [`Give it a snapshot() of ${owner.name}, made by this version of the package.`],
    })
  }
  write(owner, state.subarray(headerLength))
}

function numbersOf(owner: object): number[] {
  const numbers: number[] = []
  visitNumbers(owner as Holder, (holder, key) => numbers.push(Number(holder[key])))
  return numbers
}

function write(owner: object, numbers: ArrayLike<number>): void {
  let at = 0
  visitNumbers(owner as Holder, (holder, key) => {
    const stored = numbers[at++]!
    if (holder[key] === undefined || Object.is(holder[key], stored)) return
    // A small integer leaves a Float64Array as a double; stored so, it would turn a fast integer field into a slow one.
    holder[key] = Object.is(stored | 0, stored) ? stored | 0 : stored
  })
}

/**
 * Visits an indicator's own numbers and arrays, and those of the kernels it holds, in order of creation. What is undefined
 * counts as a number, since a field that takes inputs is so after a bar that lacks one.
 */
function visitNumbers(holder: Holder, visit: (holder: Holder, key: string | number) => void): void {
  for (const [key, value] of Object.entries(holder)) {
    if (typeof value === 'number' || value === undefined) visit(holder, key)
    else if (value instanceof Float64Array) {
      for (let index = 0; index < value.length; index++) visit(value as unknown as Holder, index)
    } else if (isKernel(value)) visitNumbers(value, visit)
  }
}

/** Kernels are objects of a class; options and scratch are plain ones. */
function isKernel(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.prototype
}

/** FNV-1a over the characters, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193)
  return hash >>> 0
}
