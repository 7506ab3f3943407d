import type { Backend } from './backend.js'
import { jsSession } from './js/jsSession.js'
import { kernelBackend } from './kernelBackend.js'

/** Our own kernels in plain JavaScript: they serve networks and trees on any machine. */
export function jsBackend(): Backend {
  return kernelBackend('js', jsSession)
}
