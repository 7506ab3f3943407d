import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Manifest, root } from './manifest.js'

/** An empty folder outside the repository, into which packed packages are installed. */
export interface Consumer {
  readonly folder: string
  /** The packed tarball of a package, by package name. */
  readonly tarballs: ReadonlyMap<string, string>
  /** Paths inside each tarball, by package name. */
  readonly files: ReadonlyMap<string, readonly string[]>
  /** Unpacks a package and links exactly the third-party packages that it declares. */
  install(manifest: Manifest): void
  /** Links one third-party package, as a user would install an optional peer. */
  link(dependency: string): void
  write(path: string, text: string): void
  /** Runs a program in the folder and returns what it printed; fails with all of it if the exit code is not 0. */
  run(program: string, args: readonly string[]): string
  remove(): void
}

interface Packed {
  readonly name: string
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

/**
 * Packs every package with npm and makes an empty consumer for them.
 *
 * Third-party packages are linked from the repository and not fetched, so the test needs no network. A package that
 * imports something that it does not declare fails, since no `node_modules` lies above the consumer.
 */
export function createConsumer(): Consumer {
  const folder = mkdtempSync(join(tmpdir(), 'aster-consumer-'))
  const modules = join(folder, 'node_modules')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "version": "1.0.0", "private": true }\n')
  const packed = pack(folder)
  const tarballs = new Map(packed.map(({ name, filename }) => [name, join(folder, filename)]))
  const link = (dependency: string): void => linkModule(modules, dependency)
  return {
    folder,
    tarballs,
    files: new Map(packed.map(({ name, files }) => [name, files.map((file) => file.path)])),
    install: (manifest) => {
      unpack(tarballs.get(manifest.name) as string, join(modules, manifest.name))
      for (const dependency of Object.keys(manifest.dependencies)) {
        if (!dependency.startsWith('@astertrade/')) link(dependency)
      }
      linkCommands(modules, manifest)
    },
    link,
    write: (path, text) => writeFileSync(join(folder, path), text),
    run: (program, args) => run(folder, program, args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function pack(destination: string): Packed[] {
  const text = run(root, 'npm', ['pack', '--workspaces', '--json', '--pack-destination', destination])
  return JSON.parse(text.slice(text.indexOf('['))) as Packed[]
}

function unpack(tarball: string, destination: string): void {
  mkdirSync(destination, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', destination, '--strip-components=1'])
}

function linkModule(modules: string, dependency: string): void {
  const path = join(modules, dependency)
  if (statSync(path, { throwIfNoEntry: false })) return
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(homeOf(dependency), path, 'junction')
}

/** npm puts a package at the root, or beside the one workspace that needs another version. */
function homeOf(dependency: string): string {
  const homes = [root, ...readdirSync(join(root, 'packages')).map((folder) => join(root, 'packages', folder))]
  const found = homes
    .map((home) => join(home, 'node_modules', dependency))
    .find((path) => statSync(path, { throwIfNoEntry: false }))
  if (!found) throw new Error(`"${dependency}" is not installed. Run npm ci.`)
  return found
}

function linkCommands(modules: string, manifest: Manifest): void {
  for (const [command, path] of Object.entries(manifest.bin ?? {})) {
    const target = join(modules, manifest.name, path)
    chmodSync(target, 0o755)
    symlinkSync(target, join(modules, '.bin', command))
  }
}

function run(folder: string, program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    throw new Error([`${program} ${args.join(' ')} failed.`, stdout, stderr].join('\n'), { cause: error })
  }
}
