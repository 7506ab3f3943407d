import { dayMs } from '../../time.js'

/** A place on an axis and its label. */
export interface Tick<Label = string> {
  readonly at: number
  readonly label: Label
}

/** How many ticks are wanted. */
export interface TickOptions {
  readonly about?: number
}

/**
 * Round values inside a range: multiples of 1, 2 or 5 times a power of ten.
 *
 * @example
 * valueTicks(0, 100) // => [0, 20, 40, 60, 80, 100]
 */
export function valueTicks(from: number, to: number, { about = 5 }: TickOptions = {}): readonly number[] {
  if (!(to > from)) return Number.isFinite(from) ? [from] : []
  const step = roundStep((to - from) / about)
  const ticks: number[] = []
  for (let k = Math.ceil(from / step - 1e-9); k <= to / step + 1e-9; k++) ticks.push(Number((k * step).toPrecision(12)))
  return ticks
}

/** Round values for a logarithmic axis, from a range above 0; ratios where the range is wide, else as `valueTicks`. */
export function logTicks(from: number, to: number, { about = 4 }: TickOptions = {}): readonly number[] {
  const low = decimalExponent(from)
  const high = decimalExponent(to)
  const all: number[] = []
  for (let exponent = low; exponent <= high; exponent++) {
    for (const digit of [1, 2, 5]) all.push(Number(`${digit}e${exponent}`))
  }
  const inside = all.filter((value) => value >= from && value <= to)
  if (inside.length < 3) return valueTicks(from, to, { about })
  const every = Math.ceil(inside.length / (about + 2))
  return inside.filter((_, i) => i % every === 0)
}

/** Decimals that tell neighbouring ticks apart. */
export function tickDecimals(ticks: readonly number[]): number {
  const step = ticks.length > 1 ? Math.abs(ticks[1]! - ticks[0]!) : Math.abs(ticks[0] ?? 1)
  return step > 0 ? Math.max(0, -decimalExponent(step * 1.000001)) : 0
}

function roundStep(step: number): number {
  const power = Number(`1e${decimalExponent(step)}`)
  return power * ([1, 2, 5].find((digit) => digit * power >= step * 0.999999) ?? 10)
}

function decimalExponent(value: number): number {
  return Number(value.toExponential().split('e')[1])
}

/** Short English names of the months. */
export const months: readonly string[] = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
]

/**
 * Calendar marks inside a span of time, in UTC: years, months, days or hours, whichever come closest to a handful.
 *
 * @param from - Milliseconds UTC.
 */
export function timeTicks(from: number, to: number, { about = 4 }: TickOptions = {}): readonly Tick[] {
  const days = (to - from) / dayMs
  if (!(days > 0)) return []
  if (days > about * 200) return monthTicks(from, to, 12 * roundYears(days / 365.25 / about), (year) => String(year))
  if (days > about * 20) {
    const step = [1, 2, 3, 6].find((size) => size * 31 * about >= days) ?? 6
    return monthTicks(from, to, step, (year, month) => `${months[month]} ${year}`)
  }
  return evenTicks(from, to, days / about)
}

function roundYears(years: number): number {
  return [1, 2, 5, 10, 20, 50].find((size) => size >= years * 0.8) ?? 100
}

function monthTicks(
  from: number,
  to: number,
  step: number,
  label: (year: number, month: number) => string,
): readonly Tick[] {
  const ticks: Tick[] = []
  const first = new Date(from).getUTCFullYear()
  const base = step >= 12 ? Math.ceil(first / (step / 12)) * (step / 12) : first
  for (let month = 0; ; month += step) {
    const at = Date.UTC(base, month, 1)
    if (!(at <= to)) return ticks
    if (at >= from) ticks.push({ at, label: label(base + Math.floor(month / 12), month % 12) })
  }
}

const hourMs = dayMs / 24
const evenSteps = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336].map((hours) => hours * hourMs)

function evenTicks(from: number, to: number, wantedDays: number): readonly Tick[] {
  const step = evenSteps.find((size) => size >= wantedDays * dayMs * 0.8) ?? 672 * hourMs
  const ticks: Tick[] = []
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const when = new Date(at)
    const day = `${when.getUTCDate()} ${months[when.getUTCMonth()]}`
    const clock = `${String(when.getUTCHours()).padStart(2, '0')}:00`
    ticks.push({ at, label: step >= dayMs || when.getUTCHours() === 0 ? day : clock })
  }
  return ticks
}
