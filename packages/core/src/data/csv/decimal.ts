/** Where a scan of bytes stopped. */
export interface Mark {
  /** Index of the first byte that does not belong to the value. */
  end: number
}

const dot = 46
const digitsMax = 15
/** Exact doubles, all of them. */
const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`))
const chunkDigits = 9

/**
 * Reads a decimal without a sign from bytes; the result equals `Number(text)` bit for bit.
 *
 * Up to 15 digits are one exact integer divided by one exact power of ten, which rounds once, as parsing does. More
 * digits or an exponent go through `Number`. NaN where there is no number. The bytes must end with one that is no digit.
 */
export function scanDecimal(bytes: Uint8Array, from: number, mark: Mark): number {
  let at = from
  let mantissa = 0
  let decimals = 0
  let digit = bytes[at]! - 48
  // Runs of up to nine digits stay in 32-bit integers.
  while (digit >>> 0 < 10) {
    const start = at
    const limit = start + chunkDigits
    let run = 0
    do {
      run = (Math.imul(run, 10) + digit) | 0
      digit = bytes[++at]! - 48
    } while (digit >>> 0 < 10 && at < limit)
    mantissa = start === from ? run : mantissa * powersOfTen[at - start]! + run
    if (at - from > digitsMax) return scanText(bytes, from, mark)
  }
  let digits = at - from
  if (digit === dot - 48) {
    const fraction = ++at
    digit = bytes[at]! - 48
    while (digit >>> 0 < 10) {
      const start = at
      const limit = start + chunkDigits
      let run = 0
      do {
        run = (Math.imul(run, 10) + digit) | 0
        digit = bytes[++at]! - 48
      } while (digit >>> 0 < 10 && at < limit)
      mantissa = mantissa * powersOfTen[at - start]! + run
      if (digits + at - fraction > digitsMax) return scanText(bytes, from, mark)
    }
    decimals = at - fraction
    digits += decimals
  }
  // An E, in either case, less 48.
  if (digits === 0 || digit === 21 || digit === 53) return scanText(bytes, from, mark)
  mark.end = at
  return decimals === 0 ? mantissa : mantissa / powersOfTen[decimals]!
}

function scanText(bytes: Uint8Array, from: number, mark: Mark): number {
  let at = from
  let text = ''
  while (isNumberByte(bytes[at]!)) text += String.fromCharCode(bytes[at++]!)
  mark.end = at
  return parseDecimal(text)
}

/** Digits, dot, signs and E. */
function isNumberByte(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || byte === dot || byte === 43 || byte === 45 || byte === 69 || byte === 101
}

/**
 * Reads plain decimal text, with sign and exponent where there are; equals `Number(text)`.
 *
 * NaN for anything else that `Number` would take: empty text, spaces, hexadecimal, `Infinity`.
 */
export function parseDecimal(text: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : Number.NaN
}
