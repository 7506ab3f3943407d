import type { Timestamp } from '@astertrade/core'
import type { ModelArtifact } from './artifact.js'

/** Where a version stands: just trained, watched without a say, trusted, or out of use. */
export type ModelStage = 'candidate' | 'shadow' | 'live' | 'retired'

/** Who moves a version, and when. */
export interface MoveAuthor {
  /** A person or a program, such as `retraining` or `anna`. */
  readonly by: string
  readonly at: Timestamp
}

/** One move of a version to a stage. */
export interface StageMove extends MoveAuthor {
  readonly address: string
  readonly stage: ModelStage
}

/** A stored version with its history. */
export interface ModelVersion {
  readonly address: string
  readonly stage: ModelStage
  /** Its moves, oldest first; the first made it a candidate. */
  readonly moves: readonly StageMove[]
}

/**
 * Where trained models are kept: artifacts never change, are addressed by the hash of their manifest, and move from stage to stage.
 * Of the versions under one id at most one is live.
 */
export interface ModelRepository {
  /**
   * Stores an artifact as a candidate; one that is there already stays where it stands.
   *
   * @returns Its address.
   * @throws ConfigError with code `ARTIFACT` if it is damaged.
   */
  put(artifact: ModelArtifact, author: MoveAuthor): Promise<string>
  /**
   * Reads an artifact and checks its hashes.
   *
   * @throws ConfigError with code `UNKNOWN_MODEL` if there is none, `ARTIFACT` if it is damaged.
   */
  get(id: string, address: string): Promise<ModelArtifact>
  /** The versions under an id in the order they were put; none for an unknown id. */
  list(id: string): Promise<readonly ModelVersion[]>
  /** The ids that have versions, in alphabetical order. */
  ids(): Promise<readonly string[]>
  /**
   * Moves a version one stage on, or retires it. A version that goes live retires the one that was.
   *
   * @throws ConfigError with code `UNKNOWN_MODEL`, or `BAD_STAGE` if the stage does not follow on its own.
   */
  promote(id: string, address: string, stage: ModelStage, author: MoveAuthor): Promise<void>
  /**
   * Retires the live version and makes the one that was live before it live again.
   *
   * @returns The address of the version that is live now.
   * @throws ConfigError with code `NO_PREVIOUS` if none was live before.
   */
  rollback(id: string, author: MoveAuthor): Promise<string>
}
