import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const guide = readFileSync(`${root}docs/guides/own-rule.md`, 'utf8')
const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, text]) => text!)

/** What the second block of the guide takes for granted. */
const before = `import { defineInstrument } from '@astertrade/core'
import { orderRequestOf, riskViewOf } from '@astertrade/core/testing'
import { it } from 'vitest'
const btc = defineInstrument({ id: 'BTC-USDT.binance', tick: '0.01', lot: '0.00001' })
const order = orderRequestOf({ instrument: btc })
const view = riskViewOf({ instruments: [btc] })
const at = view.now + 60_000
`

describe('the guide to a rule of your own', async () => {
  mkdirSync(`${root}out/guides`, { recursive: true })
  const path = `${root}out/guides/ownRule.ts`
  writeFileSync(path, [before, ...blocks].join('\n'))
  const { quietBefore } = (await import(path)) as { readonly quietBefore: unknown }

  it('has the rule and its test, whose checks ran above', () => {
    expect(blocks).toHaveLength(2)
    expect(quietBefore).toBeTypeOf('function')
  })
})
