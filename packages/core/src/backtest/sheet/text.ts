/** What stands for a figure that is not known. */
export const unknown = '–'

/** Decimals to print. */
export interface Decimals {
  readonly decimals?: number
}

/**
 * Text without control characters, line breaks, bidirectional overrides and broken surrogates, cut to a length.
 *
 * @example
 * plainText('a\nb', 10) // => 'a b'
 */
export function plainText(text: string, lengthMax: number): string {
  const clean = text.replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ')
  const letters = Array.from(clean)
  return letters.length > lengthMax ? `${letters.slice(0, lengthMax - 1).join('')}…` : clean
}

/**
 * A number with grouped thousands and a real minus sign.
 *
 * @example
 * fixed(-1234.5, { decimals: 2 }) // => '−1,234.50'
 */
export function fixed(value: number, { decimals = 2 }: Decimals = {}): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : unknown
  const text = Math.abs(value).toFixed(decimals)
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
  // A value that rounds to 0 has no sign.
  const sign = value < 0 && Number(text) !== 0 ? '−' : ''
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/**
 * A ratio as a percentage.
 *
 * @example
 * percent(-0.032) // => '−3.2 %'
 */
export function percent(ratio: number, { decimals = 1 }: Decimals = {}): string {
  const text = fixed(ratio * 100, { decimals })
  return text === unknown ? text : `${text} %`
}

/** A quantity to eight significant digits, without trailing zeros. */
export function significant(value: number): string {
  return fixed(value, { decimals: decimalsOf([value]) })
}

/** Decimals that show each of some prices or quantities to eight significant digits, so that a column of them lines up. */
export function decimalsOf(values: readonly number[]): number {
  return values.filter(Number.isFinite).reduce((most, value) => {
    const [digits = '', exponent = '0'] = Math.abs(value).toExponential(7).split('e')
    const kept = digits.replace('.', '').replace(/0+$/, '').length
    return Math.max(most, Math.min(decimalsMax, kept - 1 - Number(exponent)))
  }, 0)
}

const decimalsMax = 12

const units: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
]

/**
 * A span of time in the largest unit of which it holds two, with one decimal below ten.
 *
 * @example
 * span(90 * 60_000) // => '90 min'
 */
export function span(ms: number): string {
  if (!Number.isFinite(ms)) return unknown
  const [size, name] = units.find(([unit]) => ms >= 2 * unit) ?? [1, 'ms']
  const count = ms / size
  return `${fixed(count, { decimals: count < 10 && count % 1 !== 0 ? 1 : 0 })} ${name}`
}

/**
 * The length of a bar in its largest whole unit.
 *
 * @example
 * barLength(3_600_000) // => '1 h'
 */
export function barLength(ms: number): string {
  const [size, name] = units.find(([unit]) => ms % unit === 0) ?? [1, 'ms']
  return Number.isFinite(ms) ? `${fixed(ms / size, { decimals: 0 })} ${name}` : unknown
}

/**
 * The lengths of bars of several series, longest first.
 *
 * @example
 * barLengths([60_000, 3_600_000, 60_000]) // => '1 h to 1 min'
 */
export function barLengths(lengths: readonly number[]): string {
  const [longest = Number.NaN, shortest = longest] = [...new Set(lengths)].sort((a, b) => b - a).filter(isEnd)
  return longest === shortest ? barLength(longest) : `${barLength(longest)} to ${barLength(shortest)}`
}

function isEnd(_: number, index: number, all: readonly number[]): boolean {
  return index === 0 || index === all.length - 1
}

/** UTC date, such as `2024-01-31`. */
export function date(time: number): string {
  return iso(time).slice(0, 10)
}

/** UTC date and minute, such as `2024-01-31 14:05`. */
export function dateTime(time: number): string {
  return iso(time).slice(0, 16).replace('T', ' ')
}

/** UTC date and time to the millisecond, or the sign for unknown where the time is none. */
export function iso(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : unknown
}

/**
 * The two ends of a digest.
 *
 * @example
 * shortHash('5f1c00e2') // => '5f1c…e2'
 */
export function shortHash(hash: string): string {
  return hash.length > 6 ? `${hash.slice(0, 4)}…${hash.slice(-2)}` : hash
}

/** A count with its noun. */
export function count(number: number, noun: string): string {
  return `${fixed(number, { decimals: 0 })} ${noun}${number === 1 ? '' : 's'}`
}
