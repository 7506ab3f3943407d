import { BaseError } from '../errors.js'

/** How one value of a journal row becomes JSON text and is read back without loss. Both throw a `FieldError`. */
export interface Field<T> {
  /** JSON text, or undefined where the value is absent and its key is left out. */
  write(value: T, name: string): string | undefined
  read(value: unknown, name: string): T
}

/** The fields of a record, one for each of its keys, in the order they are written. */
export type FieldsOf<T> = { readonly [Key in keyof T]-?: Field<T[Key]> }

/** A value that does not belong in its field. The journal adds where that was. */
export class FieldError extends BaseError {
  override name = 'FieldError'

  constructor(name: string, expected: string, got: unknown) {
    const text = typeof got === 'string' ? JSON.stringify(got) : String(got)
    super(`field "${name}" holds ${text.slice(0, 80)} where ${expected} was expected`, { code: 'BAD_FIELD' })
  }
}

/** Text; printed in ASCII, so that a line has one form in every encoding. */
export function text<T extends string>(): Field<T> {
  return {
    write: (value, name) => {
      if (typeof value !== 'string') throw new FieldError(name, 'text', value)
      return quote(value)
    },
    read: (value, name) => {
      if (typeof value !== 'string') throw new FieldError(name, 'text', value)
      return value as T
    },
  }
}

/** One of some words. */
export function oneOf<const T extends string>(...words: readonly T[]): Field<T> {
  const check = (value: unknown, name: string): T => {
    if (!words.includes(value as T)) throw new FieldError(name, `one of ${words.join(', ')}`, value)
    return value as T
  }
  return { write: (value, name) => quote(check(value, name)), read: check }
}

/** A finite double; -0 is kept. */
export function finite<T extends number>(): Field<T> {
  return numeric((value) => Number.isFinite(value), 'a finite number')
}

/** A safe integer of at least `min`. */
export function integer<T extends number>(min: number = Number.MIN_SAFE_INTEGER): Field<T> {
  const expected = min === Number.MIN_SAFE_INTEGER ? 'a safe integer' : `an integer ≥ ${min}`
  return numeric((value) => Number.isSafeInteger(value) && value >= min, expected)
}

function numeric<T extends number>(accepts: (value: number) => boolean, expected: string): Field<T> {
  const check = (value: unknown, name: string): T => {
    if (typeof value !== 'number' || !accepts(value)) throw new FieldError(name, expected, value)
    return value as T
  }
  return { write: (value, name) => (Object.is(check(value, name), -0) ? '-0' : String(value)), read: check }
}

/** A bigint as the text of its decimal digits. */
export function bigInteger<T extends bigint>(): Field<T> {
  return {
    write: (value, name) => {
      if (typeof value !== 'bigint') throw new FieldError(name, 'a bigint', value)
      return `"${value}"`
    },
    read: (value, name) => {
      if (typeof value !== 'string' || !/^(?:0|-?[1-9]\d*)$/.test(value)) {
        throw new FieldError(name, 'decimal digits as text', value)
      }
      return BigInt(value) as T
    },
  }
}

/** True or false. */
export const flag: Field<boolean> = {
  write: (value, name) => {
    if (typeof value !== 'boolean') throw new FieldError(name, 'true or false', value)
    return String(value)
  },
  read: (value, name) => {
    if (typeof value !== 'boolean') throw new FieldError(name, 'true or false', value)
    return value
  },
}

/** A field whose key is left out while it is undefined, and comes back as undefined. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return {
    write: (value, name) => (value === undefined ? undefined : field.write(value, name)),
    read: (value, name) => (value === undefined ? undefined : field.read(value, name)),
  }
}

/** A list of what one field holds. */
export function list<T>(field: Field<T>): Field<readonly T[]> {
  const check = (value: unknown, name: string): readonly unknown[] => {
    if (!Array.isArray(value)) throw new FieldError(name, 'a list', value)
    return value
  }
  return {
    write: (value, name) => `[${check(value, name).map((item, index) => field.write(item as T, `${name}[${index}]`))}]`,
    read: (value, name) => check(value, name).map((item, index) => field.read(item, `${name}[${index}]`)),
  }
}

/** A number or one certain word. */
export function numberOr<T extends number, const Word extends string>(word: Word): Field<T | Word> {
  const number = finite<T>()
  return {
    write: (value, name) => (value === word ? quote(word) : number.write(value as T, name)),
    read: (value, name) => (value === word ? word : number.read(value, name)),
  }
}

function quote(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
