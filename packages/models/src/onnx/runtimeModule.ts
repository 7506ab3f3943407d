import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { backendError } from './backendError.js'

/** Providers whose library is not in the package but fetched by its install script. */
const fetched: readonly string[] = ['cuda', 'tensorrt']

/**
 * Path of the module that is loaded as ONNX Runtime. Where a provider's library is not beside it, ONNX Runtime is not started, since
 * it would print what we say.
 *
 * @throws ConfigError with code `BACKEND` if it, or the library of the provider, is not installed.
 */
export function runtimeModule(module: string | undefined, provider: string): string {
  if (module !== undefined) return module
  const path = installedPath()
  const library = fetched.includes(provider) ? libraryOf(path, provider) : undefined
  if (library === undefined || existsSync(library)) return path
  throw backendError(
    `the library of ${provider} is not installed`,
    'Its install script fetches it on Linux x64: npm rebuild onnxruntime-node --ignore-scripts=false',
  )
}

function installedPath(): string {
  try {
    return createRequire(import.meta.url).resolve('onnxruntime-node')
  } catch {
    throw backendError(
      'onnxruntime-node is not installed',
      'ONNXRUNTIME_NODE_INSTALL=skip npm install --save-exact onnxruntime-node@1.30.0',
    )
  }
}

/** Where the library of a provider belongs; nothing where the package looks otherwise than we know. */
function libraryOf(path: string, provider: string): string | undefined {
  const folder = join(dirname(dirname(path)), 'bin')
  const binding = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith('napi-')) : undefined
  if (binding === undefined) return undefined
  const name = `onnxruntime_providers_${provider}`
  const file = process.platform === 'win32' ? `${name}.dll` : `lib${name}.so`
  return join(folder, binding, process.platform, process.arch, file)
}
