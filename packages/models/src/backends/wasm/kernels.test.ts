import { expect, it } from 'vitest'
import { compileKernels } from '../../../compileKernels.js'

it('holds what the sources in the folder assembly compile to', async () => {
  await expect(await compileKernels()).toMatchFileSnapshot('kernels.ts')
})
