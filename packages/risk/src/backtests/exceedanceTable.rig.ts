/** Observations, confidence, yellow from, red from, Kupiec accepts from and to: recomputed independently. */
export const exceedanceTable = [
  [250, 990, 5, 10, 1, 6],
  [365, 990, 7, 13, 1, 7],
  [365, 950, 25, 35, 11, 26],
  [1_000, 990, 15, 24, 5, 16],
] as const
