import { ConfigError } from '@astertrade/core'

/** Version of the layout below; a change makes older snapshots unreadable. */
const layoutVersion = 1
const headerLength = 3

/** The indicator's state: its own numbers and arrays, and those of the kernels it holds, in order of creation. */
type Fields = Record<string, unknown>

/** What a snapshot says of its owner: an indicator, or a set of them. */
interface Owner {
  readonly name: string
  readonly samples: number
}

/** Copies the state of one indicator to another of the same class and parameters, and returns that. */
export function copyState<Copy extends object>(from: object, to: Copy): Copy {
  const values: number[] = []
  read(from as Fields, values)
  write(to as Fields, Float64Array.from(values), 0)
  return to
}

/** The state as numbers: layout version, samples, hash of the name, then every field. */
export function takeSnapshot(owner: Owner): Float64Array {
  const values = [layoutVersion, owner.samples, hashOf(owner.name)]
  read(owner as unknown as Fields, values)
  return Float64Array.from(values)
}

/**
 * Puts a snapshot back.
 *
 * @throws ConfigError if it is not a snapshot of an indicator of this name, by this version of the layout.
 */
export function restoreSnapshot(owner: Owner, state: Float64Array): void {
  const expected = takeSnapshot(owner)
  const problem = mismatch(expected, state)
  if (problem !== undefined) {
    throw new ConfigError(`Cannot restore ${owner.name}: ${problem}.`, {
      code: 'BAD_SNAPSHOT',
      hints: [`Give it a snapshot() of ${owner.name}, made by this version of the package.`],
    })
  }
  write(owner as unknown as Fields, state, headerLength)
}

function mismatch(expected: Float64Array, state: Float64Array): string | undefined {
  if (Object.prototype.toString.call(state) !== '[object Float64Array]') return 'the snapshot is not a Float64Array'
  if (state[0] !== layoutVersion) return `the snapshot has layout "${state[0]}", not "${layoutVersion}"`
  if (state[2] !== expected[2]) return 'the snapshot belongs to an indicator of another kind or with other options'
  if (state.length !== expected.length) return `the snapshot has "${state.length}" numbers, not "${expected.length}"`
  return undefined
}

function read(fields: Fields, into: number[]): void {
  for (const value of Object.values(fields)) {
    if (typeof value === 'number') into.push(value)
    else if (value instanceof Float64Array) for (const item of value) into.push(item)
    else if (isKernel(value)) read(value, into)
  }
}

function write(fields: Fields, state: Float64Array, start: number): number {
  let at = start
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'number') {
      if (!Object.is(value, state[at])) fields[name] = asStored(state[at]!)
      at++
    } else if (value instanceof Float64Array) {
      value.set(state.subarray(at, at + value.length))
      at += value.length
    } else if (isKernel(value)) at = write(value, state, at)
  }
  return at
}

/** A small integer leaves a Float64Array as a double; stored so, it would turn a fast integer field into a slow one. */
function asStored(value: number): number {
  const integer = value | 0
  return Object.is(integer, value) ? integer : value
}

/** Kernels are objects of a class; options and scratch are plain ones. */
function isKernel(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.prototype
}

/** FNV-1a over the characters, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
