import type { Duration, Timestamp } from '@astertrade/core'

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** A file of an artifact. */
export interface ArtifactFile {
  /** A plain name such as `weights.bin`; never a path. */
  readonly name: string
  readonly bytes: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** Inputs with the outputs they must give, to be checked wherever the model is loaded. */
export interface GoldenRows {
  readonly inputs: readonly (readonly number[])[]
  readonly outputs: readonly (readonly number[])[]
}

/** What is known of a trained model. The hash of it in canonical JSON is the address of the artifact. */
export interface ModelManifest {
  readonly format: 1
  /** Name under which versions follow each other, such as `classifier-btc-1h`. */
  readonly id: string
  /** Which code reads it, such as `classifier`. */
  readonly kind: string
  /** Package and version that trained it. */
  readonly createdBy: string
  /** Address of the artifact it follows. */
  readonly parent?: string
  readonly featureSchema: { readonly hash: string; readonly names: readonly string[] }
  readonly labels: Readonly<Record<string, string | number>>
  readonly horizon: Duration
  readonly trainRange: { readonly from: Timestamp; readonly to: Timestamp; readonly rows: number }
  readonly seed: number
  readonly params: { readonly [name: string]: Json }
  /** Out-of-sample figures, each beside those of its controls. */
  readonly metrics: { readonly [name: string]: Json }
  readonly golden: GoldenRows
  /** When it is too old to predict with, ms. */
  readonly expiresAfter: Timestamp
  /** What else its kind needs: scaler, drift reference, outlier guard. */
  readonly extra: { readonly [name: string]: Json }
  readonly files: readonly ArtifactFile[]
}

/** A trained model as data: JSON and flat tensors, nothing that runs. */
export interface ModelArtifact {
  readonly manifest: ModelManifest
  readonly files: ReadonlyMap<string, Uint8Array>
}
