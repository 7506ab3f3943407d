import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compileKernels } from './compileKernels.js'

/** Builds the kernels, which are committed so that tests run without a build. Where the committed ones differ, the build fails. */
const path = fileURLToPath(new URL('src/backends/wasm/kernels.ts', import.meta.url))
const built = await compileKernels()
if (readFileSync(path, 'utf8') !== built) {
  writeFileSync(path, built)
  process.stderr.write(`${path} was not what the folder assembly compiles to. It is now: look at it and commit it.\n`)
  process.exitCode = 1
}
