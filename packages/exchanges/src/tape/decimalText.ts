/**
 * Plain decimal text of a finite number, without an exponent; reading it gives the same double.
 *
 * @example
 * decimalText(4.2e-7) // => '0.00000042'
 */
export function decimalText(value: number): string {
  const text = String(value)
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (!match) return text
  const [, sign, lead, fraction = '', exponent] = match
  const digits = `${lead}${fraction}`
  // Digits before the decimal point; negative when zeros follow it first.
  const whole = Number(exponent) + 1
  if (whole <= 0) return `${sign}0.${'0'.repeat(-whole)}${digits}`
  return `${sign}${digits.padEnd(whole, '0')}`
}
