import fc from 'fast-check'

const { FC_NUM_RUNS, FC_SEED } = process.env

// The runs of every property that names no number of its own. A plain run draws the same cases each time, so that it is green
// or red for the code alone; a longer one, or one with a seed, looks further.
fc.configureGlobal({
  numRuns: Number(FC_NUM_RUNS ?? 100),
  ...(FC_SEED !== undefined || FC_NUM_RUNS === undefined ? { seed: Number(FC_SEED ?? 1) } : {}),
})
