/** 10^exponent for 0 to 22, exactly: it is read as text, since the language leaves the last bit of `**` open. */
export function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`)
}
