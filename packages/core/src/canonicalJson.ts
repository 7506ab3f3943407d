import { ConfigError } from './errors.js'

const depthMax = 100

/**
 * Prints plain data as JSON text that depends on the data alone: keys sorted by code unit, no spaces.
 *
 * A bigint becomes its decimal digits as text, `-0` becomes `0`, and NaN and the infinities become the text of their
 * name. Typed arrays print as arrays. Keys whose value is `undefined` are left out, as if they were absent.
 *
 * @throws ConfigError if the value holds a function, a symbol, a class instance, an `undefined` array element, or is
 * nested over 100 deep, as a cycle is.
 * @example
 * canonicalJson({ b: 1n, a: [0.5, Number.NaN] }) // => '{"a":[0.5,"NaN"],"b":"1"}'
 */
export function canonicalJson(value: unknown): string {
  return print(value, 'value', 0)
}

function print(value: unknown, path: string, depth: number): string {
  if (depth > depthMax) throw notPlain(path, `is nested over ${depthMax} deep`)
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return Number.isFinite(value) ? String(value + 0) : `"${value}"`
    case 'bigint':
      return `"${value}"`
    case 'boolean':
      return String(value)
    case 'object':
      return value === null ? 'null' : printObject(value, path, depth)
    default:
      throw notPlain(path, `is ${typeof value}`)
  }
}

function printObject(value: object, path: string, depth: number): string {
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item: unknown, index) => print(item, `${path}[${index}]`, depth + 1)).join(',')}]`
  }
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const items = Array.from(value as unknown as ArrayLike<number | bigint>, (item) => print(item, path, depth + 1))
    return `[${items.join(',')}]`
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  // An object from another realm has another Object.prototype, whose own prototype is null as well.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw notPlain(path, `is an instance of "${value.constructor?.name ?? 'a class'}"`)
  }
  const fields = value as Readonly<Record<string, unknown>>
  const entries = Object.keys(fields)
    .filter((key) => fields[key] !== undefined)
    .sort((a, b) => (a < b ? -1 : 1))
    .map((key) => `${JSON.stringify(key)}:${print(fields[key], `${path}.${key}`, depth + 1)}`)
  return `{${entries.join(',')}}`
}

function notPlain(path: string, problem: string): ConfigError {
  return new ConfigError(`Not plain data: ${path.slice(0, 200)} ${problem}.`, {
    code: 'NOT_PLAIN_DATA',
    hints: ['Use text, finite numbers, bigint, booleans, null, arrays and plain objects of them.'],
  })
}
