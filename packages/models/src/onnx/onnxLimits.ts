import { fileLimits } from '../fileLimits.js'

/** What an ONNX file may hold at most; checked before memory is taken for it. */
export const onnxLimits = {
  fileBytesMax: fileLimits.fileBytesMax,
  parametersMax: fileLimits.parametersMax,
  rankMax: fileLimits.rankMax,
  /** Nodes of all graphs. */
  nodesMax: 100_000,
  /** Graphs inside each other; the outermost counts. */
  depthMax: 3,
  /** Fields of one message of the file, such as a graph or an attribute. */
  messageFieldsMax: 1_000_000,
  /** Numbers and texts in the attributes of all nodes. */
  attributeItemsMax: 5_000_000,
} as const
