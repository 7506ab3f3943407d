import type { Mutant } from './plantMutants.js'

/** A mutant of a file and the tests that may notice it. */
export interface MutantJob {
  /** Path of the source file. */
  readonly path: string
  readonly mutant: Mutant
  /** Paths of tests in the order in which they are asked: the next group is asked where the one before noticed nothing. */
  readonly groups: readonly (readonly string[])[]
}

/** What a worker tells: that a group noticed nothing and the next one is asked, or what became of the job. */
export type MutantAnswer =
  | { readonly kind: 'passed' }
  | { readonly kind: 'done'; readonly isKilled: boolean }
  /** A group could not be run: the machine was too busy to start it. */
  | { readonly kind: 'unsure' }
