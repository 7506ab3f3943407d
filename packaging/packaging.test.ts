import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Consumer, createConsumer } from './consumer.js'
import { duplicatedClasses } from './duplicatedClasses.js'
import { importNames, readManifests, root } from './manifest.js'

const manifests = [...readManifests().values()]
const names = manifests.flatMap(importNames)
const runner = manifests.find((manifest) => manifest.bin)!
const optional = (name: string): boolean => name.endsWith('/testing') || name.endsWith('/ccxt')
/** Peers that fetch a native library when they are installed; they are not in this repository. */
const nativePeers = ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu']
const tsc = join(root, 'node_modules/typescript/bin/tsc')

let consumer: Consumer

beforeAll(() => {
  for (const { name } of manifests) {
    if (!existsSync(join(root, 'packages', folderOf(name), 'dist')))
      throw new Error(`${name} is not built. Run npm run build.`)
  }
  consumer = createConsumer()
  for (const manifest of manifests) if (manifest !== runner) consumer.install(manifest)
}, 120_000)

afterAll(() => consumer.remove())

describe.each(manifests)('tarball of $name', (manifest) => {
  const tarball = (): string => consumer.tarballs.get(manifest.name)!

  it('holds the build, its commands, the manifest, the licence, the read-me, trained models and nothing else', () => {
    const files = consumer.files.get(manifest.name)!
    const others = files.filter((path) => !/^(dist\/.+\.(js|cjs|d\.ts|d\.cts)|models\/.+)$/.test(path))
    expect(files.some((path) => path.startsWith('models/'))).toBe(manifest === runner)
    expect([...others].sort()).toEqual(['LICENSE', 'README.md', ...Object.values(manifest.bin ?? {}), 'package.json'])
  })

  it('passes publint in strict mode', async () => {
    const bytes = readFileSync(tarball())
    const data = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg as Record<string, unknown>))).toEqual([])
  })

  it('has right types for import and require', () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
    consumer.run('node', [attw, tarball(), '--profile', 'node16', '--no-definitely-typed', '--no-emoji', '--no-color'])
  }, 120_000)

  it('defines each class once, whichever subpath it is imported from', () => {
    const files = consumer.files.get(manifest.name)!.filter((path) => /\.c?js$/.test(path) && !path.includes('/cli/'))
    const texts = files.map((path) => ({
      path,
      text: readFileSync(join(root, 'packages', folderOf(manifest.name), path), 'utf8'),
    }))
    expect(duplicatedClasses(texts)).toEqual([])
  })
})

describe('installed packages', () => {
  it('can be imported without any optional peer', () => {
    const plain = names.filter((name) => !optional(name) && !name.startsWith(runner.name))
    consumer.run('node', ['--input-type=module', '-e', importAll(plain)])
  })

  it('can be imported by every name, as ESM and as CJS, without a warning and with the same exports', () => {
    consumer.install(runner)
    for (const peer of manifests.flatMap((manifest) => Object.keys(manifest.peerDependencies ?? {})))
      if (!nativePeers.includes(peer)) consumer.link(peer)
    const esm = JSON.parse(consumer.run('node', ['--input-type=module', '-e', importAll(names)]))
    const cjs = JSON.parse(consumer.run('node', ['-e', requireAll(names)]))
    expect(Object.keys(esm)).toEqual(names)
    expect(cjs).toEqual(esm)
  })

  it('compile in strict mode under node16, from ESM and from CJS, and under bundler', () => {
    consumer.link('@types/node')
    consumer.link('undici-types')
    const lines = names.map((name, index) => `import * as m${index} from '${name}'`)
    const text = [
      ...lines,
      `export const all: object[] = [${names.map((_, index) => `m${index}`).join(', ')}]`,
      '',
    ].join('\n')
    consumer.write('consumer.mts', text)
    consumer.write('consumer.cts', text)
    for (const [module, moduleResolution] of [
      ['node16', 'node16'],
      ['esnext', 'bundler'],
    ]) {
      const options = { module, moduleResolution, strict: true, noEmit: true, target: 'es2022', types: ['node'] }
      const files = module === 'node16' ? ['consumer.mts', 'consumer.cts'] : ['consumer.mts']
      consumer.write('tsconfig.json', JSON.stringify({ compilerOptions: options, files }))
      consumer.run('node', [tsc, '-p', 'tsconfig.json'])
    }
  }, 180_000)

  it('run the command through npx', () => {
    expect(consumer.run('npx', ['--no-install', 'aster', '--version']).trim()).toBe(runner.version)
  })

  it('train in threads from ESM and from CJS, to the same bytes', () => {
    const [esm, cjs] = [training('await import'), training('require')]
    expect(esm).toMatch(/^[0-9a-f]{64}\n$/)
    expect(cjs).toBe(esm)
  }, 120_000)

  it('run the demo far from the repository', () => {
    expect(consumer.run('npx', ['--no-install', 'aster', 'demo'])).toContain('Max drawdown')
  })
})

/** Trains in threads and returns the address of the model. */
function training(load: 'await import' | 'require'): string {
  const program = `const { barsOf } = LOAD('@astertrade/core')
const { addressOf } = LOAD('@astertrade/models')
const { plantedBars } = LOAD('@astertrade/models/testing')
const { trainInThreads } = LOAD('@astertrade/runner')
const list = plantedBars({ plant: { kind: 'walk', drift: 0, sigma: 10 }, length: 1200, seed: 1, start: 50000 })
const params = { folds: 2, trees: { rounds: 3, depth: 2, learningRate: 0.1 }, network: { hidden: [4], epochs: 1, batch: 64, learningRate: 0.01, patience: 1 } }
const spec = { id: 'planted', kind: 'classifier', seed: 1, params, features: { groups: ['bar'] } }
trainInThreads(spec, barsOf(list, 3600000), { workers: 2 }).then((artifact) => console.log(addressOf(artifact)))`
  const format = load === 'require' ? [] : ['--input-type=module']
  return consumer.run('node', [...format, '-e', program.replaceAll('LOAD', load)])
}

function folderOf(name: string): string {
  return name.slice('@astertrade/'.length)
}

function importAll(list: readonly string[]): string {
  return exportsOf(list, 'await import(name)')
}

function requireAll(list: readonly string[]): string {
  return exportsOf(list, 'require(name)')
}

/** A program that prints the exports of each module and fails on a warning of Node, such as that for a cycle or a deprecation. */
function exportsOf(list: readonly string[], load: string): string {
  return `const all = {}
process.on('warning', (warning) => { throw warning })
for (const name of ${JSON.stringify(list)}) all[name] = Object.keys(${load}).sort()
console.log(JSON.stringify(all))`
}
