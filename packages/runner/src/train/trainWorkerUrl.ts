/**
 * Where the code of a training thread lies: built beside the command, whoever starts it. The library lies a folder above the
 * command, as ESM and as CommonJS; a thread cannot start from TypeScript, so sources use the built one too.
 *
 * @param from - URL of the module that starts the thread.
 */
export function trainWorkerUrl(from: string): URL {
  if (from.endsWith('.ts')) return new URL('../../dist/cli/trainWorker.js', from)
  const isCommand = new URL('.', from).pathname.endsWith('/cli/')
  return new URL(isCommand ? './trainWorker.js' : './cli/trainWorker.js', from)
}
