/** Change from a past value in percent; 0 where that was 0, `NaN` where one of the two is not finite. */
export function percentChange(input: number, past: number): number {
  const percent = 100 * ((input - past) / past)
  if (percent - percent === 0) return percent
  return past === 0 && input - input === 0 ? 0 : Number.NaN
}
