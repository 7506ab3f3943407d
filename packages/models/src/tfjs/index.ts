export {
  type LoadedTfjs,
  type LoadTfjsOptions,
  loadTfjs,
  type Tfjs,
  type TfTensor,
} from './loadTfjs.js'
export { tfjsBackend } from './tfjsBackend.js'
export { type TfjsSessionOptions, type TfModel, tfjsSession } from './tfjsSession.js'
