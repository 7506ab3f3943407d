import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wordPiece } from './wordPiece.js'

const pieces = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', 'un', '##aff', '##able', 'price', '##s', ',', 'cafe', '中', 'Price']
const vocabulary = `${pieces.join('\n')}\n`
const numRuns = Number(process.env.FC_NUM_RUNS ?? 100)

function textOf(ids: readonly number[]): string {
  return ids.map((id) => pieces[id]).join(' ')
}

describe('wordPiece', () => {
  it('cuts words into the longest pieces from the left', () => {
    const { ids } = wordPiece(vocabulary)
    expect(textOf(ids('Unaffable prices, café 中中', 64))).toBe('[CLS] un ##aff ##able price ##s , cafe 中 中 [SEP]')
  })

  it('marks what has no pieces as unknown, a very long word too', () => {
    const { ids } = wordPiece(vocabulary)
    expect(textOf(ids(`pricey xyz ${'un'.repeat(60)}`, 64))).toBe('[CLS] [UNK] [UNK] [UNK] [SEP]')
  })

  it('keeps capitals if told to, and drops control marks', () => {
    const { ids } = wordPiece(vocabulary, { casing: 'keep' })
    expect(textOf(ids('Pri\u0000ce price\tprice', 64))).toBe('[CLS] Price price price [SEP]')
  })

  it('never gives more than asked for, begins and ends with its marks, whatever the text', () => {
    const { ids } = wordPiece(vocabulary)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 3, max: 20 }), (text, lengthMax) => {
        const found = ids(text.repeat(3), lengthMax)
        expect(found.length).toBeLessThanOrEqual(lengthMax)
        expect([found[0], found.at(-1)]).toEqual([2, 3])
      }),
      { numRuns },
    )
  })

  it('refuses a vocabulary without its marks', () => {
    expect(() => wordPiece('price\n##s')).toThrow('The vocabulary of 2 pieces lacks [UNK].')
  })
})
