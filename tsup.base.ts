import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { defineConfig, type Options } from 'tsup'

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>
  readonly bin?: Readonly<Record<string, string>>
}

/** The build of one package, read from its manifest: each subpath of `exports` is built from `src/<subpath>/index.ts`. */
export function packageBuild(configUrl: string): ReturnType<typeof defineConfig> {
  const manifest = JSON.parse(readFileSync(new URL('package.json', configUrl), 'utf8')) as Manifest
  const library: Options = {
    entry: Object.fromEntries(
      Object.keys(manifest.exports)
        .filter((subpath) => subpath !== './package.json')
        .map((subpath) => `${subpath.slice(2)}/index`.replace(/^\//, ''))
        .map((name) => [name, `src/${name}.ts`]),
    ),
    format: ['esm', 'cjs'],
    // One class with private members or one brand must not exist twice, so subpaths share chunks in both formats.
    splitting: true,
    dts: true,
    target: 'es2022',
    platform: 'node',
    treeshake: true,
    shims: true,
    // The command is built beside the library at the same time; each build cleans its own part.
    clean: ['!cli/**'],
  }
  const commands = Object.keys(manifest.bin ?? {}).map(
    (): Options => ({
      entry: { main: 'src/cli/main.ts', ...workers(configUrl) },
      outDir: 'dist/cli',
      format: ['esm'],
      target: 'es2022',
      platform: 'node',
      treeshake: true,
      clean: true,
    }),
  )
  return defineConfig([library, ...commands])
}

/** Code that runs in threads of a command: each `<name>Worker.ts`, built beside the command that starts it. */
function workers(configUrl: string): Readonly<Record<string, string>> {
  const files = readdirSync(new URL('src', configUrl), { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    files.filter((file) => file.endsWith('Worker.ts')).map((file) => [basename(file, '.ts'), `src/${file}`]),
  )
}
