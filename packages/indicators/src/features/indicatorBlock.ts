import type { IndicatorDefinition } from '../definition.js'
import type { BarField, BarInput, Indicator } from '../indicator.js'
import type { CallSite, Feed } from './callSites.js'
import type { FeatureBlock, SlotOf } from './featureBlock.js'

/** What an indicator's columns need beside its definition. */
export interface IndicatorBlockOptions {
  readonly columns: 'primary' | 'all'
  readonly slotOf: SlotOf
  /** A call of `next` for its class alone. */
  readonly callSite: CallSite | undefined
}

/** The columns of one indicator that shares nothing. */
export class IndicatorBlock implements FeatureBlock {
  /** The call site itself where there is nothing else to write: a call in between costs as much as a small indicator. */
  readonly next: Feed
  private readonly stream: Indicator<number | BarInput>
  private readonly field: BarField | undefined
  private readonly slots: { readonly primary: number; readonly others: readonly (readonly [string, number])[] }

  constructor(definition: IndicatorDefinition, { columns, slotOf, callSite }: IndicatorBlockOptions) {
    const { inputs, outputs, primary } = definition
    const stream = definition.create()
    const field = inputs.length === 1 ? inputs[0] : undefined
    const slot = slotOf(definition, primary)
    const others = columns === 'all' ? outputs.filter((output) => output !== primary) : []
    this.stream = stream
    this.field = field
    this.slots = { primary: slot, others: others.map((output) => [output, slotOf(definition, output)]) }
    const feed: Feed =
      callSite?.(stream as never, slot) ??
      ((bar, row) => {
        row[slot] = stream.next(field === undefined ? bar : bar[field])
      })
    this.next =
      others.length === 0
        ? feed
        : (bar, row) => {
            feed(bar, row)
            this.writeOthers(row)
          }
  }

  replace(bar: BarInput, row: Float64Array): void {
    row[this.slots.primary] = this.stream.replace(this.field === undefined ? bar : bar[this.field])
    this.writeOthers(row)
  }

  private writeOthers(row: Float64Array): void {
    const { others } = this.slots
    for (let index = 0; index < others.length; index++) {
      const [output, slot] = others[index]!
      row[slot] = this.stream.output(output)
    }
  }
}
