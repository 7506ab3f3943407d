import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const examples = readdirSync(join(root, 'examples')).filter((name) => /^\d{2}-.+(?<!\.test)\.ts$/.test(name))
const readmes = ['README.md', ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`)]

describe('examples', () => {
  it('have at most 60 lines each', () => {
    const long = examples.filter((name) => read(`examples/${name}`).split('\n').length > 61)
    expect(long).toEqual([])
  })

  it.each(examples)('%s prints what it always printed', async (name) => {
    await expect(run(`examples/${name}`)).toMatchFileSnapshot(`output/${name.replace(/\.ts$/, '.txt')}`)
  })
})

describe('read-me pages', () => {
  it.each(readmes)('%s shows a program and what it prints', (page) => {
    const [, program, output] = /```ts\n([\s\S]*?)```\s+```(?:text)?\n([\s\S]*?)```/.exec(read(page)) ?? []
    expect(program, 'a ```ts block followed by a ```text block').toBeDefined()
    const path = join('out', 'readme', `${page === 'README.md' ? 'root' : basename(join(page, '..'))}.ts`)
    mkdirSync(join(root, 'out', 'readme'), { recursive: true })
    writeFileSync(join(root, path), program!)
    expect(run(path).trim()).toBe(output!.trim())
  })
})

describe('docs/start.md', () => {
  it('shows what its strategy, its commands and its program print, digests apart', () => {
    const page = read('docs/start.md')
    const blocks = (language: string): readonly string[] =>
      [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text!.trim())
    const [strategy, program] = blocks('ts')
    const folder = join(root, 'out', 'start')
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'mine.ts'), strategy!)
    writeFileSync(join(folder, 'run.ts'), program!)
    cpSync(join(root, 'node_modules/vega-datasets/data/sp500-2000.csv'), join(folder, 'prices.csv'))
    const cli = join(root, 'packages/runner/dist/cli/main.js')
    const riskCommand = /^ {4}aster (risk .*)$/m.exec(page)![1]!.split(' ')
    const backtest = [cli, 'backtest', '--strategy', './mine.ts', '--data', 'prices.csv']
    const printed = [
      [...backtest, '--out', 'first'],
      [...backtest, '--param', 'entyr=20'],
      [cli, ...riskCommand],
      [cli, 'replay', 'first'],
      ['--import', 'tsx', 'run.ts'],
    ].map((argv) => node(argv, folder))
    const outputs = printed.map(({ stdout, stderr }) => withoutDigests(stdout + stderr))
    expect(blocks('text').length).toBeGreaterThanOrEqual(outputs.length)
    for (const block of blocks('text')) expect(outputs.join('\n')).toContain(block)
    // The program says the same as the command: the whole first line, with its digest.
    expect(printed[4]!.stdout.trim()).toBe(printed[0]!.stdout.split('\n')[0])
  })
})

/** A digest has the version of the engine in it; a page that spelt it out would be wrong with the next. */
function withoutDigests(text: string): string {
  return text.replaceAll(/\b[0-9a-f]{4}…[0-9a-f]{2}\b|\b[0-9a-f]{64}\b/g, 'xxxx…xx')
}

/** Runs a program against the built packages, as a user would, and returns what it printed. */
function run(path: string): string {
  const { status, stdout, stderr } = node(['--import', 'tsx', join(root, path)], root)
  if (status !== 0) throw new Error(`${path} failed.\n${stdout}\n${stderr}`)
  return stdout
}

function node(argv: readonly string[], folder: string): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, argv, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.base.json') },
  })
}
