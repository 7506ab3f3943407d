/** Root mean square of the returns from each price to the next; 1 where no price moves. */
export function returnDeviation(prices: Float64Array): number {
  let squares = 0
  for (let row = 1; row < prices.length; row++) {
    const change = prices[row]! / prices[row - 1]! - 1
    squares += change * change
  }
  return Math.sqrt(squares / Math.max(1, prices.length - 1)) || 1
}
