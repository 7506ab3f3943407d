/**
 * Chaikin's multiplier `((close − low) − (high − close))/(high − low)`: from −1 at the low to 1 at the high, 0 for a
 * bar without range, `NaN` for one that is not finite.
 */
export function moneyFlowMultiplier(high: number, low: number, close: number): number {
  const probe = high - low + close
  return (high === low ? 0 : (close - low - (high - close)) / (high - low)) + (probe - probe)
}
