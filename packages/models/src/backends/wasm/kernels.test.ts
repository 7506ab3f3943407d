import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'
import { expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../../../assembly/', import.meta.url))
const names = readdirSync(folder).sort()

it('holds what the sources in the folder assembly compile to', async () => {
  let binary = new Uint8Array(0)
  const { error, stderr } = await asc.main(
    [
      ...names,
      '--optimizeLevel',
      '3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--use',
      'abort=',
      '-o',
      'out',
    ],
    {
      readFile: (name) => (names.includes(name) ? readFileSync(folder + name, 'utf8') : null),
      writeFile(_, contents) {
        binary = contents as Uint8Array<ArrayBuffer>
      },
      listFiles: () => names,
    },
  )
  expect(error, stderr.toString()).toBeNull()
  await expect(
    [
      '/** The SIMD kernels compiled from the folder `assembly` of this package, in base64; its test writes them with `-u`. */',
      'export const kernels: string =',
      `  '${Buffer.from(binary).toString('base64')}'`,
      '',
    ].join('\n'),
  ).toMatchFileSnapshot('kernels.ts')
})
