/**
 * Reads a `Retry-After` header, which is either whole seconds or an HTTP date, as milliseconds to wait from `now`.
 *
 * A missing or unreadable header gives `undefined`; a date in the past gives 0.
 *
 * RFC 9110, section 10.2.3.
 *
 * @param now - Wall clock in milliseconds, for the date form.
 * @example
 * parseRetryAfter('2', 0) // => 2000
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  // Date.parse alone is too kind: it reads '-5' as a year.
  const date = /^[A-Za-z]{3},? /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isFinite(date) ? Math.max(0, date - now) : undefined
}
