/** What a model file may hold at most; checked before memory is taken for it. */
export const fileLimits = {
  /** Bytes of one file. */
  fileBytesMax: 64 * 1024 * 1024,
  /** Files of one artifact. */
  filesMax: 16,
  /** Numbers in all tensors of one file. */
  parametersMax: 50_000_000,
  /** Tensors of one file. */
  tensorsMax: 10_000,
  /** Dimensions of one tensor. */
  rankMax: 8,
  /** Rows of inputs and outputs that prove a loaded model right. */
  goldenRowsMax: 1_000,
} as const
