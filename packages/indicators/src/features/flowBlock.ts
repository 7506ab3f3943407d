import type { BarInput } from '../indicator.js'
import { marketImpactDefinition } from '../microstructure/marketImpact.js'
import { orderFlowImbalanceDefinition } from '../microstructure/orderFlowImbalance.js'
import { RollingLine } from '../microstructure/rollingLine.js'
import { VolumeBuckets } from '../microstructure/volumeBuckets.js'
import { vpinDefinition } from '../microstructure/vpin.js'
import { RollingShare } from '../rollingShare.js'
import { RollingTotal } from '../rollingTotal.js'
import { VolumeClassification } from '../volumeClassification.js'
import { defaultsOf } from './defaultsOf.js'
import type { FeatureBlock, SharedBlock, SlotOf } from './featureBlock.js'

/** Indicators of signed volume: bars are split into bought and sold once. */
export const flowBlock: SharedBlock = {
  definitions: [vpinDefinition, orderFlowImbalanceDefinition, marketImpactDefinition],
  create: (slotOf) => new FlowBlock(slotOf),
}

const vpin = /* @__PURE__ */ defaultsOf(vpinDefinition)
const imbalance = /* @__PURE__ */ defaultsOf(orderFlowImbalanceDefinition)
const impact = /* @__PURE__ */ defaultsOf(marketImpactDefinition)

class FlowBlock implements FeatureBlock {
  private readonly classification = new VolumeClassification(vpin.sigma)
  private readonly volumes = new RollingTotal(vpin.sigma)
  private readonly buckets = new VolumeBuckets(vpin.buckets)
  private readonly flow = new RollingShare(imbalance.period, 0)
  private readonly line = new RollingLine(impact.period)
  private readonly slots: Readonly<Record<'vpin' | 'ofi' | 'normalized' | 'lambda' | 'r2', number>>

  constructor(slotOf: SlotOf) {
    this.slots = {
      vpin: slotOf(vpinDefinition, 'vpin'),
      ofi: slotOf(orderFlowImbalanceDefinition, 'ofi'),
      normalized: slotOf(orderFlowImbalanceDefinition, 'normalized'),
      lambda: slotOf(marketImpactDefinition, 'lambda'),
      r2: slotOf(marketImpactDefinition, 'r2'),
    }
  }

  next(bar: BarInput, row: Float64Array): void {
    this.classification.takeBar(bar)
    this.writeBuckets(bar, row)
    this.writeFlow(bar, row)
  }

  replace(bar: BarInput, row: Float64Array): void {
    this.classification.undo()
    this.volumes.undo()
    this.buckets.undo()
    this.flow.undo()
    this.line.undo()
    this.next(bar, row)
  }

  private writeBuckets({ close, volume }: BarInput, row: Float64Array): void {
    const { classification, volumes, buckets } = this
    const probe = close + volume
    volumes.input = volume + (probe - probe)
    volumes.advance()
    buckets.volume = classification.volume
    buckets.signed = classification.signed
    buckets.target = vpin.barsPerBucket * (volumes.sum / vpin.sigma)
    buckets.advance()
    row[this.slots.vpin] = Number.isNaN(buckets.signed) ? Number.NaN : buckets.value
  }

  private writeFlow({ volume }: BarInput, row: Float64Array): void {
    const { classification, flow, line, slots } = this
    flow.part.input = classification.signed
    flow.whole.input = volume
    flow.advance()
    line.x = classification.signed
    line.y = classification.change
    line.advance()
    row[slots.ofi] = flow.part.sum
    row[slots.normalized] = Math.min(Math.max(flow.value, -1), 1)
    row[slots.lambda] = line.slope
    row[slots.r2] = line.fit
  }
}
