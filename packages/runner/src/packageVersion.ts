import { createRequire } from 'node:module'

/** Version of an installed package of AsterAI, as its manifest says. */
export function packageVersion(name: string): string {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version: string }
  return version
}
