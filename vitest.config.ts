import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = ['core', 'indicators', 'models', 'risk', 'exchanges', 'runner']
const source = (name: string): string => fileURLToPath(new URL(`./packages/${name}/src`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: packages.flatMap((name) => [
      { find: new RegExp(`^@astertrade/${name}$`), replacement: `${source(name)}/index.ts` },
      { find: new RegExp(`^@astertrade/${name}/(.+)$`), replacement: `${source(name)}/$1/index.ts` },
    ]),
  },
  test: {
    include: ['{packages,examples,bench,packaging,tidy}/**/*.test.ts'],
    testTimeout: 60_000,
    setupFiles: ['./vitest.setup.ts'],
  },
})
