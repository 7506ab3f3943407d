/** Takes the bar of an index and returns the primary output, if there is one yet. */
export type Feed = (index: number) => number | null | undefined

type Loop = (feed: Feed, length: number) => number

let loops = 0

/**
 * A loop of its own for each case, as the hook of a strategy is: one that all cases shared would see the classes of all and
 * inline none of them.
 */
export function ownLoop(create: () => Feed, length: number): () => number {
  loops++
  // V8 makes one function of one text, however often it is given, so each needs a text of its own.
  const text = `let sum = 0; for (let index = 0; index < length; index++) sum += feed(index) || 0; return sum // ${loops}`
  const loop = new Function('feed', 'length', text) as Loop
  return () => loop(create(), length)
}
