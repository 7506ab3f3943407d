import type { IndicatorDefinition } from '../definition.js'
import { registry } from '../registry.js'
import { accumulationBlock } from './accumulationBlock.js'
import { bandBlock } from './bandBlock.js'
import { callSites } from './callSites.js'
import { cascadeBlock } from './cascadeBlock.js'
import { extremaBlock } from './extremaBlock.js'
import type { FeatureBlock, SlotOf } from './featureBlock.js'
import { flowBlock } from './flowBlock.js'
import { IndicatorBlock } from './indicatorBlock.js'
import { trueRangeBlock } from './trueRangeBlock.js'

const sharedBlocks = [cascadeBlock, bandBlock, trueRangeBlock, extremaBlock, accumulationBlock, flowBlock]

/** The blocks that compute the columns of the definitions; those that need the same are computed together. */
export function planBlocks(
  definitions: readonly IndicatorDefinition[],
  columns: 'primary' | 'all',
  slotOf: SlotOf,
): readonly FeatureBlock[] {
  const shared = sharedBlocks.filter(
    (block) => block.definitions.filter((definition) => definitions.includes(definition)).length > 1,
  )
  const covered = new Set(shared.flatMap((block) => block.definitions))
  const single = definitions.filter((definition) => !covered.has(definition))
  return [
    ...shared.map((block) => block.create(slotOf)),
    ...single.map((definition) => {
      const isOurs = Object.is(registry[definition.id as 'sma'], definition)
      const callSite = isOurs ? callSites[definition.id] : undefined
      return new IndicatorBlock(definition, { columns, slotOf, callSite })
    }),
  ]
}
