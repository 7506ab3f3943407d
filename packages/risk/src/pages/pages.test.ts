import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { codeTable } from './codeTable.rig.js'
import { sizeByDrawdown } from './sizeByDrawdown.rig.js'
import { tierTable } from './tierTable.rig.js'

const docs = fileURLToPath(new URL('../../../../docs/', import.meta.url))

describe('the page about risk', () => {
  const page = readFileSync(`${docs}concepts/risk.md`, 'utf8')

  it('holds the table of tiers as it is computed', () => {
    expect(page).toContain(tierTable())
  })

  it('holds the table of codes', () => {
    expect(page).toContain(codeTable())
  })

  // It is written by `npx vitest run packages/risk/src/pages -u`.
  it('shows the sizes that the policy gives', async () => {
    await expect(sizeByDrawdown()).toMatchFileSnapshot(`${docs}figures/size-by-drawdown.svg`)
  })
})

describe('the page of properties', () => {
  const page = readFileSync(`${docs}figures/risk-properties.md`, 'utf8')
  const rows = [...page.matchAll(/^\| (\d[^|]*) \| [^|]+ \| \[(.+)\]\(\.\.\/\.\.\/(.+)\) \|$/gm)]

  it('names tests that exist', () => {
    const lost = rows.filter(([, , title, file]) => !readFileSync(`${docs}../${file}`, 'utf8').includes(`'${title}'`))
    expect(lost.map(([row]) => row)).toEqual([])
  })

  it('leaves out no number', () => {
    const named = rows.flatMap(([, numbers]) =>
      [...numbers!.matchAll(/(\d+)(?:–(\d+))?/g)].flatMap(([, from, to = from]) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, n) => Number(from) + n),
      ),
    )
    expect([...new Set(named)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1))
  })
})
