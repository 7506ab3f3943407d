import type { Servable } from '../backend.js'
import { networkSession } from '../networkSession.js'
import type { SyncSession } from '../syncSession.js'
import { jsKernels } from './jsKernels.js'
import { treeSession } from './treeSession.js'

/**
 * Serves a network or trees in plain JavaScript, without waiting and without allocation. Networks give the same bits as by
 * `wasmSession`; trees are walked four at a time, without branches.
 *
 * @throws ConfigError with code `BACKEND` if the model cannot be computed.
 */
export function jsSession(model: Servable): SyncSession {
  if (model.kind === 'trees') return treeSession(model)
  return networkSession(model, { backend: 'js', device: 'JavaScript', makeKernels: jsKernels })
}
