import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const folder = fileURLToPath(new URL('assembly/', import.meta.url))
const options = ['--optimizeLevel', '3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort=']

/**
 * Compiles the folder `assembly` and answers with the text of the module that holds the bytes.
 *
 * @throws Error with what the compiler says.
 */
export async function compileKernels(): Promise<string> {
  const names = readdirSync(folder).sort()
  let binary = new Uint8Array(0)
  const { error, stderr } = await asc.main([...names, ...options, '-o', 'out'], {
    readFile: (name) => (names.includes(name) ? readFileSync(folder + name, 'utf8') : null),
    writeFile(_, contents) {
      binary = contents as Uint8Array<ArrayBuffer>
    },
    listFiles: () => names,
  })
  if (error !== null) throw new Error(`The kernels do not compile.\n${stderr.toString()}`, { cause: error })
  return [
    '/** The SIMD kernels compiled from the folder `assembly` of this package, in base64; the build writes them. */',
    'export const kernels: string =',
    `  '${Buffer.from(binary).toString('base64')}'`,
    '',
  ].join('\n')
}
