const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** A finite number from decimal text such as `-1.5` or `1e-3`; NaN for other text, hexadecimal included. */
export function plainNumber(text: string): number {
  const value = decimal.test(text.trim()) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : Number.NaN
}
