/** Calls a job several times, so that a round is long enough to be timed, and adds up what comes back. */
export function repeated(call: () => number, times: number): () => number {
  return () => {
    let sum = 0
    for (let count = 0; count < times; count++) sum += call()
    return sum
  }
}
