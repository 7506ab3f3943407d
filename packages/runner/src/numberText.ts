const minus = '\u2212'
const unknown = 'n/a'

/**
 * A ratio as percent, with a real minus sign.
 *
 * @example
 * percentText(-0.0314) // => '−3.1 %'
 */
export function percentText(ratio: number): string {
  return Number.isFinite(ratio) ? `${signed((100 * ratio).toFixed(1))} %` : unknown
}

/**
 * A number with two decimals, or as many as given, and thousands apart.
 *
 * @example
 * numberText(96863.408, 0) // => '96,863'
 */
export function numberText(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return unknown
  const [whole = '', part] = value.toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return signed(part === undefined ? grouped : `${grouped}.${part}`)
}

/** `-0.0` is zero: a sign before nothing says nothing. */
function signed(text: string): string {
  return /[1-9]/.test(text) ? text.replace('-', minus) : text.replace('-', '')
}
